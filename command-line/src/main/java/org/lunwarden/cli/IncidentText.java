package org.lunwarden.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** What a view says of incidents, for a person. Pure. */
final class IncidentText {

    private IncidentText() {}

    static String ofList(JsonNode page) {
        var text = new StringBuilder();
        for (var incident : page.path("items")) {
            head(incident, text);
        }
        var left = page.path("total").asInt() - page.path("items").size();
        if (left > 0) {
            text.append("... and ").append(left).append(" more\n");
        }
        return text.isEmpty() ? "No incidents.\n" : text.toString();
    }

    /** With its history: what it was when, and why. */
    static String of(JsonNode incident) {
        var text = new StringBuilder();
        head(incident, text);
        text.append("  ").append(incident.path("words").asText()).append('\n');
        if (incident.has("splitFrom")) {
            text.append("  Before, it was taken for a part of incident ")
                    .append(incident.path("splitFrom").asText())
                    .append(".\n");
        }
        if (incident.has("mergedInto")) {
            text.append("  It proved to be a part of incident ")
                    .append(incident.path("mergedInto").asText())
                    .append(".\n");
        }
        text.append("  History:\n");
        for (var entry : incident.path("timeline")) {
            text.append("    %s  %s: %s%n        %s; suspected: %s; %d of %d nexuses on %d hosts are back%n"
                    .formatted(
                            entry.path("at").asText(),
                            entry.path("what").asText(),
                            entry.path("words").asText(),
                            entry.path("phase").asText(),
                            suspects(entry),
                            entry.path("back").asInt(),
                            entry.path("nexuses").asInt(),
                            entry.path("hosts").asInt()));
        }
        return text.toString();
    }

    /** What was changed beside an incident, oldest first. */
    static String ofChanges(JsonNode changes) {
        var text = new StringBuilder();
        var items = changes.path("items");
        for (var at = items.size() - 1; at >= 0; at--) {
            var item = items.get(at);
            text.append("    ")
                    .append(item.path("at").asText())
                    .append("  ")
                    .append(item.path("kind").asText())
                    .append(
                            item.path("host").isTextual()
                                    ? " " + item.path("host").asText()
                                    : "")
                    .append(": ")
                    .append(item.path("words").asText())
                    .append('\n');
        }
        return (text.isEmpty()
                        ? "  Nothing changed on its hosts in the hour before, and since.\n"
                        : "  Changed on its hosts in the hour before, and since:\n")
                + text;
    }

    private static String suspects(JsonNode entry) {
        var names = new StringBuilder();
        for (var suspect : entry.path("suspects")) {
            names.append(names.isEmpty() ? "" : " or ")
                    .append(suspect.path("class").asText())
                    .append(' ')
                    .append(suspect.path("id").asText());
        }
        return names.toString();
    }

    private static void head(JsonNode incident, StringBuilder text) {
        text.append(incident.path("id").asText())
                .append("  ")
                .append(incident.path("phase").asText())
                .append("  ")
                .append(incident.path("title").asText());
        var times = incident.path("reopened").asInt();
        if (times > 0) {
            text.append("; came back ").append(times == 1 ? "once" : times + " times");
        }
        var acknowledgement = incident.path("acknowledgement");
        if (acknowledgement.isObject()) {
            var comment = acknowledgement.path("comment").asText();
            text.append("; ")
                    .append(acknowledgement.path("by").asText())
                    .append(" takes care of it")
                    .append(comment.isEmpty() ? "" : ": " + comment);
        }
        text.append('\n');
    }
}
