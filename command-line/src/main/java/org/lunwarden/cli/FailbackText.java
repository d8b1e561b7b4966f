package org.lunwarden.cli;

import java.util.Locale;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/** Failbacks and their plans, for a person. Pure. */
final class FailbackText {

    private static final int NAMED = 8;

    private FailbackText() {}

    static String plan(JsonNode plan) {
        var text = new StringBuilder();
        var maps = 0;
        for (var wave : plan.path("waves")) {
            for (var step : wave.path("steps")) {
                maps += step.path("maps").size();
            }
        }
        text.append(
                maps == 0
                        ? "Nothing would move.\n"
                        : "Would move %d maps in %d steps; --yes --plan %s does it, until %s:%n"
                                .formatted(
                                        maps,
                                        plan.path("waves").size(),
                                        plan.path("fingerprint").asText(),
                                        plan.path("expiresAt").asText()));
        var number = 0;
        for (var wave : plan.path("waves")) {
            text.append("  step %d: %s%n".formatted(++number, step(wave)));
        }
        var reasons = new TreeMap<String, Integer>();
        plan.path("leftOut").forEach(left -> reasons.merge(left.path("reason").asText(), 1, Integer::sum));
        reasons.forEach((reason, count) -> text.append("  left out, %d maps: %s%n".formatted(count, reason)));
        return text.toString();
    }

    private static String step(JsonNode wave) {
        var text = new StringBuilder();
        var hosts = 0;
        for (var step : wave.path("steps")) {
            if (hosts++ < NAMED) {
                text.append(hosts == 1 ? "" : ", ").append(step.path("host").asText());
                text.append(" (%d)".formatted(step.path("maps").size()));
            }
        }
        return text + (hosts > NAMED ? " and %d more hosts".formatted(hosts - NAMED) : "");
    }

    static String list(JsonNode failbacks) {
        if (failbacks.isEmpty()) {
            return "No failback is known.\n";
        }
        var text = new StringBuilder();
        failbacks.forEach(one -> text.append(summary(one)));
        return text.toString();
    }

    static String of(JsonNode failback) {
        return summary(failback) + log(failback, 0);
    }

    static String summary(JsonNode failback) {
        var reason = failback.path("reason").asText();
        return "%s %s: %d of %d maps, step %d of %d%s%n"
                .formatted(
                        failback.path("id").asText(),
                        failback.path("phase").asText().toLowerCase(Locale.ROOT),
                        failback.path("mapsDone").asInt(),
                        failback.path("maps").asInt(),
                        failback.path("stepsDone").asInt(),
                        failback.path("steps").asInt(),
                        reason.isEmpty() ? "" : ": " + reason);
    }

    /** @param told so many lines were printed before */
    static String log(JsonNode failback, int told) {
        var text = new StringBuilder();
        var log = failback.path("log");
        for (var line = told; line < log.size(); line++) {
            text.append("  %s %s%n"
                    .formatted(
                            log.path(line).path("at").asText(),
                            log.path(line).path("text").asText()));
        }
        return text.toString();
    }
}
