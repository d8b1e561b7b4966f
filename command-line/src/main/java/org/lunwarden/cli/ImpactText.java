package org.lunwarden.cli;

import java.util.StringJoiner;

import com.fasterxml.jackson.databind.JsonNode;

/** What a view says of an impact or a gate, for a person. Pure. */
final class ImpactText {

    private static final int MOST_LINES = 40;

    private ImpactText() {}

    static String of(JsonNode impact) {
        var text = new StringBuilder();
        text.append(impact.path("safe").asBoolean() ? "Safe: no map loses its last path.\n" : against(impact));
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
        text.append("For lunwarden gate: --since ")
                .append(impact.path("at").asText())
                .append(" --before ")
                .append(impact.at("/through/nexuses").asInt())
                .append(',')
                .append(impact.at("/through/upPaths").asInt())
                .append('\n');
        return text.toString();
    }

    private static String against(JsonNode impact) {
        var against = new StringJoiner(", ", "NOT SAFE: ", ".\n");
        against.setEmptyValue("NOT SAFE: this view may know less than the others.\n");
        if (impact.at("/maps/outage").asInt() > 0) {
            against.add("maps lose their last path");
        }
        if (impact.at("/hosts/unknown").asInt() > 0
                || impact.at("/maps/unknown").asInt() > 0) {
            against.add("of some maps too little is known");
        }
        if (!impact.path("unseen").isEmpty()) {
            against.add("nobody reports a path through some of the components");
        }
        return against.toString();
    }

    private static String affected(JsonNode map) {
        var words = new StringJoiner("; ");
        if (map.path("usableNow").asInt() > 0) {
            words.add("paths through " + map.path("usableNow").asInt() + " nexuses now, "
                    + map.path("usableThen").asInt() + " then");
        }
        if (map.has("why")) {
            words.add(map.path("why").asText());
        }
        return "%-15s %s %s: %s"
                .formatted(
                        words(map.path("outlook").asText()),
                        map.path("host").asText(),
                        map.path("name").asText(),
                        words);
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
        var nexuses = gate.at("/through/nexuses").asInt();
        if (gate.path("open").asBoolean()) {
            text.append("Open: what was up is up, through ").append(nexuses).append(" nexuses.\n");
            return text.append(
                            gate.path("changed").asInt() > 0
                                    ? ""
                                    : "Nothing has changed since then: was the step done?\n")
                    .toString();
        }
        if (nexuses == 0) {
            text.append("Shut: no host reports a path through them.\n");
        }
        if (gate.path("early").asBoolean()) {
            text.append("Shut: it began less than a minute ago, and not every path was checked since.\n");
        }
        if (gate.path("less").asBoolean()) {
            text.append("Shut: less goes through than before: %d nexuses, %d paths up.\n"
                    .formatted(nexuses, gate.at("/through/upPaths").asInt()));
        }
        if (gate.path("shutBy").asInt() > 0) {
            text.append("Shut: %d nexuses are not back.\n"
                    .formatted(gate.path("shutBy").asInt()));
        }
        if (text.isEmpty()) {
            text.append("Shut: this view may know less than the others.\n");
        }
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
            case "silent" -> "host silent";
            default -> outlook;
        };
    }
}
