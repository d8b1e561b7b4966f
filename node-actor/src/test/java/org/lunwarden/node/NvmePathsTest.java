package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.node.OneHost.await;
import static org.lunwarden.node.OneHost.maps;
import static org.lunwarden.node.OneHost.status;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.lunwarden.io.simulated.Part;
import org.lunwarden.io.simulated.SanBuilder.ArrayPort;
import org.lunwarden.io.simulated.SanBuilder.Plug;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Transport;
import org.lunwarden.model.fc.FabricEvent;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.node.site.Site;

/** A host whose array speaks NVMe over TCP, and whose kernel leaves the joining of paths to it. */
@Timeout(180)
class NvmePathsTest {

    private static final String HOST = "h001";
    private static final Plug A = new Plug("a", 1);
    private static final Plug B = new Plug("b", 1);

    private final SimulatedSan san = SimulatedSan.builder()
            .network("a", "10.1.0.0/24")
            .network("b", "10.2.0.0/24")
            .nvmeArray(
                    "array",
                    List.of(new ArrayPort(1, A), new ArrayPort(1, B), new ArrayPort(2, A), new ArrayPort(2, B)),
                    2,
                    2048)
            .host(HOST, A, B)
            .build();
    private final RecordingReports reports = new RecordingReports();
    private Optional<Node> running = Optional.empty();

    @AfterEach
    void stop() {
        running.ifPresent(node -> node.stop(Ending.DAEMON).toCompletableFuture().join());
        san.close();
    }

    @Test
    void namespacesAreJoinedAndGroupedByWhatTheirControllersReport() {
        var node = start();

        await(() -> isGrouped(node, 50, 10));

        assertThat(maps(node)).allSatisfy(map -> {
            assertThat(map.wwid().value()).startsWith("eui.");
            assertThat(map.features()).containsSequence("queue_mode", "bio");
            assertThat(map.vendor()).isEqualTo("NVME");
            assertThat(map.groups())
                    .allSatisfy(group -> assertThat(group.paths()).hasSize(2).allSatisfy(path -> {
                        assertThat(path.name().value()).startsWith("nvme");
                        assertThat(path.nexus().targetPort()).startsWith("nqn.");
                    }));
        });
        await(() -> !reports.isEmpty() && reports.last().nexuses().size() == 4);
        assertThat(reports.last().nexuses())
                .allSatisfy(row -> assertThat(row.transport()).isEqualTo(Transport.NVME));
    }

    @Test
    void whatAControllerLosesTheOtherOneServes() {
        var node = start();
        await(() -> isGrouped(node, 50, 10));
        var lost = san.parts().stream()
                .filter(part -> part.kind() == Part.Kind.CONTROLLER)
                .findFirst()
                .orElseThrow();

        san.fail(lost);

        await(() -> maps(node).stream().allMatch(map -> map.usablePaths() == 2 && best(map) == 50));

        san.restore(lost);

        await(() -> maps(node).stream().allMatch(map -> map.usablePaths() == 4) && isGrouped(node, 50, 10));
    }

    @Test
    void whatTheFabricWarnsOfThroughAPortMarksTheControllersBehindIt() {
        try (var fc = SimulatedSan.builder()
                .fabric("a", 1)
                .fabric("b", 1)
                .nvmeArray("array", List.of(new ArrayPort(1, A), new ArrayPort(1, B)), 1, 2048)
                .host(HOST, A, B)
                .build()) {
            var node = start(fc, "marginal_pathgroups fpin");
            await(() -> maps(node).size() == 1 && maps(node).getFirst().usablePaths() == 2);
            var paths = fc.parts().stream()
                    .filter(part -> part.kind() == Part.Kind.TARGET_PORT)
                    .map(Part::id)
                    .toList();

            fc.hear(HOST, new FabricEvent.LinkErrors(1, Set.of("0x" + paths.getFirst())));

            await(() -> status(node).keptOut().size() == 1);
            await(() -> maps(node).getFirst().groups().size() == 2
                    && maps(node).getFirst().groups().getLast().paths().stream()
                            .allMatch(path -> path.nexus().targetPort().equals(paths.getFirst())));

            fc.hear(HOST, new FabricEvent.FabricChanged(2));
            fc.hear(HOST, new FabricEvent.FabricChanged(1));
            await(() -> status(node).keptOut().isEmpty());
            node.stop(Ending.DAEMON).toCompletableFuture().join();
            running = Optional.empty();
        }
    }

    private Node start() {
        return start(san, "");
    }

    private Node start(SimulatedSan simulated, String more) {
        var site = Site.parse("""
                defaults {
                    find_multipaths on
                    polling_interval 1
                    max_polling_interval 1
                    %s
                }
                """.formatted(more));
        var node = Node.start(simulated.host(HOST), NodeSettings.of(new HostId(HOST), "0.1.0", site), reports);
        running = Optional.of(node);
        return node;
    }

    private static boolean isGrouped(Node node, int first, int second) {
        var maps = maps(node);
        return maps.size() == 2
                && maps.stream()
                        .allMatch(map -> map.groups().stream()
                                .map(MapTopology.Group::priority)
                                .toList()
                                .equals(List.of(first, second)));
    }

    private static int best(MapTopology map) {
        return map.groups().stream()
                .filter(group -> group.paths().stream().anyMatch(path -> path.state() == PathState.UP))
                .mapToInt(MapTopology.Group::priority)
                .max()
                .orElse(-1);
    }
}
