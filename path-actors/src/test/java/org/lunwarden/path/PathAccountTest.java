package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.path.checker.Identity;

class PathAccountTest {

    private static final Duration BEGAN = Duration.ofSeconds(100);

    @Test
    void aPathThatWasNeverCheckedSaysSo() {
        assertThat(lines(begun(), 101)).anyMatch(line -> line.contains("no check has ended"));
    }

    @Test
    void aStateIsToldWithWhatItCameFromAndSinceWhen() {
        var up = checked(begun(), PathState.UP, "good", 102);
        var down = checked(up, PathState.DOWN, "sense 03/11/00", 110);
        var still = checked(down, PathState.DOWN, "sense 03/11/01", 115);

        assertThat(lines(still, 120).getFirst()).startsWith("state faulty for 10 s: sense 03/11/01");
        assertThat(lines(still, 120)).anyMatch(line -> line.contains("the next check within "));
        assertThat(lines(still, 9_999)).anyMatch(line -> line.contains("check is due or under way"));
    }

    @Test
    void whatKeepsAPathOutOfUseIsTold() {
        var up = checked(begun(), PathState.UP, "good", 102);
        var byOperator = up.observe(new PathLife.FailedByAdmin(), at(103));
        var hangs = up.observe(new PathLife.Overdue(PathState.TIMEOUT), at(103))
                .observe(new PathLife.Overdue(PathState.TIMEOUT), at(104));

        assertThat(lines(byOperator, 104)).anyMatch(line -> line.contains("an operator failed it"));
        assertThat(lines(hangs, 105)).anyMatch(line -> line.startsWith("2 of its checks hang; no more are begun"));
        assertThat(lines(up.learned(new Identity.Another("other", true)), 104))
                .anyMatch(line -> line.contains("it is another unit now"));
        assertThat(lines(up.learned(new Identity.Unproven("silent")), 104))
                .anyMatch(line -> line.contains("it does not show that it is "));
    }

    @Test
    void thePrioritizerIsTheConfiguredOneOnlyWhereNoDeviceMayAskForAnother() {
        var set = OnePath.SETTINGS;
        var detecting = new PathSettings(
                set.checker(),
                set.detectChecker(),
                set.prio(),
                true,
                set.prioArgs(),
                set.pollingInterval(),
                set.maxPollingInterval(),
                set.checkerTimeout(),
                set.precautions());

        assertThat(lines(begun(), 101)).contains("priority not known; asked for by const");
        assertThat(lines(begun().with(detecting, at(101)), 101))
                .contains("priority not known; asked for by const unless the device asks for another (detect_prio)");
    }

    private static Watch begun() {
        return Watch.begin(
                Disks.scsi(),
                new Wwid("3600a098038302d414b2b4d4453474f62"),
                new Nexus("i", "t"),
                OnePath.SETTINGS,
                false,
                BEGAN);
    }

    private static Watch checked(Watch watch, PathState found, String why, long second) {
        return watch.observe(new PathLife.Checked(found), at(second)).said(why, watch, at(second));
    }

    private static java.util.List<String> lines(Watch watch, long second) {
        return PathAccount.of(watch, at(second)).lines();
    }

    private static Duration at(long second) {
        return Duration.ofSeconds(second);
    }
}
