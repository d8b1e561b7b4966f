package org.lunwarden.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import org.lunwarden.model.Wwid;

@Command(
        name = "resize",
        mixinStandardHelpOptions = true,
        description = {
            "Gives the maps of a LUN its new size on all hosts: every host reads its paths anew; only when all paths of all",
            "hosts work and have one size, no smaller than any map, is the first map given it, and then the others. Without",
            "--yes it tells what speaks against it now, and touches nothing.",
            "Exit code: 0 all maps have the size, or nothing speaks against it; 1 refused, or not all have it; 3 the view does",
            "not answer."
        })
final class ResizeCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    private static final long PAUSE_MILLIS = 300;

    @Mixin
    private final ViewOption view = new ViewOption();

    @Parameters(paramLabel = "WWID")
    private String wwid = "";

    @Option(names = "--yes", description = "Do it.")
    private boolean isMeant;

    @Option(names = "--by", paramLabel = "NAME", description = "Who wants it. Default: the user.")
    private String by = System.getProperty("user.name", "");

    @Option(names = "--json", description = "Print the view's last answer as it is.")
    private boolean isJson;

    @Override
    public Integer call() throws InterruptedException {
        if (!Wwid.isValid(wwid)) {
            throw new ParameterException(spec().commandLine(), "'" + wwid + "' is no WWID");
        }
        return view.ask(err(), asked -> {
            var request = ViewOption.JSON
                    .createObjectNode()
                    .put("wwid", wwid)
                    .put("dryRun", !isMeant)
                    .put("by", by);
            var answer = asked.post("/api/v1/resize", request);
            return isMeant ? follow(asked, answer.path("resize")) : plan(answer.path("plan"));
        });
    }

    private int plan(JsonNode plan) {
        var isFree = plan.path("obstacles").isEmpty();
        if (isJson) {
            out().println(plan.toPrettyString());
        } else {
            out().println(plan.path("hosts").size() + " hosts have a map of it."
                    + (isFree ? " Nothing speaks against it now; --yes does it." : " Against it speaks:"));
            plan.path("obstacles").forEach(obstacle -> out().println("  " + obstacle.asText()));
        }
        out().flush();
        return isFree ? 0 : 1;
    }

    private int follow(ViewOption.Asked asked, JsonNode first) throws IOException, InterruptedException {
        var resize = first;
        while (!resize.path("over").asBoolean()) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            resize = asked.get("/api/v1/resize/" + first.path("id").asText());
        }
        if (isJson) {
            out().println(resize.toPrettyString());
        } else {
            out().print(ResizeText.of(resize));
        }
        out().flush();
        return resize.path("phase").asText().equals("done") ? 0 : 1;
    }
}
