package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.NoPathRetry;

/** Failback followover: a map goes back to its best group only when that group had failed, and its first path returned. */
class FollowoverTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();
    private static final PathReport ONE = Reports.path(1, PathState.UP, 50);
    private static final PathReport TWIN = Reports.path(2, PathState.UP, 50);
    private static final PathReport OTHER = Reports.path(3, PathState.UP, 10);

    @BeforeEach
    void bestGroupOfTwo() {
        begin(Settings.of(GroupingPolicy.GROUP_BY_PRIO, new Failback.Followover(), new NoPathRetry.Fail()));
        is(ONE, TWIN, OTHER);
        kernel.calls.clear();
    }

    @Test
    void aMapThatSomebodyMovedStaysThere() {
        kernel.usesGroup(NAME, 2);
        lookAgain();
        passes(Duration.ofMinutes(5));

        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void aPathThatReturnsBesideAnotherThatNeverFailedMovesNothing() {
        is(ONE.with(PathState.DOWN));
        kernel.usesGroup(NAME, 2);
        lookAgain();
        kernel.calls.clear();

        is(ONE);
        passes(Duration.ofMinutes(5));

        assertThat(kernel.acts()).noneMatch(act -> act.contains("switch_group"));
    }

    @Test
    void theFirstPathOfTheBestGroupThatReturnsTakesTheMapAlong() {
        is(ONE.with(PathState.DOWN), TWIN.with(PathState.DOWN));
        kernel.usesGroup(NAME, 2);
        lookAgain();
        kernel.calls.clear();

        is(TWIN);
        lookAgain();

        assertThat(kernel.acts()).contains("message switch_group 1");
    }
}
