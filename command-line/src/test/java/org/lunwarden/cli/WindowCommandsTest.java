package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WindowCommandsTest {

    private static final String WINDOW = "{\"id\": \"m-1\", \"kind\": \"maintenance\", \"state\": \"planned\","
            + " \"incidents\": [], \"components\": [{\"class\": \"switch\", \"id\": \"b/12\"}],"
            + " \"from\": \"2026-03-01T10:00:00Z\", \"until\": \"2026-03-01T12:00:00Z\", \"by\": \"ops\","
            + " \"reason\": \"new firmware\"}";
    private static final String LINE =
            "m-1  planned  2026-03-01T10:00:00Z to 2026-03-01T12:00:00Z switch:b/12" + "  (ops: new firmware)\n";

    @RegisterExtension
    private final Terminal terminal = new Terminal();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer view = serving();

    @AfterEach
    void stop() {
        view.stop(0);
    }

    @Test
    void maintenanceIsPlannedWithWhoWhyAndHowLong() throws IOException {
        var planned = run(
                "maintenance",
                "--from",
                "2026-03-01T10:00:00Z",
                "--for",
                "2h",
                "--by",
                "ops",
                "--reason",
                "new firmware",
                "switch:b/12");

        assertThat(planned.out()).isEqualTo(LINE);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst()).startsWith("POST /api/v1/maintenance ");
        var body = ViewOption.JSON.readTree(asked.getFirst().substring("POST /api/v1/maintenance ".length()));
        assertThat(body.at("/components/0/id").asText()).isEqualTo("b/12");
        assertThat(Duration.between(
                        Instant.parse(body.path("from").asText()),
                        Instant.parse(body.path("until").asText())))
                .isEqualTo(Duration.ofHours(2));
        assertThat(body.path("by").asText()).isEqualTo("ops");
    }

    @Test
    void silencesAreListedAndEnded() {
        assertThat(run("silence").out()).isEqualTo(LINE);
        assertThat(run("silence", "--end", "s-1").out()).isEqualTo(LINE);

        assertThat(asked).containsExactly("GET /api/v1/silences ", "DELETE /api/v1/silences/s-1 ");
    }

    @Test
    void withoutAReasonOrWithAnOddLengthNothingIsAsked() {
        assertThat(run("silence", "--incident", "i-1").code()).isEqualTo(2);
        assertThat(run("silence", "--incident", "i-1", "--reason", "x", "--for", "soon")
                        .err())
                .contains("'soon' is no length of time");
        assertThat(asked).isEmpty();
    }

    private record Ran(int code, String out, String err) {}

    private Ran run(String... words) {
        var args = new ArrayList<>(List.of(words));
        args.add(1, "--view=http://127.0.0.1:" + view.getAddress().getPort());
        terminal.clear();
        var code = LunwardenCommand.run(new RecordingLaunch(), args.toArray(String[]::new));
        return new Ran(code, terminal.out(), terminal.err());
    }

    private HttpServer serving() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                asked.add(exchange.getRequestMethod() + " "
                        + exchange.getRequestURI().getPath() + " " + body);
                var isList = exchange.getRequestMethod().equals("GET");
                var answer = (isList ? "[" + WINDOW + "]" : WINDOW).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 201 : 200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
