package org.lunwarden.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import org.lunwarden.model.Component;

/** From when until when something is quiet, who wants it and why; and what is said of it to the view. */
final class WindowOptions {

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "When it begins, such as 2026-03-01T10:00:00Z. Default: now.")
    private String from = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Span.class,
            description = "How long it lasts: 90m, 2h, 3d. Default: 1h.")
    private Duration lasts = Duration.ofHours(1);

    @Option(names = "--by", paramLabel = "NAME", description = "Who wants it. Default: the user.")
    private String by = System.getProperty("user.name", "");

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; must be said.")
    private String reason = "";

    @Option(names = "--end", paramLabel = "ID", description = "Ends one now, or before it begins.")
    private String end = "";

    @Option(names = "--json", description = "Print the view's answer as it is.")
    private boolean isJson;

    int talk(
            LunwardenCommand.Subcommand command,
            ViewOption view,
            String path,
            List<Component> components,
            List<String> incidents)
            throws InterruptedException {
        var isNew = !components.isEmpty() || !incidents.isEmpty();
        if (isNew && !end.isEmpty()) {
            throw new ParameterException(command.spec().commandLine(), "--end takes no components and no incidents");
        }
        if (isNew && reason.isBlank()) {
            throw new ParameterException(command.spec().commandLine(), "--reason must say why");
        }
        var begins = begins(command);
        return view.ask(command.err(), asked -> {
            var answer = isNew
                    ? asked.post(path, request(components, incidents, begins))
                    : end.isEmpty() ? asked.get(path) : asked.delete(path + "/" + end);
            command.out().print(isJson ? answer.toPrettyString() + "\n" : text(answer));
            command.out().flush();
            return 0;
        });
    }

    private Instant begins(LunwardenCommand.Subcommand command) {
        try {
            return from.isEmpty() ? InstantSource.system().instant() : Instant.parse(from);
        } catch (java.time.DateTimeException wrong) {
            throw new ParameterException(
                    command.spec().commandLine(), "'" + from + "' is no time such as 2026-03-01T10:00:00Z", wrong);
        }
    }

    private JsonNode request(List<Component> components, List<String> incidents, Instant begins) throws IOException {
        var request = ComponentWords.request(components);
        if (!incidents.isEmpty()) {
            incidents.forEach(request.putArray("incidents")::add);
        }
        return request.put("from", begins.toString())
                .put("until", begins.plus(lasts).toString())
                .put("by", by)
                .put("reason", reason);
    }

    /** One line for each; a view answers with one or with a list. */
    static String text(JsonNode answer) {
        if (answer.isArray() && answer.isEmpty()) {
            return "none\n";
        }
        return answer.isArray()
                ? StreamSupport.stream(answer.spliterator(), false)
                        .map(WindowOptions::line)
                        .collect(Collectors.joining())
                : line(answer);
    }

    private static String line(JsonNode one) {
        var about = new StringBuilder();
        one.path("incidents").forEach(id -> about.append(' ').append(id.asText()));
        one.path("components")
                .forEach(each -> about.append(' ')
                        .append(each.path("class").asText())
                        .append(':')
                        .append(each.path("id").asText()));
        return "%s  %-7s  %s to %s %s  (%s: %s)%n"
                .formatted(
                        one.path("id").asText(),
                        one.path("state").asText(),
                        one.path("from").asText(),
                        one.path("until").asText(),
                        about.toString().strip(),
                        one.path("by").asText(),
                        one.path("reason").asText());
    }
}
