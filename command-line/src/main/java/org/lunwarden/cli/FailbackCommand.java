package org.lunwarden.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.lunwarden.model.Component;

@Command(
        name = "failback",
        mixinStandardHelpOptions = true,
        description = {
            "Has maps moved back to their best path group, all hosts of a LUN together: first one LUN, which is watched, then",
            "the others in steps; the first surprise stops it. Without --yes it tells what would move, what would not and",
            "why, and touches nothing. With --yes it tells how it goes until it is over.",
            "Exit code: 0 done, or nothing is left out; 1 stopped or paused, or something is left out; 3 the view does not",
            "answer, or refuses."
        })
final class FailbackCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    private static final String PATH = "/api/v1/failbacks";
    private static final long PAUSE_MILLIS = 300;

    @Mixin
    private final ViewOption view = new ViewOption();

    @Parameters(
            paramLabel = "CLASS:ID",
            arity = "0..1",
            converter = ComponentWords.class,
            description = "Only LUNs of which a map prefers nexuses through it, such as switch:100050eb1a2b3c4d/12.")
    private @Nullable Component component;

    @Option(names = "--yes", description = "Do it.")
    private boolean isMeant;

    @Option(
            names = "--plan",
            paramLabel = "FINGERPRINT",
            description = "With --yes: move nothing if the plan is not the one that was looked at.")
    private @Nullable String plan;

    @Option(names = "--by", paramLabel = "NAME", description = "Who wants it. Default: the user.")
    private String by = System.getProperty("user.name", "");

    @Option(names = "--detach", description = "With --yes: do not wait until it is over.")
    private boolean isDetached;

    @ArgGroup
    private @Nullable Known known;

    @Option(names = "--json", description = "Print the view's last answer as it is.")
    private boolean isJson;

    /** One that has begun. */
    private static final class Known {
        @Option(names = "--list", description = "List the failbacks of the last while.")
        private boolean isList;

        @Option(names = "--show", paramLabel = "ID", description = "Tell how one stands.")
        private @Nullable String show;

        @Option(names = "--pause", paramLabel = "ID", description = "Have one begin nothing new.")
        private @Nullable String pause;

        @Option(names = "--resume", paramLabel = "ID", description = "Have a paused one go on.")
        private @Nullable String resume;

        @Option(names = "--stop", paramLabel = "ID", description = "End one; what was moved stays moved.")
        private @Nullable String stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        return view.ask(err(), asked -> {
            var wanted = Optional.ofNullable(known);
            if (wanted.isPresent()) {
                return about(asked, wanted.get());
            }
            return isMeant ? start(asked) : plan(asked);
        });
    }

    private int about(ViewOption.Asked asked, Known wanted) throws IOException, InterruptedException {
        if (wanted.isList) {
            var all = asked.get(PATH);
            print(all, FailbackText.list(all));
            return 0;
        }
        var show = Optional.ofNullable(wanted.show);
        var one = show.isPresent() ? asked.get(path(show.get())) : steered(asked, wanted);
        print(one, FailbackText.of(one));
        return show.isPresent() && one.path("phase").asText().equals("STOPPED") ? 1 : 0;
    }

    private static JsonNode steered(ViewOption.Asked asked, Known wanted) throws IOException, InterruptedException {
        var where = at(wanted.pause, "pause")
                .or(() -> at(wanted.resume, "resume"))
                .or(() -> at(wanted.stop, "stop"))
                .orElseThrow();
        return asked.post(where, ViewOption.JSON.createObjectNode());
    }

    private static Optional<String> at(@Nullable String id, String word) {
        return Optional.ofNullable(id).map(one -> path(one) + "/" + word);
    }

    private int plan(ViewOption.Asked asked) throws IOException, InterruptedException {
        var plan = asked.post(PATH, request()).path("plan");
        print(plan, FailbackText.plan(plan));
        return plan.path("leftOut").isEmpty() ? 0 : 1;
    }

    private int start(ViewOption.Asked asked) throws IOException, InterruptedException {
        var failback = asked.post(PATH, request()).path("failback");
        var id = failback.path("id").asText();
        var told = 0;
        while (!isDetached && isUnderWay(failback)) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            failback = asked.get(path(id));
            if (!isJson) {
                out().print(FailbackText.log(failback, told));
                out().flush();
                told = Math.max(told, failback.path("log").size());
            }
        }
        print(failback, FailbackText.summary(failback));
        return isDetached || failback.path("phase").asText().equals("DONE") ? 0 : 1;
    }

    private static boolean isUnderWay(JsonNode failback) {
        return failback.path("phase").asText().equals("RUNNING");
    }

    private JsonNode request() {
        var request = ViewOption.JSON.createObjectNode().put("dryRun", !isMeant).put("by", by);
        Optional.ofNullable(plan).ifPresent(fingerprint -> request.put("plan", fingerprint));
        Optional.ofNullable(component)
                .ifPresent(one -> request.put("class", one.kind().word()).put("id", one.id()));
        return request;
    }

    private void print(JsonNode answer, String text) {
        if (isJson) {
            out().println(answer.toPrettyString());
        } else {
            out().print(text);
        }
        out().flush();
    }

    private static String path(String id) {
        return PATH + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
