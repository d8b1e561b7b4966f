package org.lunwarden.deploy.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.lunwarden.fleet.cleanup.Cleanup.Verdict;
import org.lunwarden.fleet.cleanup.ViewWord;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.Fault;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.io.simulated.SanBuilder.ArrayPort;
import org.lunwarden.io.simulated.SanBuilder.Plug;
import org.lunwarden.io.simulated.SimulatedIo;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.node.Node;
import org.lunwarden.node.NodeSettings;
import org.lunwarden.node.site.Site;

/** A host with two LUNs over two fabrics, its real node, and views that say what the test has them say. */
class StaleMapsTest {

    private static final String HOST = "h1";
    private static final Site SITE = Site.parse("""
            defaults {
            	find_multipaths on
            	polling_interval 1
            	max_polling_interval 1
            	skip_kpartx yes
            	no_path_retry fail
            }
            """);
    private static final ViewWord CLEAR = new ViewWord(new HostId("v1"), ViewWord.Says.CLEAR, List.of(), "");

    private final SimulatedSan san = SimulatedSan.builder()
            .network("A", "10.1.0.0/24")
            .network("B", "10.2.0.0/24")
            .array("array1", List.of(new ArrayPort(1, new Plug("A", 1)), new ArrayPort(2, new Plug("B", 1))), 2, 2048)
            .host(HOST, new Plug("A", 1), new Plug("B", 1))
            .build();
    private final Node node =
            Node.start(san.host(HOST), NodeSettings.of(new HostId(HOST), "0.1.0", SITE), report -> {});
    private Optional<List<ViewWord>> views = Optional.of(List.of(CLEAR));
    private final StaleMaps stale =
            new StaleMaps(node.commands(), san.host(HOST), wwid -> CompletableFuture.completedStage(views));

    @BeforeEach
    void allMapsWork() {
        await(
                "two maps of two paths",
                () -> maps().size() == 2 && maps().stream().allMatch(map -> map.usablePaths() == 2));
    }

    @AfterEach
    void stop() {
        node.stop(Ending.DAEMON).toCompletableFuture().join();
        san.close();
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void aMapOfAUnitThatTheArrayNoLongerHasIsStaleUnlessItIsOpenOrAViewObjects() throws Exception {
        var dead = maps().getFirst();
        var well = maps().getLast();
        assertThat(verdict(dead.wwid())).isEqualTo(Verdict.IN_USE);

        san.fail(lun(dead), new Fault.Unmapped());
        await("no path is usable", () -> usable(dead.wwid()) == 0);

        assertThat(verdict(dead.wwid())).isEqualTo(Verdict.STALE);
        assertThat(stale.answer(dead.wwid().value()).toCompletableFuture().join())
                .contains("\"safe\":true")
                .contains("\"verdict\":\"stale\"");
        assertThat(verdict(well.wwid())).isEqualTo(Verdict.IN_USE);
        assertThat(verdict(new Wwid("3600a0980000000000000000000000099"))).isEqualTo(Verdict.NO_MAP);
        try (var reader = reader(dead)) {
            assertThat(verdict(dead.wwid())).isEqualTo(Verdict.IN_USE);
        }
        views = Optional.of(List.of(CLEAR, new ViewWord(new HostId("v2"), ViewWord.Says.UNKNOWN, List.of(), "apart")));
        assertThat(verdict(dead.wwid())).isEqualTo(Verdict.UNKNOWN);
        views = Optional.empty();
        assertThat(verdict(dead.wwid())).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void aMapWhosePathsFailOtherwiseIsNotStaleWhateverTheViewsSay() throws Exception {
        var map = maps().getFirst();

        san.fail(lun(map));
        await("no path is usable", () -> usable(map.wwid()) == 0);

        assertThat(verdict(map.wwid())).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void whatIsNoWwidIsToldAndAHostHalfThatEndedKnowsNothing() {
        var map = maps().getFirst();
        node.stop(Ending.DAEMON).toCompletableFuture().join();

        assertThat(verdict(map.wwid())).isEqualTo(Verdict.UNKNOWN);
        assertThat(stale.answer("a b").toCompletableFuture().join()).startsWith("fail\n");
    }

    private Verdict verdict(Wwid wwid) {
        return stale.judge(wwid).toCompletableFuture().join().verdict();
    }

    private long usable(Wwid wwid) {
        return maps().stream()
                .filter(map -> map.wwid().equals(wwid))
                .mapToLong(MapTopology::usablePaths)
                .sum();
    }

    private List<MapTopology> maps() {
        return node.commands()
                                .carryOut(new HostCommand.DescribeMaps(Optional.empty()))
                                .toCompletableFuture()
                                .join()
                        instanceof HostAnswer.Maps(var maps)
                ? maps
                : List.of();
    }

    private SimulatedIo reader(MapTopology map) {
        return switch (san.io(HOST, map.name(), Duration.ofMillis(50))) {
            case IoResult.Ok<SimulatedIo>(var io) -> io;
            case IoResult.Refused<SimulatedIo> refused -> throw new AssertionError(refused.toString());
        };
    }

    private Part lun(MapTopology map) {
        return san.part(Part.Kind.LUN, map.wwid().value()).orElseThrow();
    }

    private static void await(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
