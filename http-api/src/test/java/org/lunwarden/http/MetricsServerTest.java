package org.lunwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.FleetStatus;
import org.lunwarden.http.metrics.HostMetrics;
import org.lunwarden.model.PathState;
import org.lunwarden.model.figures.CallTally;
import org.lunwarden.model.figures.HostFigures;
import org.lunwarden.model.figures.PortFigures;

class MetricsServerTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private volatile CompletionStage<HostMetrics> answer = CompletableFuture.completedStage(metrics());
    private final MetricsServer server = start();

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void aHostTellsPrometheusHowItsPathsAndMapsAre() throws Exception {
        var page = send("/metrics");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body().lines())
                .contains(
                        "lunwarden_paths{state=\"up\"} 15.0",
                        "lunwarden_paths{state=\"down\"} 1.0",
                        "lunwarden_paths{state=\"ghost\"} 0.0",
                        "lunwarden_maps{usable_paths=\"0\"} 0.0",
                        "lunwarden_maps{usable_paths=\"8\"} 1.0",
                        "lunwarden_maps{usable_paths=\"64\"} 5.0",
                        "lunwarden_maps_stuck 1.0",
                        "lunwarden_uevents_total 77.0",
                        "lunwarden_device_commands_total{call=\"scsi\",outcome=\"timed_out\"} 1.0",
                        "lunwarden_device_command_duration_seconds_count 1",
                        "lunwarden_log_lines_dropped_total{log=\"audit\"} 3.0",
                        "lunwarden_fleet_member 1.0");
    }

    @Test
    void thereIsNothingElse() throws Exception {
        assertThat(send("/").statusCode()).isEqualTo(404);
        assertThat(send("/metrics/").statusCode()).isEqualTo(404);
        assertThat(send("/api/v1/hosts").statusCode()).isEqualTo(404);
        var post = client.send(
                request("/metrics").POST(BodyPublishers.ofString("x")).build(), BodyHandlers.ofString());
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET");
    }

    @Test
    void aNameThatLeadsHereIsNotServed() throws Exception {
        assertThat(raw("GET /metrics HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("GET /metrics HTTP/1.1\r\nHost: localhost:8481\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(raw("GET /metrics HTTP/1.1\r\nHost: [::1]:8481\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aHostThatDoesNotAnswerIsNoPage() throws Exception {
        answer = CompletableFuture.failedStage(new IllegalStateException("late"));

        assertThat(send("/metrics").statusCode()).isEqualTo(503);
    }

    private MetricsServer start() {
        try {
            return MetricsServer.start("127.0.0.1", 0, () -> answer);
        } catch (IOException taken) {
            throw new IllegalStateException(taken);
        }
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpResponse<String> send(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofMinutes(1));
    }

    private static HostMetrics metrics() {
        var calls = new CallTally();
        calls.add("scsi", "timed_out", Duration.ofSeconds(5));
        return new HostMetrics(
                new HostFigures(
                        Map.of(PathState.UP, 15, PathState.DOWN, 1),
                        new TreeMap<>(Map.of(8, 1, 64, 2, 128, 3)),
                        0,
                        1,
                        0,
                        new HostFigures.Looks(4, false, 77, 0, 0),
                        new HostFigures.Probes(2, 1, 9),
                        false),
                new PortFigures(calls.now(), new CallTally().now()),
                Optional.of(new FleetStatus(FleetStatus.Phase.MEMBER, 1, 4, 0, 3, "")),
                new HostMetrics.Lines(3, 0),
                "0.1.0");
    }
}
