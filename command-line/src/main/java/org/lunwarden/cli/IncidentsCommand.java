package org.lunwarden.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "incidents",
        mixinStandardHelpOptions = true,
        subcommands = {IncidentsCommand.Ack.class, IncidentsCommand.Unack.class},
        description = {
            "Asks a view what broke: all incidents that it knows, the newest first, or one of them with its history.",
            "Exit code: 0 the view answered, 3 it does not, or knows no such incident."
        })
final class IncidentsCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Mixin
    private final ViewOption view = new ViewOption();

    @Parameters(paramLabel = "ID", arity = "0..1", description = "Of one incident: tell its history.")
    private @Nullable String id;

    @Option(names = "--open", description = "Only incidents that are not over.")
    private boolean isOpenOnly;

    @Option(names = "--json", description = "Print the view's answer as it is.")
    private boolean isJson;

    @Override
    public Integer call() throws InterruptedException {
        var one = id;
        return view.ask(err(), asked -> {
            var answer = asked.get(
                    one == null
                            ? "/api/v1/incidents?limit=1000" + (isOpenOnly ? "&open=true" : "")
                            : "/api/v1/incidents/" + encoded(one));
            if (isJson) {
                out().println(answer.toPrettyString());
            } else {
                out().print(one == null ? IncidentText.ofList(answer) : IncidentText.of(answer));
            }
            if (one != null && !isJson) {
                out().print(beside(asked, one));
            }
            out().flush();
            return 0;
        });
    }

    /** A view without a history has nothing to say of it. */
    private static String beside(ViewOption.Asked asked, String id) throws InterruptedException {
        try {
            return IncidentText.ofChanges(asked.get("/api/v1/incidents/" + encoded(id) + "/changes"));
        } catch (IOException untold) {
            return "  What else changed is not known: " + untold.getMessage() + "\n";
        }
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Command(
            name = "ack",
            mixinStandardHelpOptions = true,
            description = {
                "Says to all views that somebody takes care of an open incident.",
                "Exit code: 0 a majority of the views knows it, 3 the view does not answer, or knows no such incident."
            })
    static final class Ack extends Word {
        Ack() {
            super("acknowledge");
        }
    }

    @Command(
            name = "unack",
            mixinStandardHelpOptions = true,
            description = {"Says to all views that nobody takes care of an incident any more.", "Exit code: as of ack."
            })
    static final class Unack extends Word {
        Unack() {
            super("unacknowledge");
        }
    }

    /** A word on an incident. */
    abstract static class Word extends LunwardenCommand.Subcommand implements Callable<Integer> {

        private final String verb;

        @Mixin
        private final ViewOption view = new ViewOption();

        @Parameters(paramLabel = "ID", description = "Of the incident.")
        private String id = "";

        @Option(
                names = "--by",
                paramLabel = "NAME",
                defaultValue = "${sys:user.name}",
                description = "Who says so. Default: the user who runs the command.")
        private String by = "";

        @Option(names = "--comment", paramLabel = "TEXT", description = "What is being done about it.")
        private String comment = "";

        Word(String verb) {
            this.verb = verb;
        }

        @Override
        public Integer call() throws InterruptedException {
            return view.ask(err(), asked -> {
                var request = ViewOption.JSON.createObjectNode().put("by", by).put("comment", comment);
                var word = asked.post("/api/v1/incidents/" + encoded(id) + "/" + verb, request);
                out().println("incident " + word.path("incident").asText() + " " + verb + "d by "
                        + word.path("by").asText() + " at " + word.path("at").asText());
                out().flush();
                return 0;
            });
        }
    }
}
