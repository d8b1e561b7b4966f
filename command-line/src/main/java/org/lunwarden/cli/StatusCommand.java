package org.lunwarden.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a view how the fleet is: open incidents first, then hosts that are hurt, then what could not be told.",
            "Exit code: 0 all is well, 1 something is open, 3 the view does not answer."
        })
final class StatusCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    private static final int NO_ANSWER = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Option(
            names = "--view",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8480",
            description = "The view to ask. Default: http://127.0.0.1:8480.")
    private URI view = URI.create("http://127.0.0.1:8480");

    @Override
    public Integer call() throws InterruptedException {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var json = new ObjectMapper();
            var fleet = ask(client, json, "/api/v1/fleet");
            var incidents = ask(client, json, "/api/v1/incidents?open=true");
            var hosts = ask(client, json, "/api/v1/hosts?limit=10000");
            var text = StatusText.of(fleet, incidents, hosts);
            out().print(text.text());
            out().flush();
            return text.isWell() ? 0 : 1;
        } catch (IOException | IllegalArgumentException unanswered) {
            err().println("lunwarden: " + view + " does not answer: " + reason(unanswered));
            return NO_ANSWER;
        }
    }

    private JsonNode ask(HttpClient client, ObjectMapper mapper, String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(view.resolve(path)).timeout(PATIENCE).build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            var json = mapper.readTree(body);
            if (response.statusCode() != 200) {
                throw new IOException(json.path("detail").asText("status " + response.statusCode()));
            }
            return json;
        }
    }

    private static String reason(Exception unanswered) {
        var message = unanswered.getMessage();
        return message == null ? unanswered.getClass().getSimpleName() : message;
    }
}
