package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.path.checker.Finding;
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
    void beforeTheFirstReadingThePrioritizerIsTheConfiguredOneUnlessADeviceMayAskForAnother() {
        var detecting = rated(OnePath.SETTINGS.prio(), true);

        assertThat(lines(begun(), 101)).contains("priority not known; asked for by const");
        assertThat(lines(begun().with(detecting, at(101)), 101))
                .contains("priority not known; asked for by const unless the device asks for another (detect_prio)");
    }

    static Stream<Arguments> checkers() { // asked (+: detected), path_checker now -> told
        return Stream.of(
                arguments("", CheckerKind.TUR, "judged by the kernel's word alone, without tur of path_checker"),
                arguments("tur", CheckerKind.TUR, "checked by tur, as path_checker says"),
                arguments(
                        "+rdac",
                        CheckerKind.TUR,
                        "checked by rdac: the device asks for it (detect_checker), path_checker says tur"),
                arguments("directio", CheckerKind.TUR, "checked by directio, path_checker says tur now"));
    }

    @ParameterizedTest
    @MethodSource("checkers")
    void theCheckerIsTheOneThatWasAskedWithWhoChoseIt(String asked, CheckerKind set, String told) {
        var kind = Arrays.stream(CheckerKind.values())
                .filter(each -> asked.endsWith(each.word()) && !asked.isEmpty())
                .findFirst()
                .map(each -> new Finding.Asked(each, asked.startsWith("+")));

        var means = new Means(true, kind, Optional.empty());

        assertThat(OnePath.SETTINGS.checker()).isEqualTo(set);
        assertThat(means.ofChecks(OnePath.SETTINGS)).isEqualTo(told);
    }

    static Stream<Arguments> prioritizers() { // asked, prio then -> told
        return Stream.of(
                arguments(PrioKind.CONST, PrioKind.CONST, "by const, as prio says"),
                arguments(
                        PrioKind.SYSFS, PrioKind.CONST, "by sysfs: the device tells it (detect_prio), prio says const"),
                arguments(
                        PrioKind.CONST,
                        PrioKind.ALUA,
                        "by const: the device tells no target port group for alua, which prio says"),
                arguments(PrioKind.EMC, PrioKind.EMC, "by emc, prio says const now"));
    }

    @ParameterizedTest
    @MethodSource("prioritizers")
    void thePrioritizerIsTheOneThatWasAskedWithWhoChoseIt(PrioKind asked, PrioKind set, String told) {
        var settings = set == PrioKind.ALUA ? rated(PrioKind.ALUA, false) : OnePath.SETTINGS;
        var means = Means.NONE.ratedBy(Optional.of(new Means.Rated(asked, set)));

        assertThat(means.ofPriority(settings)).isEqualTo(told);
        assertThat(means.ratedBy(Optional.empty())).isEqualTo(means);
    }

    @Test
    void newSettingsArePutToUseBeforeTheyAreToldAsUsed() {
        var was = begun().ratedBy(Optional.of(new Means.Rated(PrioKind.SYSFS, PrioKind.CONST)));

        var then = was.with(rated(PrioKind.EMC, false), at(101));

        assertThat(lines(then, 102)).contains("priority not known; asked for by emc");
    }

    private static PathSettings rated(PrioKind prio, boolean detect) {
        var set = OnePath.SETTINGS;
        return new PathSettings(
                set.checker(),
                set.detectChecker(),
                prio,
                detect,
                set.prioArgs(),
                set.pollingInterval(),
                set.maxPollingInterval(),
                set.checkerTimeout(),
                set.precautions());
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
