package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.lunwarden.fleet.FleetOnLoopback.ACCEPTS;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.hears;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.alert.AlertSettings;
import org.lunwarden.fleet.channel.ChannelSettings;
import org.lunwarden.fleet.diagnosis.Names;

/**
 * Alertmanager itself, two of them as a cluster, from the Debian package that {@code deploy/lab/monitoring} unpacks. Without
 * apt it is skipped; {@code -Dlunwarden.lab=off} skips always, {@code required} fails instead.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealAlertmanagerTest {

    private static final String WISH = System.getProperty("lunwarden.lab", "auto");

    @TempDir
    private static Path folder = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();
    private final List<URI> alertmanagers = new ArrayList<>();

    @BeforeAll
    void start() throws Exception {
        provide();
        var config = Files.writeString(folder.resolve("alertmanager.yml"), """
                route: { receiver: nobody, group_by: [alertname, incident], group_wait: 1s }
                receivers: [ { name: nobody } ]
                """);
        var addresses = List.of(FleetOnLoopback.nextAddress(), FleetOnLoopback.nextAddress());
        for (var number = 0; number < 2; number++) {
            var web = addresses.get(number) + ":9093";
            alertmanagers.add(URI.create("http://" + web));
            processes.add(new ProcessBuilder(
                            "../deploy/lab/monitoring",
                            "run",
                            "prometheus-alertmanager",
                            "--config.file=" + config,
                            "--storage.path=" + folder.resolve("data" + number),
                            "--web.listen-address=" + web,
                            "--cluster.listen-address=" + addresses.get(number) + ":9094",
                            "--cluster.peer=" + addresses.get(1 - number) + ":9094")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log" + number).toFile())
                    .start());
        }
        for (var alertmanager : alertmanagers) {
            await("ready", () -> status(alertmanager.resolve("/-/ready")) == 200);
        }
    }

    @AfterAll
    void stop() {
        // what still writes would keep the folder from being deleted
        processes.forEach(process -> process.destroyForcibly().onExit().join());
        client.close();
    }

    @Test
    void anIncidentIsOneAlertOnEachOfThemAndResolvesThere() {
        var channel = new ChannelSettings.Alertmanager(
                "site",
                alertmanagers,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.empty());
        // hosts report one after the other: more maps than were told of first are told of soon
        var when = new AlertSettings(
                "",
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                AlertSettings.DEFAULTS.remind(),
                AlertSettings.DEFAULTS.forgotten(),
                Names.NONE);
        var alerting = new Alerting(when, List.of(channel), Optional.empty());
        try (var fleet = new FleetOnLoopback(1, settings -> settings.isView() ? settings.with(alerting) : settings)) {
            var view = fleet.view(0);
            var hosts = List.of(new SyntheticHost(0, 4, 8), new SyntheticHost(1, 4, 8), new SyntheticHost(17, 4, 8));
            var nodes = new ArrayList<FleetNode>();
            for (var host : hosts) {
                nodes.add(fleet.host(host.id().value(), ACCEPTS));
                nodes.getLast().reports().publish(host.report());
            }
            await("heard", () -> hosts.stream().allMatch(host -> hears(view, host, Contact.REPORTING)));
            for (var i = 0; i < hosts.size(); i++) {
                hosts.get(i).fail(SyntheticHost.coreSwitch(1));
                nodes.get(i).reports().publish(hosts.get(i).report());
            }
            await(
                    "an alert of all maps",
                    () -> alertmanagers.stream().map(this::active).allMatch(RealAlertmanagerTest::isOneOfAllMaps));
            var alert = active(alertmanagers.getFirst()).path(0);
            var end = Instant.parse(alert.path("endsAt").asText());

            await("told again with a later end", () -> isOneThatEndsAfter(end, active(alertmanagers.getFirst())));

            assertThat(alertmanagers).allMatch(each -> active(each).size() == 1);
            assertThat(alert.at("/labels/alertname").asText()).isEqualTo("LunwardenIncident");
            assertThat(alert.at("/labels/severity").asText()).isEqualTo("error");
            assertThat(alert.at("/labels/incident").asText())
                    .isEqualTo(FleetOnLoopback.snapshot(view)
                            .incidents()
                            .getFirst()
                            .id());
            for (var i = 0; i < hosts.size(); i++) {
                hosts.get(i).restore(SyntheticHost.coreSwitch(1));
                nodes.get(i).reports().publish(hosts.get(i).report());
            }
            // long before the alert would end by itself
            await(
                    "resolved",
                    () -> alertmanagers.stream().allMatch(each -> active(each).isEmpty()));
        }
    }

    private static boolean isOneOfAllMaps(JsonNode alerts) {
        return alerts.size() == 1
                && alerts.at("/0/annotations/summary").asText().contains("24 maps on one fabric");
    }

    private static boolean isOneThatEndsAfter(Instant end, JsonNode alerts) {
        return alerts.size() == 1
                && Instant.parse(alerts.at("/0/endsAt").asText()).isAfter(end);
    }

    private JsonNode active(URI alertmanager) {
        try {
            var request = HttpRequest.newBuilder(alertmanager.resolve("/api/v2/alerts?active=true"));
            return new ObjectMapper()
                    .readTree(client.send(request.build(), BodyHandlers.ofString())
                            .body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private int status(URI url) {
        try {
            return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private static void provide() throws IOException, InterruptedException {
        if (WISH.equals("off")) {
            abort("switched off by -Dlunwarden.lab=off");
        }
        var why = folder.resolve("why").toFile();
        var script = new ProcessBuilder("../deploy/lab/monitoring")
                .redirectErrorStream(true)
                .redirectOutput(why)
                .start();
        var isOver = script.waitFor(2, TimeUnit.MINUTES);
        if (!isOver) {
            script.descendants().forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly().onExit().join();
        }
        if (!isOver || script.exitValue() != 0) {
            var reason = isOver ? Files.readString(why.toPath()).strip() : "not provided within two minutes";
            if (WISH.equals("required")) {
                fail(reason);
            }
            abort(reason);
        }
    }
}
