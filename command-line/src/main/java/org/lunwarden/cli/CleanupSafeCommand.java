package org.lunwarden.cli;

import java.util.concurrent.Callable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import org.lunwarden.io.IoResult;
import org.lunwarden.model.Wwid;

@Command(
        name = "cleanup-safe",
        mixinStandardHelpOptions = true,
        description = {
            "Asks this host's daemon whether a map that looks dead is stale, so that a CSI driver or a script may take it",
            "away: the array has no such unit any more by the word of all its paths, nobody uses it, and to every view of",
            "the fleet nothing that fails explains it. In any doubt it is not safe. Takes nothing away. Needs root.",
            "Exit code: 0 stale, safe to take away; and not safe: 1 in use, 2 usage, 3 no daemon answers, 4 part of an open",
            "incident, 5 not known, 6 this host's daemon keeps no such map."
        })
final class CleanupSafeCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    private static final int NOT_KNOWN = 5;

    @Mixin
    private ControlOption control = new ControlOption();

    @Parameters(paramLabel = "WWID")
    private String wwid = "";

    @Option(names = "--json", description = "Print a line of JSON: safe, verdict, why, incidents.")
    private boolean isJson;

    @Override
    public Integer call() {
        if (!Wwid.isValid(wwid)) {
            throw new ParameterException(spec().commandLine(), "'" + wwid + "' is no WWID");
        }
        return switch (control.send("cleanup-safe " + wwid)) {
            case IoResult.Ok<String>(var reply) -> tell(reply);
            case IoResult.Refused<String> refused -> {
                err().println("lunwarden: no daemon answers: " + refused);
                yield unknown("no daemon answers", ControlOption.NO_ANSWER);
            }
        };
    }

    private int tell(String reply) {
        try {
            var answer = ViewOption.JSON.readTree(reply);
            if (!answer.isObject()) {
                return unknown("the daemon did not answer as it should", NOT_KNOWN);
            }
            print(answer);
            return answer.path("safe").asBoolean()
                    ? 0
                    : code(answer.path("verdict").asText());
        } catch (JsonProcessingException other) {
            err().println("lunwarden: " + reply.strip());
            return unknown("the daemon did not answer as it should", NOT_KNOWN);
        }
    }

    /** For whoever reads nothing but the JSON. */
    private int unknown(String why, int code) {
        var answer = ViewOption.JSON.createObjectNode();
        answer.put("wwid", wwid).put("safe", false).put("verdict", "unknown").put("why", why);
        answer.putArray("incidents");
        print(answer);
        return code;
    }

    private void print(JsonNode answer) {
        if (isJson) {
            out().println(answer);
        } else {
            out().println((answer.path("safe").asBoolean() ? "Safe: " : "NOT SAFE: ")
                    + answer.path("why").asText());
            answer.path("incidents").forEach(incident -> out().println("  incident " + incident.asText()));
        }
        out().flush();
    }

    private static int code(String verdict) {
        return switch (verdict) {
            case "inUse" -> 1;
            case "incident" -> 4;
            case "noMap" -> 6;
            default -> NOT_KNOWN;
        };
    }
}
