package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.CoreEdge;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.model.settings.GroupingPolicy;

/** Two actors of one map, as after a restart, many threads, and the kernel of a simulated SAN. */
@Timeout(240)
class OneOperationTest {

    private static final String HOST = "h001";

    private final ActorTestKit testKit = ActorTestKit.create();
    private final SimulatedSan san =
            new CoreEdge(1, 1, 1, 1, 1, Reports.SECTORS).layout().build();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicLong milliseconds = new AtomicLong(Duration.ofHours(1).toMillis());

    @AfterEach
    void shutDown() {
        testKit.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(longs = {20261121, 20261122, 20261123, 20261124, 20261125, 20261126})
    void neverIsMoreThanOneChangeOfAMapUnderWay(long seed) {
        var random = new Random(seed);
        var paths = paths();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var operations = new MapOperations(counted(san.host(HOST).deviceMapper()), threads, threads);
            var actors = IntStream.range(0, 2).mapToObj(n -> actor(operations)).toList();

            for (var step = 0; changes.get() < 20; step++) {
                milliseconds.addAndGet(200);
                var path = paths.get(random.nextInt(paths.size()));
                var actor = actors.get(random.nextInt(actors.size()));
                switch (random.nextInt(6)) {
                    case 0 -> actor.tell(new MapActor.PathGone(path.device()));
                    case 1 -> actor.tell(new MapActor.PathIs(path.with(PathState.DOWN)));
                    case 2 -> actor.tell(new MapActor.KernelMoved());
                    case 3 -> actor.tell(new MapActor.NameIs(new MapName.Wanted("map" + random.nextInt(3))));
                    default -> actor.tell(new MapActor.PathIs(path));
                }
                if (step % 10 == 0) {
                    actors.forEach(this::answers);
                }
            }
            actors.forEach(this::answers);
            operations.close(Ending.DAEMON).toCompletableFuture().join();
        }

        assertThat(most.get()).as("seed %d", seed).isEqualTo(1);
    }

    private void answers(ActorRef<MapActor.Command> actor) {
        var probe = testKit.<MapTopology>createTestProbe();
        actor.tell(new MapActor.Describe(probe.ref()));
        probe.receiveMessage(Duration.ofSeconds(30));
    }

    private ActorRef<MapActor.Command> actor(MapOperations operations) {
        return testKit.spawn(MapActor.create(
                Reports.WWID,
                Settings.of(GroupingPolicy.MULTIBUS),
                new MapName.Wanted("map0"),
                operations,
                () -> Duration.ofMillis(milliseconds.get()),
                testKit.<MapFact>createTestProbe().ref()));
    }

    /** The disks of the host, as paths of the map. */
    private List<PathReport> paths() {
        if (!(san.host(HOST).blockDevices().look().list()
                instanceof IoResult.Ok<List<BlockDevices.Listed>>(var disks))) {
            throw new AssertionError("no disks");
        }
        var devices = disks.stream().flatMap(disk -> disk.device().stream()).toList();
        return IntStream.range(0, devices.size())
                .mapToObj(n -> Reports.of(devices.get(n), Reports.path(n + 1, PathState.UP, 1)))
                .toList();
    }

    private DeviceMapper counted(DeviceMapper dm) {
        var looks = Set.of("info", "statusOf", "table", "status", "list", "onEvent", "requestLimit", "readiness");
        return (DeviceMapper) Proxy.newProxyInstance(
                DeviceMapper.class.getClassLoader(), new Class<?>[] {DeviceMapper.class}, (self, method, arguments) -> {
                    var counts = !looks.contains(method.getName());
                    if (counts) {
                        changes.incrementAndGet();
                        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    }
                    try {
                        return method.invoke(dm, arguments);
                    } catch (InvocationTargetException e) {
                        throw Optional.ofNullable(e.getCause()).orElse(e);
                    } finally {
                        inFlight.addAndGet(counts ? -1 : 0);
                    }
                });
    }
}
