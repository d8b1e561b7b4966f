package org.lunwarden.deploy.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.Alerting;
import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.alert.AlertSettings;
import org.lunwarden.fleet.channel.ChannelSettings;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.kit.FreePorts;

/** Prometheus itself, with the rules that are shipped, over whole daemons. */
class RealPrometheusTest {

    private static final Path SHIPPED = Path.of("prometheus");
    private static final int HOSTS = 3;
    private static final int MAPS = 2 * HOSTS;

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();
    private Optional<Monitoring> provided = Optional.empty();

    @BeforeEach
    void provide() throws Exception {
        provided = Optional.of(Monitoring.provide(folder));
    }

    @AfterEach
    void stop() {
        provided.ifPresent(Monitoring::close);
        client.close();
    }

    @Test
    void theShippedFilesAreTakenAndEachRuleFiresWhenItShouldAndOnlyThen() throws Exception {
        var configuration = monitoring().run("promtool", "check", "config", SHIPPED.resolve("prometheus.yml"));
        var rules = monitoring().run("promtool", "test", "rules", SHIPPED.resolve("lunwarden-rules-test.yml"));

        assertThat(configuration.exit()).as(configuration.output()).isZero();
        assertThat(rules.exit()).as(rules.output()).isZero();
        var tested = Files.readString(SHIPPED.resolve("lunwarden-rules-test.yml"));
        assertThat(Files.readString(SHIPPED.resolve("lunwarden-rules.yml"))
                        .lines()
                        .filter(line -> line.contains("- alert: "))
                        .map(line -> line.substring(line.indexOf(':') + 2)))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(tested.split("alertname: " + alert + "\\b", -1))
                        .as("not fired and fired: " + alert)
                        .hasSizeGreaterThan(2));
    }

    @Test
    void aChannelOfTheViewThatTakesNothingIsToldThroughAlertmanager() throws Exception {
        var ports = FreePorts.of(3);
        var nobody = new ChannelSettings.Webhook(
                "pager", URI.create("http://127.0.0.1:" + ports.get(2)), Optional.empty(), Optional.empty());
        var alerting = new Alerting(AlertSettings.DEFAULTS, List.of(nobody), Optional.empty());
        try (var san = TwinStoryTest.threeHosts();
                var fleet = TwinFleet.start(san, member -> member.with(alerting))) {
            Await.until("hosts report", () -> isWell(fleet));
            monitor(fleet, ports.get(0), ports.get(1));
            Await.until("each page is read", () -> value(ports.get(0), "sum(up)") == HOSTS + 1);
            assertThat(value(ports.get(0), "lunwarden_hosts{state=\"reporting\"}"))
                    .isEqualTo(HOSTS);
            Await.until("paths", () -> value(ports.get(0), "sum(lunwarden_paths{state=\"up\"})") == 2 * MAPS);
            Await.until("maps", () -> value(ports.get(0), "sum(lunwarden_maps{usable_paths=\"2\"})") == MAPS);
            assertThat(value(ports.get(0), "sum(lunwarden_device_commands_total{outcome=\"answered\"})"))
                    .isGreaterThanOrEqualTo(2 * MAPS);
            assertThat(value(
                            ports.get(0), "sum(lunwarden_device_mapper_calls_total{call=\"create\",outcome=\"done\"})"))
                    .isEqualTo(MAPS);
            assertThat(alert(ports.get(1), "LunwardenChannelFailing").isMissingNode())
                    .isTrue();

            san.fail(san.part(Part.Kind.SUBNET, "10.1.0.0/24").orElseThrow());

            Await.until(
                    "the rule fires in Alertmanager",
                    () -> !alert(ports.get(1), "LunwardenChannelFailing").isMissingNode());
            assertThat(alert(ports.get(1), "LunwardenChannelFailing")
                            .at("/labels/channel")
                            .asText())
                    .isEqualTo("pager");
            assertThat(value(ports.get(0), "sum(lunwarden_incidents_open)")).isEqualTo(1);
        }
    }

    private Monitoring monitoring() {
        return provided.orElseThrow();
    }

    private static boolean isWell(TwinFleet fleet) {
        var hosts = fleet.snapshot().hosts();
        return hosts.size() == HOSTS
                && hosts.stream()
                        .allMatch(host -> host.contact() == Contact.REPORTING
                                && host.maps().size() == 2);
    }

    /** With the rules that are shipped, but for how long a thing must last before it is told. */
    private void monitor(TwinFleet fleet, int prometheus, int alertmanager) throws IOException {
        var rules = Files.readString(SHIPPED.resolve("lunwarden-rules.yml")).replaceAll("for: \\d+m", "for: 1s");
        Files.writeString(folder.resolve("lunwarden-rules.yml"), rules);
        var config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: { scrape_interval: 1s, evaluation_interval: 1s }
                rule_files: [lunwarden-rules.yml]
                alerting: { alertmanagers: [ { static_configs: [ { targets: ["127.0.0.1:%d"] } ] } ] }
                scrape_configs:
                  - { job_name: lunwarden-view, static_configs: [ { targets: %s } ] }
                  - { job_name: lunwarden-host, static_configs: [ { targets: %s } ] }
                """.formatted(
                        alertmanager, targets(List.of(fleet.httpPort())), targets(fleet.metricsPorts())));
        var receivers = Files.writeString(folder.resolve("alertmanager.yml"), """
                route: { receiver: nobody }
                receivers: [ { name: nobody } ]
                """);
        monitoring()
                .start(
                        "prometheus-alertmanager",
                        "--config.file=" + receivers,
                        "--storage.path=" + folder.resolve("alertmanager"),
                        "--web.listen-address=127.0.0.1:" + alertmanager,
                        "--cluster.listen-address=");
        monitoring()
                .start(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + prometheus);
    }

    private static List<String> targets(List<Integer> ports) {
        var targets = new ArrayList<String>();
        ports.forEach(port -> targets.add("\"127.0.0.1:" + port + "\""));
        return targets;
    }

    /** NaN while there is none. */
    private double value(int prometheus, String query) {
        var answer = get("http://127.0.0.1:" + prometheus + "/api/v1/query?query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
        return Double.parseDouble(answer.at("/data/result/0/value/1").asText("NaN"));
    }

    private JsonNode alert(int alertmanager, String name) {
        for (var alert : get("http://127.0.0.1:" + alertmanager + "/api/v2/alerts")) {
            if (alert.at("/labels/alertname").asText().equals(name)) {
                return alert;
            }
        }
        return MissingNode.getInstance();
    }

    private JsonNode get(String url) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
            var answer = client.send(request.build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? new ObjectMapper().readTree(answer.body()) : MissingNode.getInstance();
        } catch (java.net.ConnectException | java.net.http.HttpTimeoutException notYet) {
            return MissingNode.getInstance();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
