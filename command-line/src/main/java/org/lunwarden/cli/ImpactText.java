package org.lunwarden.cli;

import java.util.StringJoiner;

import com.fasterxml.jackson.databind.JsonNode;

/** What a view says of an impact or a gate, for a person. Pure. */
final class ImpactText {

    private static final int MOST_LINES = 40;

    private ImpactText() {}

    static String of(JsonNode impact) {
        var text = new StringBuilder();
        text.append(impact.path("safe").asBoolean() ? "Safe: no map loses its last path.\n" : "NOT SAFE.\n");
        if (!impact.path("member").asBoolean()) {
            text.append("The view is not in the fleet now: what it knows may be old.\n");
        }
        for (var unseen : impact.path("unseen")) {
            text.append("No host reports a path through ")
                    .append(unseen.path("label").asText())
                    .append(": what hangs on it is not known.\n");
        }
        text.append("Maps:  ").append(counts(impact.path("maps"))).append('\n');
        text.append("Hosts: ").append(counts(impact.path("hosts"))).append(" (each by its worst map)\n");
        var lines = 0;
        for (var map : impact.path("affected")) {
            if (++lines > MOST_LINES) {
                text.append("  ... and ")
                        .append(impact.path("affectedMaps").asInt() - MOST_LINES)
                        .append(" more; --json tells more of them\n");
                break;
            }
            text.append("  ").append(affected(map)).append('\n');
        }
        order(impact, text);
        return text.toString();
    }

    private static String affected(JsonNode map) {
        var why = map.path("why").asText("");
        return "%-15s %s %s: paths through %d nexuses now, %d then%s"
                .formatted(
                        words(map.path("outlook").asText()),
                        map.path("host").asText(),
                        map.path("name").asText(),
                        map.path("usableNow").asInt(),
                        map.path("usableThen").asInt(),
                        why.isEmpty() ? "" : "; " + why);
    }

    private static void order(JsonNode impact, StringBuilder text) {
        if (impact.path("order").isEmpty()) {
            return;
        }
        text.append("One after the other, each back before the next (lunwarden gate tells when):\n");
        var number = 0;
        for (var step : impact.path("order")) {
            text.append("  ")
                    .append(++number)
                    .append(". ")
                    .append(step.path("component").path("label").asText())
                    .append(step.path("safe").asBoolean() ? ": " : ": NOT SAFE now: ")
                    .append(counts(step.path("maps")))
                    .append('\n');
        }
    }

    static String ofGate(JsonNode gate) {
        var text = new StringBuilder();
        if (!gate.path("member").asBoolean()) {
            text.append("The view is not in the fleet now: what it knows may be old.\n");
        }
        if (gate.path("open").asBoolean()) {
            return text.append("Open: all of ")
                    .append(gate.path("checked").asInt())
                    .append(" nexuses that were up are up.\n")
                    .toString();
        }
        if (gate.path("checked").asInt() == 0) {
            return text.append("Shut: no host reports a path through them.\n").toString();
        }
        text.append("Shut: %d of %d nexuses are not back.\n"
                .formatted(gate.path("shutBy").asInt(), gate.path("checked").asInt()));
        var lines = 0;
        for (var nexus : gate.path("notBack")) {
            if (++lines > MOST_LINES) {
                text.append("  ...\n");
                break;
            }
            text.append("  %s %s-%s %s since %s%n"
                    .formatted(
                            nexus.path("host").asText(),
                            nexus.path("initiatorPort").asText(),
                            nexus.path("targetPort").asText(),
                            nexus.path("state").asText(),
                            nexus.path("changedAt").asText()));
        }
        return text.toString();
    }

    /** Only what there is. */
    private static String counts(JsonNode counts) {
        var words = new StringJoiner(", ");
        words.setEmptyValue("none");
        counts.properties().forEach(count -> {
            if (count.getValue().asInt() > 0) {
                words.add(count.getValue().asInt() + " " + words(count.getKey()));
            }
        });
        return words.toString();
    }

    private static String words(String outlook) {
        return switch (outlook) {
            case "oneFabric" -> "one fabric left";
            case "outAlready" -> "out already";
            case "outage" -> "OUTAGE";
            case "unknown" -> "UNKNOWN";
            default -> outlook;
        };
    }
}
