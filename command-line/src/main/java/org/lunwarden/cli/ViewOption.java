package org.lunwarden.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine.Option;

/** Which view is asked, and how. */
final class ViewOption {

    static final ObjectMapper JSON = new ObjectMapper();

    static final int NO_ANSWER = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Option(
            names = "--view",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8480",
            description = "The view to ask. Default: http://127.0.0.1:8480.")
    private URI view = URI.create("http://127.0.0.1:8480");

    /** One conversation with the view. */
    @FunctionalInterface
    interface Conversation {
        int talk(Asked view) throws IOException, InterruptedException;
    }

    /** @return what the conversation gives; 3 when the view does not answer, or refuses, which is told */
    int ask(PrintWriter err, Conversation conversation) throws InterruptedException {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return conversation.talk(new Asked(client, view));
        } catch (Refused refused) {
            err.println("lunwarden: " + view + " refuses: " + refused.getMessage());
            return NO_ANSWER;
        } catch (IOException | IllegalArgumentException unanswered) {
            err.println("lunwarden: " + view + " does not answer: " + reason(unanswered));
            return NO_ANSWER;
        }
    }

    @FunctionalInterface
    interface LineReader {
        void read(String line) throws IOException;
    }

    /** The view, while it is asked. */
    record Asked(HttpClient client, URI view) {

        JsonNode get(String path) throws IOException, InterruptedException {
            return answer(HttpRequest.newBuilder(view.resolve(path)));
        }

        JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
            return answer(HttpRequest.newBuilder(view.resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
        }

        JsonNode delete(String path) throws IOException, InterruptedException {
            return answer(HttpRequest.newBuilder(view.resolve(path)).DELETE());
        }

        /** Whatever the answer is made of, line by line, while it comes in. */
        void lines(String path, LineReader reader) throws IOException, InterruptedException {
            var request =
                    HttpRequest.newBuilder(view.resolve(path)).timeout(PATIENCE).build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new Refused(JSON.readTree(body).path("detail").asText("status " + response.statusCode()));
                }
                var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    reader.read(line);
                }
            }
        }

        private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
            var response = client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                var json = JSON.readTree(body);
                if (response.statusCode() / 100 != 2) {
                    throw new Refused(json.path("detail").asText("status " + response.statusCode()));
                }
                return json;
            }
        }
    }

    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String reason) {
            super(reason);
        }
    }

    private static String reason(Exception unanswered) {
        var message = unanswered.getMessage();
        return message == null ? unanswered.getClass().getSimpleName() : message;
    }
}
