package org.lunwarden.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a view what happened when, as it has kept it: incidents, hosts that came and went, acts. The newest first.",
            "Exit code: 0 the view answered, 1 its store does not keep what happens now, 3 it does not answer."
        })
final class HistoryCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Mixin
    private final ViewOption view = new ViewOption();

    @Option(names = "--since", paramLabel = "TIME", description = "This moment or later, such as 2026-03-01T10:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Earlier than this.")
    private @Nullable String until;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only of this kind, such as host-rebooted.")
    private @Nullable String kind;

    @Option(names = "--host", paramLabel = "HOST", description = "Only of this host.")
    private @Nullable String host;

    @Option(names = "--incident", paramLabel = "ID", description = "Only of this incident.")
    private @Nullable String incident;

    @Option(
            names = "--before",
            paramLabel = "NUMBER",
            description = "What follows on an answer: the number at its end.")
    private @Nullable String before;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "100",
            description = "At most so many. Default: 100.")
    private String limit = "100";

    @Option(names = "--json", description = "Print the view's answer as it is.")
    private boolean isJson;

    @Override
    public Integer call() throws InterruptedException {
        var query = new StringJoiner("&", "/api/v1/history?", "");
        add(query, "since", since);
        add(query, "until", until);
        add(query, "kind", kind);
        add(query, "host", host);
        add(query, "incident", incident);
        add(query, "before", before);
        add(query, "limit", limit);
        return view.ask(err(), asked -> {
            var answer = asked.get(query.toString());
            if (isJson) {
                out().println(answer.toPrettyString());
            } else {
                for (var item : answer.path("items")) {
                    out().println(item.path("at").asText() + "  "
                            + item.path("kind").asText()
                            + told(item.path("host").asText(""))
                            + told(item.path("incident").asText(""))
                            + ": " + item.path("words").asText());
                }
                if (answer.has("next")) {
                    out().println("more: --before " + answer.path("next").asText());
                }
            }
            out().flush();
            var store = answer.path("store");
            if (!store.path("working").asBoolean()) {
                err().println("lunwarden: history is not kept now: "
                        + store.path("problem").asText());
                return 1;
            }
            return 0;
        });
    }

    private static String told(String name) {
        return name.isEmpty() || name.equals("null") ? "" : "  " + name;
    }

    private static void add(StringJoiner query, String name, @Nullable String value) {
        if (value != null) {
            query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
