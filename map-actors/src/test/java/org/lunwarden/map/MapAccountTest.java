package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.AutoResize;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.QueueWithoutDaemon;

class MapAccountTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();
    private static final PathReport GOOD = Reports.path(1, PathState.UP, 50);
    private static final PathReport OTHER = Reports.path(2, PathState.UP, 10);

    @Test
    void aMapThatIsWellSaysThatNothingIsToBeDone() {
        twoGroups();

        assertThat(account())
                .contains(
                        "wanted as " + NAME,
                        "grouped by group_by_prio",
                        "failback 15: nothing to do",
                        "no_path_retry 3: I/O without a path waits",
                        "nothing is to be done")
                .anyMatch(line -> line.startsWith("group 1: ") && line.endsWith("; the best; next in use"));
    }

    @Test
    void aDeferredFailbackTellsWhenItMoves() {
        twoGroups();
        is(Reports.path(1, PathState.DOWN, 50));
        kernel.usesGroup(NAME, 2);
        lookAgain();
        is(GOOD);
        lookAgain();

        assertThat(account()).anyMatch(line -> line.startsWith("failback 15: moves in "));
    }

    @Test
    void anImmediateFailbackIsToldAsItIsDecidedAlsoWithoutAPathThatWorks() {
        twoGroups(new Failback.Immediate());
        kernel.refuse("message switch_group", 5);
        is(Reports.path(1, PathState.DOWN, 50), Reports.path(2, PathState.DOWN, 10));
        kernel.usesGroup(NAME, 2);
        lookAgain();
        assertThat(account()).contains("failback immediate: waits for another try at the switch that was refused");

        kernel.accept("message switch_group");
        now = now.plus(Duration.ofHours(1));
        assertThat(account()).contains("failback immediate: moves to group 1 as soon as nothing else is to be done");

        settle();
        assertThat(kernel.acts()).contains("message switch_group 1");
        assertThat(account()).contains("failback immediate: nothing to do");
    }

    @Test
    void noMapIsToldToMoveBeforeItsGroupsHaveFollowedTheirPriorities() {
        twoGroups(new Failback.Immediate());

        is(Reports.path(1, PathState.UP, 5));

        assertThat(account()).contains("failback immediate: waits for its groups to follow priorities that moved");
    }

    @Test
    void aWaitThatACheckHoldsOpenIsToldSo() {
        twoGroups();
        is(Reports.path(1, PathState.DOWN, 50));
        kernel.usesGroup(NAME, 2);
        lookAgain();
        is(GOOD);
        lookAgain();

        is(Reports.path(1, PathState.PENDING, 50));

        assertThat(account()).contains("failback 15: waits for a check that is under way");
    }

    @Test
    void whatDoesNotMoveByItselfTellsWhatItNeeds() {
        twoGroups(new Failback.Manual());
        kernel.usesGroup(NAME, 2);
        lookAgain();
        assertThat(account()).contains("failback manual: waits for an operator");

        twoGroups(new Failback.Followover());
        kernel.usesGroup(NAME, 2);
        lookAgain();
        assertThat(account()).contains("failback followover: moves when the first path of the best group comes back");
    }

    @Test
    void aMapWithoutAPathTellsHowLongItsIoWaits() {
        twoGroups();
        is(Reports.path(1, PathState.DOWN, 50), Reports.path(2, PathState.DOWN, 10));

        assertThat(account())
                .anyMatch(line -> line.matches("no_path_retry 3: I/O without a path waits, for \\d+ s more"));
    }

    @Test
    void whatAMapWaitsForIsTold() {
        begin(new MapName.Unsaid(), settings());
        assertThat(account()).contains("the kernel has no such map", "waits for a path");

        is(GOOD, OTHER);
        assertThat(account()).contains("its name is not known yet: it is not made before");

        assertThat(life.account(Optional.of(new MapAction.Look()), now).lines().getLast())
                .startsWith("under way: ");
    }

    @Test
    void aMapThatIsHeldBackTellsWhatItWaitsForAndUntilWhen() {
        begin(Settings.with(settings(), upkeep(FlushOnLastDel.UNUSED, Optional.of(Duration.ofSeconds(60)))));
        is(Reports.path(1, PathState.GHOST, 1), Reports.path(2, PathState.GHOST, 1));
        passes(Duration.ofSeconds(20));

        assertThat(account().getLast())
                .isEqualTo("waits for an active path before udev is told of it, for 40 s more (ghost_delay)");

        is(Reports.path(1, PathState.UP, 1));
        passes(Duration.ofSeconds(3));
        assertThat(account().getLast()).isEqualTo("nothing is to be done");
    }

    @Test
    void aMapThatIsKeptWithoutAPathTellsWhy() {
        begin(Settings.with(settings(), upkeep(FlushOnLastDel.NEVER, Optional.empty())));
        is(GOOD, OTHER);
        passes(Duration.ofSeconds(3));
        life.pathGone(GOOD.device());
        life.pathGone(OTHER.device());
        settle();

        assertThat(account().getLast()).contains("it has no path left, and its I/O waits for one");
    }

    @Test
    void aMapThatLivesByAPathThatNobodyHasToldOfTellsSo() {
        kernel.has(NAME, "mpath-" + NAME, Reports.SECTORS, "1 queue_if_no_path 0 1 1 service-time 0 2 1 8:16 1 8:32 1");
        begin(settings());
        is(Reports.path(1, PathState.DOWN, 50));
        passes(Duration.ofSeconds(3));

        assertThat(account())
                .contains("nothing is done: all that the kernel uses are paths of its table that cannot be read");
    }

    @Test
    void aMapWhoseTableTheKernelMadeDifferentTellsInWhat() {
        begin(Settings.of(
                GroupingPolicy.MULTIBUS,
                new Failback.Manual(),
                new NoPathRetry.Fail(),
                "service-time",
                List.of("pg_init_retries", "50"),
                List.of()));
        kernel.leavesOut("pg_init_retries");
        is(GOOD, OTHER);
        passes(Duration.ofSeconds(3));

        assertThat(account()).contains("nothing is done: the kernel took the wanted table and kept its own features");
    }

    @Test
    void aMapOfWhichNoPathMayBeLoadedTellsSo() {
        begin(settings());
        is(Reports.path(1, PathState.DOWN, 50), Reports.path(2, PathState.DOWN, 10));
        passes(Duration.ofSeconds(3));

        assertThat(account()).contains("nothing is done: none of its paths works, or is known for its unit");
    }

    @Test
    void aMapThatSomebodyRemovedTellsWhenItIsMadeAgain() {
        twoGroups();
        kernel.remove(NAME, false);
        lookAgain();

        assertThat(account().getLast()).startsWith("somebody removed it: it is made again when ");
    }

    private void twoGroups() {
        twoGroups(new Failback.Deferred(Duration.ofSeconds(15)));
    }

    private void twoGroups(Failback failback) {
        begin(settings(failback));
        is(GOOD, OTHER);
        passes(Duration.ofSeconds(3));
    }

    private static MapSettings settings() {
        return settings(new Failback.Deferred(Duration.ofSeconds(15)));
    }

    private static MapSettings settings(Failback failback) {
        return Settings.of(GroupingPolicy.GROUP_BY_PRIO, failback, new NoPathRetry.Retry(3));
    }

    private static MapUpkeep upkeep(FlushOnLastDel flush, Optional<Duration> ghostDelay) {
        return new MapUpkeep(
                AutoResize.NEVER,
                flush,
                false,
                QueueWithoutDaemon.YES,
                ghostDelay,
                Duration.ofSeconds(30),
                false,
                Optional.empty(),
                0);
    }

    private List<String> account() {
        return life.account(Optional.empty(), now).lines();
    }
}
