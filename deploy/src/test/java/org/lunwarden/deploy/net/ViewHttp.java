package org.lunwarden.deploy.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The views' HTTP servers. They listen on loopback only, so each is asked from within its own network. */
record ViewHttp(Wires wires) {

    private static final String SERVER = "127.0.0.1:8480";
    private static final String ASK = Path.of("lab/http").toAbsolutePath().toString();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Empty when there is no answer within ten seconds, or another one than 2xx. */
    Optional<JsonNode> request(String view, String method, String path, String body) {
        try {
            var process = new ProcessBuilder(wires.in(view, List.of("timeout", "10", ASK, method, SERVER, path, body)))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var answer = process.getInputStream().readAllBytes();
            return process.waitFor() == 0 && answer.length > 0 ? Optional.of(JSON.readTree(answer)) : Optional.empty();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
