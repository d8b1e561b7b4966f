package org.lunwarden.deploy.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.audit.Audit;
import org.lunwarden.fleet.audit.AuditSettings;
import org.lunwarden.fleet.audit.FindingKind;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.resize.ResizeProgress;
import org.lunwarden.fleet.resize.ResizeProgress.Phase;
import org.lunwarden.fleet.resize.ResizeProgress.Step;
import org.lunwarden.io.simulated.CoreEdge;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.Wwid;

/** A LUN of a fleet of whole daemons grows. */
class TwinResizeTest {

    private static final int HOSTS = 2;

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void allHostsFollowALunThatGrewOrNoneDoes() throws Exception {
        try (var san = new CoreEdge(HOSTS, 1, 1, 1, 2, 2048).layout().build();
                var fleet = TwinFleet.start(san)) {
            Await.until("all hosts report all maps", () -> isWell(fleet));
            assertThat(Audit.of(fleet.snapshot(), AuditSettings.DEFAULT, Names.NONE))
                    .as("nothing is amiss, and of LUNs that are shared all is known")
                    .satisfies(audit -> assertThat(audit.findings()).isEmpty())
                    .satisfies(audit -> assertThat(audit.unjudged())
                            .extracting(unjudged -> unjudged.kind().orElseThrow())
                            .doesNotContain(
                                    FindingKind.SIZE_DIFFERS,
                                    FindingKind.SERIAL_DIFFERS,
                                    FindingKind.SETTINGS_DIFFER,
                                    FindingKind.FEW_FABRICS,
                                    FindingKind.DISJOINT_CONTROLLERS));
            var maps = fleet.snapshot().hosts().getFirst().maps();
            var lun = maps.getFirst().wwid();
            var other = maps.getLast().wwid();
            grow(san, lun);
            grow(san, other);

            var done = resize(fleet, lun);

            assertThat(done.phase()).as(done.toString()).isEqualTo(Phase.DONE);
            assertThat(done.hosts())
                    .hasSize(HOSTS)
                    .allMatch(host -> host.step() == Step.RESIZED && host.sectors() == 4096);
            Await.until("all hosts report it", () -> sizes(fleet, lun, 4096));
            assertThat(sizes(fleet, other, 2048)).isTrue();

            var port = san.parts().stream()
                    .filter(part -> part.kind() == Part.Kind.HBA_PORT)
                    .findFirst()
                    .orElseThrow();
            san.fail(port);
            Await.until("a path is down", () -> !isWell(fleet));
            var refused = resize(fleet, other);

            assertThat(refused.phase()).as(refused.toString()).isEqualTo(Phase.REFUSED);
            assertThat(refused.reason()).contains("paths are down or unknown");
            assertThat(sizes(fleet, other, 2048)).isTrue();
        }
    }

    private static void grow(SimulatedSan san, Wwid lun) {
        san.grow(san.part(Part.Kind.LUN, lun.value()).orElseThrow(), 4096);
    }

    private static ResizeProgress resize(TwinFleet fleet, Wwid lun) {
        var id = fleet.view()
                .startResize(lun, "eve")
                .toCompletableFuture()
                .join()
                .id();
        Await.until("the resize is over", () -> progress(fleet, id).isOver());
        return progress(fleet, id);
    }

    private static ResizeProgress progress(TwinFleet fleet, String id) {
        return fleet.view().resize(id).toCompletableFuture().join().orElseThrow();
    }

    private static boolean isWell(TwinFleet fleet) {
        var hosts = fleet.snapshot().hosts();
        return hosts.size() == HOSTS
                && hosts.stream()
                        .allMatch(host -> host.contact() == Contact.REPORTING
                                && host.maps().size() == 2
                                && host.maps().stream()
                                        .allMatch(map -> map.paths() > 0 && map.usablePaths() == map.paths()));
    }

    private static boolean sizes(TwinFleet fleet, Wwid lun, long sectors) {
        return fleet.snapshot().hosts().stream()
                .flatMap(host -> host.maps().stream())
                .filter(map -> map.wwid().equals(lun))
                .allMatch(map -> map.sizeSectors() == sectors);
    }
}
