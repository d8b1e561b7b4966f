package org.lunwarden.cli;

import java.util.StringJoiner;

import com.fasterxml.jackson.databind.JsonNode;

/** What a view found amiss, for a person. Pure. */
final class AuditText {

    private static final int MOST_HOSTS = 5;

    private AuditText() {}

    static String of(JsonNode audit) {
        var text = new StringBuilder();
        if (!audit.path("trusted").asBoolean()) {
            text.append("This view may know less than the others.\n");
        }
        var total = audit.path("total").asInt();
        text.append(total == 0 ? "Nothing was found amiss.\n" : total + (total == 1 ? " finding:\n" : " findings:\n"));
        for (var finding : audit.path("findings")) {
            text.append("%-8s %-20s %s%n"
                    .formatted(
                            finding.path("severity").asText(),
                            finding.path("kind").asText(),
                            finding.path("words").asText()));
        }
        if (!audit.path("unjudged").isEmpty()) {
            text.append("Not judged, and not to be taken for fine:\n");
        }
        for (var unjudged : audit.path("unjudged")) {
            text.append("  %-20s %s (%s)%n"
                    .formatted(
                            unjudged.path("kind").asText("everything"),
                            unjudged.path("why").asText(),
                            who(unjudged)));
        }
        return text.toString();
    }

    private static String who(JsonNode unjudged) {
        var hosts = unjudged.path("hosts");
        var words = new StringJoiner(", ");
        for (var number = 0; number < Math.min(MOST_HOSTS, hosts.size()); number++) {
            words.add(hosts.path(number).asText());
        }
        if (hosts.size() > MOST_HOSTS) {
            words.add((hosts.size() - MOST_HOSTS) + " more hosts");
        }
        var maps = unjudged.path("maps").asInt();
        return (maps == 0 ? "" : maps + (maps == 1 ? " map: " : " maps: ")) + words;
    }
}
