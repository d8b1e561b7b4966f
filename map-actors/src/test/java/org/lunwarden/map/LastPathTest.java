package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.AutoResize;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.QueueWithoutDaemon;

class LastPathTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();
    private static final PathReport ONE = Reports.path(1, PathState.UP, 1);

    @Test
    void anUnusedMapGoesWithItsPartitions() {
        begins(FlushOnLastDel.UNUSED, false, new NoPathRetry.Queue());
        kernel.hasPartition(NAME + "-part1", NAME, 1);

        loses();

        assertThat(kernel.acts())
                .containsExactly("message fail_path 8:16", "remove " + NAME + "-part1", "remove " + NAME);
    }

    @Test
    void aMapStaysWithAllItsPartitionsWhileOneIsInUse() {
        begins(FlushOnLastDel.UNUSED, false, new NoPathRetry.Queue());
        kernel.hasPartition(NAME + "-part1", NAME, 1);
        kernel.hasPartition(NAME + "-part2", NAME, 2);
        kernel.opened(NAME + "-part2", 1);

        loses();
        passes(Duration.ofMinutes(5));

        assertThat(kernel.acts()).containsExactly("message fail_path 8:16");
        assertThat(kernel.exists(NAME + "-part1")).isTrue();
    }

    @Test
    void aPartitionOfAnotherMapIsLeftAlone() {
        begins(FlushOnLastDel.UNUSED, false, new NoPathRetry.Queue());
        kernel.hasLinear("other-part1", "part1-mpath-" + NAME + "0");
        kernel.hasLinear("stray-part1", "part1-mpath-" + NAME);

        loses();

        assertThat(kernel.acts()).containsExactly("message fail_path 8:16", "remove " + NAME);
    }

    @Test
    void aMapThatQueuesStaysWhereItIsNeverFlushed() {
        begins(FlushOnLastDel.NEVER, false, new NoPathRetry.Queue());

        loses();
        passes(Duration.ofMinutes(5));

        assertThat(kernel.acts()).containsExactly("message fail_path 8:16");
    }

    @Test
    void aMapThatIsNeverFlushedGoesWhenItsIoFailsAnyhow() {
        begins(FlushOnLastDel.NEVER, false, new NoPathRetry.Retry(2));

        loses();
        assertThat(kernel.exists(NAME)).isTrue();
        passes(Duration.ofSeconds(11));

        assertThat(kernel.acts())
                .containsExactly("message fail_path 8:16", "message fail_if_no_path", "remove " + NAME);
    }

    @Test
    void whoeverHasAMapOpenThatIsAlwaysFlushedGetsErrorsAndLetsItGo() {
        begins(FlushOnLastDel.ALWAYS, false, new NoPathRetry.Queue());
        kernel.opened(NAME, 1);

        loses();
        assertThat(kernel.acts()).containsExactly("message fail_path 8:16", "message fail_if_no_path");
        kernel.closed(NAME);
        passes(Duration.ofMinutes(2));

        assertThat(kernel.exists(NAME)).isFalse();
    }

    @Test
    void aPathThatComesBackToAFlushedMapThatIsStillOpenBringsItsQueueingBack() {
        begins(FlushOnLastDel.ALWAYS, false, new NoPathRetry.Queue());
        kernel.opened(NAME, 1);
        loses();
        kernel.calls.clear();

        is(ONE);

        assertThat(kernel.acts()).containsExactly("message queue_if_no_path");
    }

    @Test
    void aMapInUseIsTriedEverySecondSoOftenAndThenEverMoreRarely() {
        begins(FlushOnLastDel.UNUSED, false, new NoPathRetry.Fail(), 3);
        kernel.refuse("remove", 16);
        loses();
        kernel.calls.clear();

        for (var second = 0; second < 10; second++) {
            passes(Duration.ofSeconds(1));
        }

        // after 1, 2, 3, 5 and 9 seconds
        assertThat(kernel.acts()).hasSize(5).allMatch(act -> act.equals("remove " + NAME));
    }

    @Test
    void aDeferredRemovalIsAskedForOnceAndHappensWithTheLastClose() {
        begins(FlushOnLastDel.UNUSED, true, new NoPathRetry.Fail());
        kernel.opened(NAME, 1);

        loses();
        passes(Duration.ofMinutes(5));
        assertThat(kernel.acts()).containsExactly("message fail_path 8:16", "remove " + NAME + " deferred");

        kernel.closed(NAME);
        lookAgain();
        is(ONE);

        assertThat(kernel.acts()).last().asString().startsWith("create " + NAME);
    }

    @Test
    void aPathThatComesBackCancelsADeferredRemoval() {
        begins(FlushOnLastDel.UNUSED, true, new NoPathRetry.Fail());
        kernel.opened(NAME, 1);
        loses();
        kernel.calls.clear();

        is(ONE);
        kernel.closed(NAME);

        assertThat(kernel.acts()).startsWith("message @cancel_deferred_remove");
        assertThat(kernel.exists(NAME)).isTrue();
    }

    @Test
    void aMapThatIsInUseAndQueuesWaitsForItsPathsAndDoesNotVanishWithTheNextClose() {
        begins(FlushOnLastDel.UNUSED, true, new NoPathRetry.Queue());
        kernel.opened(NAME, 1);

        loses();
        passes(Duration.ofMinutes(5));

        assertThat(kernel.acts()).noneMatch(act -> act.contains("deferred"));
        assertThat(kernel.exists(NAME)).isTrue();
    }

    @Test
    void aRemovalThatSomebodyElseDeferredIsHisWill() {
        begins(FlushOnLastDel.UNUSED, false, new NoPathRetry.Queue());
        kernel.opened(NAME, 1);
        kernel.remove(NAME, true);
        kernel.calls.clear();

        lookAgain();
        is(Reports.path(2, PathState.UP, 1));

        assertThat(kernel.acts()).noneMatch(act -> act.contains("cancel"));
    }

    private void begins(FlushOnLastDel flush, boolean deferred, NoPathRetry retry) {
        begins(flush, deferred, retry, 0);
    }

    private void begins(FlushOnLastDel flush, boolean deferred, NoPathRetry retry, int removeRetries) {
        begin(Settings.with(
                Settings.of(GroupingPolicy.MULTIBUS, new Failback.Manual(), retry),
                new MapUpkeep(
                        AutoResize.NEVER,
                        flush,
                        deferred,
                        QueueWithoutDaemon.YES,
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        false,
                        Optional.empty(),
                        removeRetries)));
        is(ONE);
        kernel.calls.clear();
    }

    private void loses() {
        life.pathGone(Reports.device(1));
        settle();
    }
}
