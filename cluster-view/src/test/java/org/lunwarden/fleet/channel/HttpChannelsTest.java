package org.lunwarden.fleet.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.channel.Samples.NOW;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.alert.Notification.Former;
import org.lunwarden.fleet.alert.Notification.Kind;
import org.lunwarden.fleet.channel.Channel.Outcome;

class HttpChannelsTest {

    private record Posted(String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private HttpServer server = serving(200, "");

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void clear() {
        posted.clear();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aWebhookGetsASignedCloudEvent() throws Exception {
        var secret = Files.writeString(folder.resolve("secret"), "open sesame\n");
        var channel = new WebhookChannel(
                new ChannelSettings.Webhook("hook", url("/in?token=x"), Optional.of(secret), Optional.empty()), "san1");

        var outcome = channel.send(Samples.firing(), NOW);

        assertThat(outcome).isEqualTo(new Outcome.Delivered());
        var got = posted.getFirst();
        assertThat(got.header("Content-type")).startsWith("application/cloudevents+json");
        var event = HttpPost.JSON.readTree(got.body());
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isEqualTo("i-7-1");
        assertThat(event.path("source").asText()).isEqualTo("/lunwarden/san1");
        assertThat(event.path("type").asText()).isEqualTo("org.lunwarden.incident.firing");
        assertThat(event.path("subject").asText()).isEqualTo("i-7");
        assertThat(event.path("time").asText()).isEqualTo("2026-03-01T03:00:00.125Z");
        assertThat(event.at("/data/severity").asText()).isEqualTo("error");
        assertThat(event.at("/data/mapsOnOneFabric").asInt()).isEqualTo(18);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("open sesame".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((NOW.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
        assertThat(got.header("Lunwarden-signature"))
                .isEqualTo("t=" + NOW.getEpochSecond() + ",v1="
                        + HexFormat.of().formatHex(mac.doFinal(got.body().getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void anAnswerSaysWhetherAndWhenToTryAgainAndNoSecretIsShown() {
        var hook = new ChannelSettings.Webhook("hook", url("/in?token=x"), Optional.empty(), Optional.empty());
        var channel = new WebhookChannel(hook, "san1");

        answer(503, "7");
        assertThat(channel.send(Samples.firing(), NOW))
                .isEqualTo(new Outcome.Again(
                        "http://127.0.0.1:" + server.getAddress().getPort() + " answers 503",
                        Optional.of(Duration.ofSeconds(7))));
        answer(429, "Sun, 01 Mar 2026 03:02:00 GMT");
        assertThat(((Outcome.Again) channelOn(hook).send(Samples.firing(), NOW)).notBefore())
                .contains(Duration.ofMillis(119_875));
        answer(401, "");
        assertThat(channelOn(hook).send(Samples.firing(), NOW)).isInstanceOf(Outcome.Again.class);
        answer(422, "");
        assertThat(channelOn(hook).send(Samples.firing(), NOW)).isInstanceOf(Outcome.Refused.class);
        server.stop(0);
        assertThat(channelOn(hook).send(Samples.firing(), NOW)).isInstanceOf(Outcome.Again.class);
    }

    @Test
    void aSecretThatCannotBeReadIsTriedAgainAndNothingIsSentWithoutIt() {
        var hook =
                new ChannelSettings.Webhook("hook", url("/in"), Optional.of(folder.resolve("none")), Optional.empty());

        var outcome = new WebhookChannel(hook, "san1").send(Samples.firing(), NOW);

        assertThat(outcome).isInstanceOf(Outcome.Again.class);
        assertThat(posted).isEmpty();
    }

    @Test
    void everyAlertmanagerIsToldAndOneThatTakesItIsEnough() throws Exception {
        var dead = URI.create("http://127.0.0.1:1");
        var channel = alertmanager(List.of(dead, url("/am/"), url("/am2")));

        var outcome = channel.send(Samples.firing(), NOW);

        assertThat(outcome).isEqualTo(new Outcome.Delivered());
        assertThat(posted)
                .extracting(Posted::path)
                .containsExactlyInAnyOrder("/am/api/v2/alerts", "/am2/api/v2/alerts");
        var alert = HttpPost.JSON.readTree(posted.getFirst().body()).path(0);
        assertThat(alert.path("startsAt").asText()).isEqualTo("2026-03-01T02:59:56.125Z");
        assertThat(alert.path("endsAt").asText()).isEqualTo("2026-03-01T03:05:00.125Z");
        assertThat(alert.at("/labels/alertname").asText()).isEqualTo("LunwardenIncident");
        assertThat(alert.at("/annotations/summary").asText()).contains("switch 12");
        assertThat(alert.path("generatorURL").asText()).isEqualTo("https://san.example.com/api/v1/incidents/i-7");
    }

    @Test
    void anIncidentWithOtherLabelsEndsTheOldOnesInTheSameBreath() {
        var worse = Map.of("alertname", "LunwardenIncident", "incident", "i-7", "severity", "critical");
        var update = Samples.of(2, Kind.UPDATED, worse, List.of(new Former(Samples.LABELS, NOW.minusSeconds(1))));

        var alerts = AlertmanagerChannel.alerts(update, NOW, Duration.ofMinutes(5));

        assertThat(alerts).extracting(AlertmanagerChannel.Alert::labels).containsExactly(Samples.LABELS, worse);
        assertThat(alerts.getFirst().endsAt()).isEqualTo(NOW.minusSeconds(1));
        assertThat(alerts.getLast().endsAt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    }

    @Test
    void whatStandsIsToldAgainInOneRequest() throws Exception {
        var channel = alertmanager(List.of(url("/am")));

        channel.repeat(List.of(Samples.firing(), Samples.resolved()), NOW);

        assertThat(posted).hasSize(1);
        JsonNode alerts = HttpPost.JSON.readTree(posted.getFirst().body());
        assertThat(alerts).hasSize(2);
        assertThat(alerts.path(1).path("endsAt").asText()).isEqualTo("2026-03-01T02:59:59.125Z");
    }

    private AlertmanagerChannel alertmanager(List<URI> urls) {
        return new AlertmanagerChannel(new ChannelSettings.Alertmanager(
                "am", urls, Duration.ofMinutes(1), Duration.ofMinutes(5), Optional.empty(), Optional.empty()));
    }

    private WebhookChannel channelOn(ChannelSettings.Webhook hook) {
        return new WebhookChannel(
                new ChannelSettings.Webhook(hook.name(), url("/in"), hook.secret(), hook.authority()), "san1");
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void answer(int status, String retryAfter) {
        var port = server.getAddress().getPort();
        server.removeContext("/");
        handle(server, status, retryAfter);
        assertThat(server.getAddress().getPort()).isEqualTo(port);
    }

    private HttpServer serving(int status, String retryAfter) {
        try {
            var created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            handle(created, status, retryAfter);
            created.start();
            return created;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void handle(HttpServer on, int status, String retryAfter) {
        on.createContext("/", exchange -> {
            posted.add(new Posted(
                    exchange.getRequestURI().getPath(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            if (!retryAfter.isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }
}
