package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.NoPathRetry;

/** Paths that are, or may be, other logical units than their map's, over a kernel double with time moved by hand. */
class UnprovenPathsTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();
    private static final String UUID = "mpath-" + NAME;
    private static final String TWO_PATHS = "0 0 1 1 service-time 0 2 2 8:16 1 1 8:32 1 1";

    @ParameterizedTest
    @EnumSource(value = UnitProof.class, names = "PROVEN", mode = EXCLUDE)
    void aMapIsMadeWithoutAPathThatHasNotProvenItsUnitAndDoesNotWaitForIt(UnitProof unit) {
        var state = unit == UnitProof.ANOTHER ? PathState.DOWN : PathState.PENDING;

        is(Reports.as(Reports.path(1, state, 50), unit), Reports.path(2, PathState.UP, 50));
        assertThat(kernel.acts()).containsExactly("create " + NAME + " 0 0 1 1 service-time 0 1 1 8:32 1");
        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.tableText(NAME)).contains("8:16", "8:32");
        assertThat(kernel.failed(NAME)).isEmpty();
    }

    @Test
    void noMapIsMadeOfPathsThatHaveNotProvenTheirUnit() {
        is(Reports.path(1, PathState.DOWN, 50), Reports.path(2, PathState.PENDING, 50));
        passes(Duration.ofMinutes(5));

        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void aFailedDiskWithoutANameOfItsOwnIsProvenByUdevsWordAndLoaded() {
        is(Reports.as(Reports.path(1, PathState.DOWN, 50), UnitProof.PROVEN), Reports.path(2, PathState.UP, 50));

        assertThat(kernel.tableText(NAME)).isEqualTo(TWO_PATHS);
        assertThat(kernel.failed(NAME)).containsExactly(Reports.device(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = PathState.class,
            names = {"PENDING", "DOWN"})
    void aMapThatIsFoundIsNotLoadedAnewForAPathThatWasNotAsked(PathState state) {
        isThere();
        is(Reports.path(1, state, 50), Reports.path(2, PathState.UP, 50));
        passes(Duration.ofMinutes(5));

        assertThat(kernel.acts()).noneMatch(act -> act.startsWith("reload"));
        assertThat(kernel.tableText(NAME)).contains("8:16", "8:32");
    }

    @Test
    void aPathOfAnotherUnitIsFailedAndInNoTableThatIsLoaded() {
        isThere();
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 50));
        is(another(1));
        assertThat(kernel.acts()).as("no reason to load").containsExactly("message fail_path 8:16");
        kernel.calls.clear();

        is(Reports.path(3, PathState.UP, 50));

        assertThat(kernel.acts())
                .containsExactly("reload " + NAME + " KEEP_IO 0 0 1 1 service-time 0 2 1 8:32 1 8:48 1");
        is(Reports.path(1, PathState.UP, 50));
        assertThat(kernel.tableText(NAME)).contains("8:16", "8:32", "8:48");
    }

    @Test
    void theLastPathIsNotLoadedWhenItIsAnotherUnitAndTheIoEndsAsNoPathRetrySays() {
        life = new MapLife(
                Reports.WWID, Settings.of(GroupingPolicy.MULTIBUS, new Failback.Manual(), new NoPathRetry.Retry(2)));
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 50));
        is(another(1));
        kernel.calls.clear();

        life.pathGone(Reports.device(2));
        settle();
        passes(Duration.ofMillis(10_999));
        assertThat(kernel.acts()).containsOnly("message fail_path 8:32");
        passes(Duration.ofMinutes(5));

        assertThat(kernel.acts()).containsExactly("message fail_path 8:32", "message fail_if_no_path");
        assertThat(kernel.failed(NAME)).contains(Reports.device(1));
    }

    @Test
    void aPathThatProvedNothingIsLoadedAgainOnlyWhileTheKernelUsesItAnyway() {
        isThere();
        is(
                Reports.as(Reports.path(1, PathState.PENDING, 50), UnitProof.UNPROVEN),
                Reports.path(2, PathState.UP, 50),
                Reports.path(3, PathState.UP, 50));
        assertThat(kernel.tableText(NAME)).contains("8:16", "8:32", "8:48");
        is(Reports.as(Reports.path(1, PathState.DOWN, 50), UnitProof.UNPROVEN));
        assertThat(kernel.failed(NAME)).containsExactly(Reports.device(1));

        is(Reports.path(4, PathState.UP, 50));

        assertThat(kernel.tableText(NAME)).contains("8:32", "8:48", "8:64").doesNotContain("8:16");
    }

    @Test
    void theIoOfAMapWhosePathsOweTheirProofForTooLongEndsAsNoPathRetrySays() {
        life = new MapLife(
                Reports.WWID, Settings.of(GroupingPolicy.MULTIBUS, new Failback.Manual(), new NoPathRetry.Retry(2)));
        is(Reports.path(1, PathState.UP, 1));
        is(Reports.as(Reports.path(1, PathState.PENDING, 1), UnitProof.UNPROVEN));
        passes(Duration.ofMinutes(5));
        assertThat(kernel.tableText(NAME)).startsWith("1 queue_if_no_path ");

        is(Reports.as(Reports.path(1, PathState.PENDING, 1), UnitProof.OVERDUE));
        passes(Duration.ofMillis(10_999));
        assertThat(kernel.tableText(NAME)).startsWith("1 queue_if_no_path ");
        passes(Duration.ofMillis(1));

        assertThat(kernel.tableText(NAME)).startsWith("0 ");
        assertThat(kernel.failed(NAME)).as("the kernel may use it").isEmpty();
    }

    private static PathReport another(int n) {
        return Reports.as(Reports.path(n, PathState.DOWN, 50), UnitProof.ANOTHER);
    }

    /** The kernel has a map of two paths. */
    private void isThere() {
        settle();
        kernel.has(NAME, UUID, Reports.SECTORS, "0 0 1 1 service-time 0 2 1 8:16 1 8:32 1");
        life.kernelMoved();
        settle();
        kernel.calls.clear();
    }
}
