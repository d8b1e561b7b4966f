package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.HardwareHandler;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.NoPathRetry;

/** What must not end I/O, nor hold up a map, while a path may yet be good. Time is moved by hand. */
class HopeForIoTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();
    private static final String TWO_PATHS = "1 queue_if_no_path 0 1 1 service-time 0 2 1 8:16 1 8:32 1";
    private static final DevT FIRST = Reports.device(1);
    private static final MapSettings TWO_RETRIES = Settings.of(
            GroupingPolicy.MULTIBUS,
            new Failback.Manual(),
            new NoPathRetry.Retry(2),
            "service-time",
            List.of(),
            List.of());

    @Test
    void ioIsKeptWhileTheKernelUsesPathsWhoseFirstCheckNeverBegins() {
        life = new MapLife(Reports.WWID, TWO_RETRIES);
        kernel.has(NAME, "mpath-" + NAME, Reports.SECTORS, TWO_PATHS);
        is(overdue(1), overdue(2));

        passes(Duration.ofMinutes(5));
        assertThat(kernel.tableText(NAME)).contains("queue_if_no_path");

        kernel.ioFails(NAME, FIRST);
        kernel.ioFails(NAME, Reports.device(2));
        lookAgain();
        passes(Duration.ofMinutes(1));
        assertThat(kernel.acts()).contains("message fail_if_no_path");
    }

    @Test
    void noTableOfFailedPathsIsLoadedWhileTheOnlyGoodOneProvesItself() {
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 50), Reports.path(3, PathState.UP, 50));
        passes(Settling.PATIENCE);
        is(Reports.path(2, PathState.DOWN, 50));
        kernel.ioFails(NAME, FIRST);
        lookAgain();
        is(Reports.path(1, PathState.PENDING, 50));
        kernel.calls.clear();

        life.pathGone(Reports.device(3));
        passes(Settling.PATIENCE);
        assertThat(kernel.tableText(NAME)).contains("8:16", "8:32");
        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.failed(NAME)).doesNotContain(FIRST);
        assertThat(kernel.tableText(NAME)).contains("8:16").doesNotContain("8:48");
    }

    @Test
    void aPathThatIsAnnouncedAndNotCheckedHoldsUpNoMapOfAGoodOne() {
        is(Reports.path(1, PathState.UP, 50));
        passes(Duration.ofSeconds(1));
        is(Reports.path(2, PathState.UNCHECKED, 50));

        passes(Settling.PATIENCE);

        assertThat(kernel.tableText(NAME)).contains("8:16");
    }

    @Test
    void aPathThatFailsBetweenItsReinstatementAndTheLookAfterItRestsLongerEachTime() {
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 50));
        passes(Settling.PATIENCE);
        for (var times = 0; times < 2; times++) {
            kernel.ioFails(NAME, FIRST);
            lookAgain();
            is(Reports.path(1, PathState.PENDING, 50));
            kernel.failsAtOnce(NAME, FIRST);
            is(Reports.path(1, PathState.UP, 50));
        }
        kernel.calls.clear();

        passes(Duration.ofSeconds(1));

        assertThat(kernel.acts()).as("it rests").isEmpty();
        assertThat(life.proofsWanted(now)).isEmpty();
    }

    @Test
    void aGoodPathThatIsTooSmallForTheMapIsNoHope() {
        allPathsOfAMapThatQueuesAreLost();
        is(Reports.sized(Reports.path(3, PathState.UP, 50), Reports.SECTORS - 8));

        secondsPass(11);

        assertThat(kernel.acts()).contains("message fail_if_no_path");
    }

    @Test
    void aGoodPathThatTheKernelTakesIntoNoTableIsHopeForSomeTriesOnlyAndBringsBackTheQueueingWhenItIsTaken() {
        allPathsOfAMapThatQueuesAreLost();
        kernel.refuse("reload", 22);
        is(Reports.path(3, PathState.UP, 50));
        secondsPass((int) IoHope.JOINING.toSeconds() - 1);
        assertThat(kernel.acts()).doesNotContain("message fail_if_no_path");
        assertThat(kernel.acts().stream().filter(act -> act.startsWith("reload")))
                .as("it was tried")
                .hasSizeGreaterThan(3);

        is(Reports.path(3, PathState.DOWN, 50));
        is(Reports.path(3, PathState.UP, 50));
        secondsPass(1 + 11);
        assertThat(kernel.acts()).contains("message fail_if_no_path");
        kernel.accept("reload");
        secondsPass(60);

        assertThat(kernel.tableText(NAME)).contains("queue_if_no_path", "8:48");
    }

    @Test
    void aGoodPathThatIsYetToComeIntoTheTableEndsTheCountdown() {
        allPathsOfAMapThatQueuesAreLost();
        secondsPass(10);
        is(Reports.path(3, PathState.UP, 50));

        secondsPass(10);

        assertThat(kernel.tableText(NAME)).contains("8:48");
        assertThat(kernel.acts()).doesNotContain("message fail_if_no_path");
    }

    @Test
    void aPassivePathOfATargetThatSwitchesByItselfIsNotReinstatedWhileNoPathWorksThoughItIsHope() {
        allPathsOfAMapThatQueuesAreLost();
        is(passive(1, true));
        secondsPass(60);

        assertThat(kernel.failed(NAME)).contains(FIRST);
        assertThat(kernel.acts()).doesNotContain("message fail_if_no_path");

        is(Reports.path(2, PathState.UP, 50));
        assertThat(kernel.failed(NAME)).isEmpty();
        assertThat(kernel.tableText(NAME)).contains("queue_if_no_path");
    }

    @Test
    void aPassivePathThatIoMakesActiveIsReinstatedThoughNoPathWorks() {
        allPathsOfAMapThatQueuesAreLost();

        is(passive(1, false));

        assertThat(kernel.failed(NAME)).doesNotContain(FIRST);
    }

    private static PathReport passive(int path, boolean implicitOnly) {
        return Reports.handledBy(Reports.path(path, PathState.GHOST, 1), new HardwareHandler("", true, implicitOnly));
    }

    private void allPathsOfAMapThatQueuesAreLost() {
        life = new MapLife(Reports.WWID, TWO_RETRIES);
        kernel.has(NAME, "mpath-" + NAME, Reports.SECTORS, TWO_PATHS);
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 50));
        is(Reports.path(1, PathState.DOWN, 50), Reports.path(2, PathState.DOWN, 50));
        kernel.calls.clear();
    }

    private void secondsPass(int seconds) {
        for (var second = 0; second < seconds; second++) {
            passes(Duration.ofSeconds(1));
        }
    }

    private static PathReport overdue(int path) {
        return Reports.as(Reports.path(path, PathState.UNCHECKED, 50), UnitProof.OVERDUE);
    }
}
