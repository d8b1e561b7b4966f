package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.CoreEdge;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.node.NexusAlarms.News;
import org.lunwarden.node.topology.NexusFacts;
import org.lunwarden.path.PathActor;

/** A nexus with twenty paths. */
class SiblingChecksTest {

    private static final String HOST = "h001";
    private static final int UNITS = 20;

    private final SimulatedSan san =
            new CoreEdge(1, 1, 1, 1, UNITS, 2048).layout().build();
    private final PathTable paths = new PathTable();
    private final Map<DeviceName, TestInbox<PathActor.Command>> actors = new TreeMap<>();
    private final List<Duration> delayed = new ArrayList<>();
    private Duration now = Duration.ofDays(1);
    private final SiblingChecks checks = new SiblingChecks(paths, () -> now, (nexus, wait) -> delayed.add(wait));
    private Nexus nexus = new Nexus("", "");
    private List<DeviceName> names = List.of();

    @BeforeEach
    void fill() {
        disks().forEach(disk -> put(disk, PathState.UP));
        nexus = paths.all().getFirst().seat().facts().nexus();
        names = paths.of(nexus).stream().map(path -> path.seat().disk().name()).toList();
        assertThat(names).hasSize(UNITS);
    }

    @AfterEach
    void close() {
        san.close();
    }

    @Test
    void oneThatFailsHasTheNextEightByNameAskedAndASecondOneHasAllOfThem() {
        is(3, PathState.DOWN);
        checks.raise(nexus, names.get(3), News.LOST);
        assertThat(asked()).containsExactlyElementsOf(names.subList(4, 4 + SiblingChecks.FEW));

        checks.raise(nexus, names.get(3), News.LOST);
        assertThat(asked()).as("it has said so before").isEmpty();

        is(5, PathState.DOWN);
        checks.raise(nexus, names.get(5), News.LOST);
        assertThat(asked()).hasSize(UNITS - 2).doesNotContain(names.get(3), names.get(5));

        checks.raise(nexus, names.get(6), News.LOST);
        assertThat(asked()).isEmpty();
        assertThat(delayed).containsExactly(NexusAlarms.QUIET);
        now = now.plus(NexusAlarms.QUIET);
        checks.ring(nexus);
        assertThat(asked()).hasSize(UNITS - 2);
    }

    @Test
    void afterTheLastByNameComesTheFirstAndWhatIsOutForAReasonOfItsOwnTakesNoPlace() {
        names.forEach(name -> is(names.indexOf(name), PathState.DOWN));
        is(0, PathState.DELAYED);
        is(17, PathState.UP);
        checks.raise(nexus, names.get(17), News.BACK);

        assertThat(asked())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(18, 19, 1, 2, 3, 4, 5, 6).map(names::get).toList());
    }

    private void is(int index, PathState state) {
        put(paths.get(names.get(index)).orElseThrow().seat().disk(), state);
    }

    private void put(Disk disk, PathState state) {
        var seat = new PathSeat(disk, new Wwid("3600a0980"), NexusFacts.of(new HostId(HOST), disk));
        var inbox = actors.computeIfAbsent(disk.name(), name -> TestInbox.create());
        paths.put(new PathEntry(seat, inbox.getRef(), seat.announcement(false).with(state)));
    }

    private List<DeviceName> asked() {
        return actors.entrySet().stream()
                .filter(actor -> !actor.getValue().getAllReceived().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<Disk> disks() {
        var devices = san.host(HOST).blockDevices();
        return switch (devices.look().list()) {
            case IoResult.Ok<List<Listed>>(var listed) ->
                listed.stream()
                        .filter(disk -> !disk.name().value().equals("sda"))
                        .map(disk -> devices.disk(disk.name()))
                        .map(disk -> disk instanceof IoResult.Ok<Disk>(var ok) ? ok : null)
                        .map(Objects::requireNonNull)
                        .toList();
            case IoResult.Refused<List<Listed>> refused -> throw new AssertionError(refused.toString());
        };
    }
}
