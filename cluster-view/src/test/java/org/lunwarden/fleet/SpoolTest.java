package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.ACCEPTS;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.get;
import static org.lunwarden.fleet.FleetOnLoopback.hears;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.Spooler.Kept;
import org.lunwarden.fleet.alert.AlertSettings;
import org.lunwarden.fleet.channel.ChannelSettings;

class SpoolTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsWrittenIsReadAndNobodyElseMayReadIt() throws IOException {
        var file = Spooler.in(folder.resolve("spool"));
        var kept = new Kept(List.of(AlertSamples.entry(4, 2)), List.of(AlertSamples.maintenance()));

        file.write(kept);

        assertThat(file.read()).isEqualTo(kept);
        assertThat(Files.getPosixFilePermissions(folder.resolve("spool/alerts.json")))
                .hasSize(2);
    }

    @Test
    void aFileThatIsBrokenIsLeftBehindAndNothingIsKnown() throws IOException {
        Files.writeString(folder.resolve("alerts.json"), "{\"alerts\": [{\"inc");

        assertThat(Spooler.in(folder).read()).isEqualTo(Kept.NOTHING);
        assertThat(folder.resolve("alerts.broken")).exists();
        assertThat(Spooler.in(folder.resolve("none")).read()).isEqualTo(Kept.NOTHING);
    }

    @Test
    void whatAViewThatWasAwayRemembersIsNotTakenForWhatTheOthersAgreedOnSince() throws IOException {
        var stale = folder.resolve("v1");
        Spooler.in(stale).write(new Kept(List.of(AlertSamples.entry(4, 2)), List.of()));
        try (var fleet = new FleetOnLoopback(2, this::spooling)) {
            var first = fleet.view(0);
            await("the first tells", () -> notifier(first).isPresent());
            var second = fleet.view(1);
            await(
                    "the second hears what was agreed on",
                    () -> Spooler.in(stale).read().alerts().isEmpty());

            fleet.stop(first);

            await("the second tells", () -> notifier(second).isPresent());
            assertThat(notifier(second).orElseThrow().bookEntries()).isZero();
        }
    }

    @Test
    void aDiskThatTakesNothingShowsInTheFiguresBeforeAnythingIsToBeKept() throws IOException {
        Files.writeString(folder.resolve("v0"), "no folder");
        try (var fleet = new FleetOnLoopback(2, this::spooling)) {
            var broken = fleet.view(0);
            var well = fleet.view(1);

            await("the first tells", () -> spool(broken).equals(Optional.of(false)));
            await("the second tells", () -> spool(well).equals(Optional.of(true)));
        }
    }

    private static Optional<Boolean> spool(FleetNode view) {
        return get(view.view().orElseThrow().figures()).work().spoolWorking();
    }

    private FleetSettings spooling(FleetSettings settings) {
        var spool = folder.resolve(settings.host().value());
        return settings.with(new Alerting(AlertSettings.DEFAULTS, List.of(), Optional.of(spool)));
    }

    private static Optional<ViewFigures.Notifier> notifier(FleetNode view) {
        return get(view.view().orElseThrow().figures()).notifier();
    }

    @Test
    void whatNobodyTookBeforeAllViewsWereStoppedIsToldUnderItsIdAfterwards() throws IOException {
        var got = new CopyOnWriteArrayList<String>();
        var refused = new CopyOnWriteArrayList<String>();
        var status = new AtomicInteger(503);
        var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            var id = new ObjectMapper()
                    .readTree(exchange.getRequestBody())
                    .path("id")
                    .asText();
            (status.get() == 200 ? got : refused).add(id);
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        receiver.start();
        var url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
        var alerting = new Alerting(
                AlertSettings.DEFAULTS,
                List.of(new ChannelSettings.Webhook("hook", url, Optional.empty(), Optional.empty())),
                Optional.of(folder));
        try (var fleet = new FleetOnLoopback(1, settings -> settings.isView() ? settings.with(alerting) : settings)) {
            var view = fleet.view(0);
            var hosts = List.of(new SyntheticHost(1, 4, 8), new SyntheticHost(2, 4, 8));
            var nodes = new ArrayList<FleetNode>();
            for (var host : hosts) {
                nodes.add(fleet.host(host.id().value(), ACCEPTS));
                nodes.getLast().reports().publish(host.report());
            }
            var first = view;
            await("heard", () -> hosts.stream().allMatch(host -> hears(first, host, Contact.REPORTING)));
            for (var i = 0; i < hosts.size(); i++) {
                hosts.get(i).fail(SyntheticHost.coreSwitch(1));
                nodes.get(i).reports().publish(hosts.get(i).report());
            }
            var planned = AlertSamples.maintenance(Instant.now().plusSeconds(3600));
            get(view.view().orElseThrow().agree(planned));
            await("tried", () -> !refused.isEmpty());
            await("kept", () -> {
                var kept = Spooler.in(folder).read();
                return kept.windows().size() == 1 && kept.alerts().size() == 1;
            });

            fleet.stop(view);
            status.set(200);
            var second = fleet.view(0);

            await("told", () -> got.contains(refused.getFirst()));
            await("planned", () -> get(second.view().orElseThrow().windows()).equals(List.of(planned)));
        } finally {
            receiver.stop(0);
        }
    }
}
