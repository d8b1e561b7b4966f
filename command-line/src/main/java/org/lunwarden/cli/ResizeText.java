package org.lunwarden.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** What became of a resize, for a person. Pure. */
final class ResizeText {

    private ResizeText() {}

    static String of(JsonNode resize) {
        var text = new StringBuilder();
        text.append(
                        switch (resize.path("phase").asText()) {
                            case "done" -> "Done: ";
                            case "refused" -> "REFUSED: ";
                            case "partial" -> "NOT DONE ON ALL HOSTS: ";
                            default -> "Under way: ";
                        })
                .append(resize.path("reason").asText())
                .append('\n');
        for (var host : resize.path("hosts")) {
            var reason = host.path("reason").asText();
            text.append("  %s: %s%s%s%n"
                    .formatted(
                            host.path("host").asText(),
                            switch (host.path("step").asText()) {
                                case "notResized" -> "not resized";
                                case "unknown" -> "NOT KNOWN";
                                default -> host.path("step").asText();
                            },
                            host.path("sectors").asLong() > 0
                                    ? ", " + host.path("sectors").asLong() + " sectors"
                                    : "",
                            reason.isEmpty() ? "" : ": " + reason));
        }
        return text.toString();
    }
}
