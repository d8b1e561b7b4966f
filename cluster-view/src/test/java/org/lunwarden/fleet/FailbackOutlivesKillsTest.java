package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.FleetView.FailbackStart;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostCommand.FailBack;
import org.lunwarden.model.fleet.HostCommand.MayFailBack;

/** Views are killed at each step of a failback, and their disks fail. */
class FailbackOutlivesKillsTest {

    private static final Wwid FIRST = SyntheticHost.wwid(0);
    private static final Wwid SECOND = SyntheticHost.wwid(1);

    /** The first step is watched for long enough to be killed meanwhile. */
    private static final FailbackSettings PACE =
            FailbackSettings.DEFAULTS.watching(Duration.ofMillis(500), Duration.ofMillis(1500), Duration.ofMillis(300));

    /** A host that is not reached for a moment is not silent yet. */
    private static final FleetTimings TIMINGS = FleetOnLoopback.QUICK
            .withSilence(Duration.ofMillis(300), Duration.ofSeconds(20))
            .withMembership(Duration.ofSeconds(1), Duration.ofMillis(200));

    @TempDir
    private Path folder = Path.of("");

    private FailbackFleet fleet;

    @BeforeEach
    void start() {
        fleet = new FailbackFleet(folder, PACE, TIMINGS, FleetOnLoopback.KILLED);
        fleet.start();
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void oneFailbackOutlivesTheKillOfItsCoordinatorAtEachStep() {
        fleet.cutHosts();
        var id = fleet.begin();
        awaitLog("planned", id, "plan ");
        assertThat(fleet.told).isEmpty();
        fleet.isLost = (host, command) -> true;
        fleet.killTheOldest();

        awaitTold(MayFailBack.class, FIRST, 1);
        // one host does it and says so, of one the answer is lost, and one never gets the order
        fleet.isUnanswered = (host, command) -> command instanceof FailBack && host.equals(fleet.hosts.get(1));
        fleet.isLost = (host, command) -> command instanceof FailBack && host.equals(fleet.hosts.get(2));
        fleet.killTheOldest();

        awaitTold(FailBack.class, FIRST, 3);
        await("two have switched", () -> fleet.switched.size() == 2);
        fleet.isUnanswered = (host, command) -> false;
        fleet.isLost = (host, command) -> command.maps().contains(SECOND);
        fleet.killTheOldest();

        awaitLog("at the gate", id, "step 1: watched");
        fleet.killTheOldest();

        awaitTold(MayFailBack.class, SECOND, 1);
        assertThat(fleet.switched).hasSize(3);
        fleet.isLost = (host, command) -> false;
        fleet.killTheOldest();

        awaitLog("done", id, "done");
        var orders = fleet.told.size();
        fleet.killTheOldest();

        fleet.awaitAll(id, Phase.DONE);
        fleet.awaitAll(fleet.begin(), Phase.DONE);
        assertThat(fleet.told).as("nothing is left to do").hasSize(orders);
        assertThat(fleet.switched).hasSize(6).doesNotHaveDuplicates();
        assertThat(fleet.told).isSortedAccordingTo(Comparator.comparing(HostCommand.OfFailback::epoch));
        assertThat(fleet.ahead).isEmpty();
        assertThat(fleet.views).allSatisfy(view -> {
            assertThat(FailbackFleet.log(view, id)).containsOnlyOnce("done");
            assertThat(fleet.offTheirBestGroup(view)).isEmpty();
        });
    }

    @Test
    void anOrderThatWentOutWhenAllViewsWereKilledIsKnownAfterwards() {
        fleet.isLost =
                (host, command) -> command instanceof FailBack && command.maps().contains(SECOND);
        var id = fleet.begin();
        awaitTold(FailBack.class, SECOND, 1);
        fleet.killAll();
        var moved = List.copyOf(fleet.switched);
        var epoch = fleet.told.getLast().epoch();

        fleet.isLost = (host, command) -> false;
        fleet.told.clear();
        fleet.startAgain();

        fleet.awaitAll(id, Phase.DONE);
        assertThat(moved).hasSize(3);
        assertThat(fleet.switched).hasSize(6).doesNotHaveDuplicates();
        assertThat(fleet.told).allMatch(command -> epoch.isOlderThan(command.epoch()));
        assertThat(fleet.told)
                .as("what the first step had moved is not asked for again")
                .noneMatch(command -> command.maps().contains(FIRST));
        assertThat(fleet.ahead).isEmpty();
    }

    @Test
    void nothingIsOrderedWhileMostDisksTakeNothing() {
        fleet.breakDisk(1);
        fleet.breakDisk(2);

        var refused = fleet.ask();

        assertThat(refused)
                .isInstanceOfSatisfying(
                        FailbackStart.Refused.class,
                        why -> assertThat(why.reason()).contains("only 1 of 3 seeds", "v1", "v2"));
        assertThat(fleet.told).isEmpty();
        fleet.repairDisk(2);
        fleet.awaitAll(fleet.begin(), Phase.DONE);
        assertThat(fleet.switched).hasSize(6).doesNotHaveDuplicates();
        assertThat(fleet.ahead).isEmpty();
    }

    @Test
    void disksThatFailOnTheWayHoldAFailbackUntilMostOfThemTakeItAgain() {
        fleet.isLost = (host, command) -> true;
        var id = fleet.begin();
        awaitTold(MayFailBack.class, FIRST, 3);
        fleet.breakDisk(1);
        fleet.breakDisk(2);

        fleet.isLost = (host, command) -> false;
        fleet.killTheOldest();
        var questions = fleet.told.size();
        awaitLog("it waits", id, "nothing is begun: it is on the disks of only 1 of 3 seeds");
        assertThat(fleet.told).hasSize(questions);
        fleet.repairDisk(1);

        fleet.awaitAll(id, Phase.DONE);
        assertThat(fleet.switched).hasSize(6).doesNotHaveDuplicates();
        assertThat(fleet.ahead).isEmpty();
    }

    private void awaitLog(String what, String id, String line) {
        await(
                what,
                Duration.ofSeconds(90),
                () -> FailbackFleet.log(fleet.views.get(1), id).stream().anyMatch(text -> text.startsWith(line)));
    }

    private void awaitTold(Class<? extends HostCommand.OfFailback> what, Wwid map, int hosts) {
        await(
                what.getSimpleName() + " of " + map,
                Duration.ofSeconds(90),
                () -> fleet.told.stream()
                                .filter(command -> what.isInstance(command)
                                        && command.maps().contains(map))
                                .count()
                        >= hosts);
    }
}
