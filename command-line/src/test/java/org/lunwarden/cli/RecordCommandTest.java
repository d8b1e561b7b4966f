package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordCommandTest {

    @TempDir
    private Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer view = create();

    private static HttpServer create() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException cannot) {
            throw new IllegalStateException(cannot);
        }
    }

    @BeforeEach
    void start() {
        view.createContext("/api/v1/observations", exchange -> {
            var time = asked.incrementAndGet();
            var state = time < 3 ? "up" : "down";
            var body = ("{\"kind\":\"snapshot\",\"seenAt\":%d}%n".formatted(time)
                            + "{\"host\":\"h1\",\"initiatorPort\":\"i\",\"targetPort\":\"t\",\"state\":\"%s\",\"seenAt\":%d}%n"
                                    .formatted(state, time))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        view.start();
    }

    @AfterEach
    void stop() {
        view.stop(0);
    }

    @Test
    void allIsRecordedAtFirstThenWhatChanges() throws Exception {
        var file = folder.resolve("fleet.jsonl");

        var code = run("--output", file.toString(), "--every", "100", "--for", "2");

        assertThat(code).isZero();
        assertThat(asked.get()).isGreaterThan(3);
        var lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("snapshot");
        assertThat(lines.get(2)).contains("\"down\"").contains("\"seenAt\":3");
    }

    @Test
    void aFileThatCannotBeWrittenAndAViewThatDoesNotAnswerAreTold() {
        assertThat(run("--output", folder.resolve("none/file").toString(), "--for", "0"))
                .isEqualTo(1);

        view.stop(0);

        assertThat(run("--output", folder.resolve("file").toString(), "--for", "0"))
                .isEqualTo(3);
    }

    private int run(String... arguments) {
        var all = new java.util.ArrayList<String>();
        all.add("record");
        all.add("--view=http://127.0.0.1:" + view.getAddress().getPort());
        all.addAll(java.util.List.of(arguments));
        return LunwardenCommand.run(new RecordingLaunch(), all.toArray(String[]::new));
    }
}
