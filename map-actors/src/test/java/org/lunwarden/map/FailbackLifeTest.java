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

class FailbackLifeTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();
    private static final Duration DELAY = Duration.ofSeconds(15);
    private static final PathReport ONE = Reports.path(1, PathState.UP, 50);
    private static final PathReport TWO = Reports.path(2, PathState.UP, 10);

    @BeforeEach
    void twoGroups() {
        begin(Settings.of(GroupingPolicy.FAILOVER, new Failback.Deferred(DELAY), new NoPathRetry.Fail()));
        is(ONE, TWO);
        kernel.calls.clear();
    }

    @Test
    void aMapThatUsesAnotherGroupThanTheBestIsSwitchedAfterTheWait() {
        kernel.usesGroup(NAME, 2);
        lookAgain();
        assertThat(kernel.acts()).isEmpty();

        passes(DELAY.plusSeconds(1));

        assertThat(kernel.acts()).containsExactly("message switch_group 1");
    }

    @Test
    void aMapWhoseGroupsAreOutOfOrderIsLoadedAnewAfterTheWait() {
        is(Reports.path(1, PathState.UP, 10), Reports.path(2, PathState.UP, 50));
        assertThat(kernel.acts()).isEmpty();

        passes(DELAY.plusSeconds(1));
        passes(DELAY.plusSeconds(1));

        assertThat(kernel.acts())
                .containsExactly(
                        "reload " + NAME + " KEEP_IO 0 0 2 1 service-time 0 1 1 8:32 1 service-time 0 1 1 8:16 1");
    }

    @Test
    void groupsBehindTheBestAreBroughtIntoTheirOrderAfterTheWaitToo() {
        is(Reports.path(3, PathState.UP, 5));
        kernel.calls.clear();

        is(Reports.path(2, PathState.UP, 1));
        assertThat(kernel.acts()).isEmpty();
        passes(DELAY.plusSeconds(1));
        passes(DELAY.plusSeconds(1));
        passes(DELAY.plusSeconds(1));

        assertThat(kernel.acts())
                .containsExactly(
                        "reload " + NAME
                                + " KEEP_IO 0 0 3 1 service-time 0 1 1 8:16 1 service-time 0 1 1 8:48 1 service-time 0 1 1 8:32 1");
    }

    @Test
    void aPathThatFailsAfterADoubtEndsTheWait() {
        is(Reports.path(3, PathState.UNCHECKED, -1), Reports.path(3, PathState.UP, 10));
        kernel.usesGroup(NAME, 2);
        lookAgain();
        passes(Duration.ofSeconds(10));

        is(Reports.path(3, PathState.PENDING, 10));
        is(Reports.path(3, PathState.DOWN, 10));
        passes(Duration.ofSeconds(10));
        assertThat(kernel.acts()).doesNotContain("message switch_group 1");
        passes(Duration.ofSeconds(6));

        assertThat(kernel.acts()).contains("message switch_group 1");
    }

    @Test
    void aPathThatWasOnlyInDoubtDoesNotStartTheWaitAnew() {
        kernel.usesGroup(NAME, 2);
        lookAgain();
        passes(Duration.ofSeconds(10));

        is(ONE.with(PathState.PENDING));
        is(ONE);
        passes(Duration.ofSeconds(6));

        assertThat(kernel.acts()).containsExactly("message switch_group 1");
    }

    @Test
    void aPathThatFailsIsOneFaultWhetherTheKernelSawItFirstOrNot() {
        kernel.ioFails(NAME, Reports.device(1));
        lookAgain();
        is(ONE.with(PathState.PENDING));
        is(ONE.with(PathState.DOWN));
        is(TWO.with(PathState.PENDING));
        is(TWO.with(PathState.DOWN));

        assertThat(life.counters(now).pathFaults()).isEqualTo(2);
    }
}
