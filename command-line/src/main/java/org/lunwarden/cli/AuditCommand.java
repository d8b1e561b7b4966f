package org.lunwarden.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a view what is amiss though nothing has failed: LUNs through too few fabrics, controllers or HBAs, fewer",
            "or more paths than their peers have, hosts that do not agree about a LUN they share, settings, drivers and",
            "firmware unlike all others. What is not known is no finding, and is told. Changes nothing.",
            "Exit code: 0 nothing was found, 1 something was, 2 the view could not be asked, or may know less than others."
        })
final class AuditCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    private static final int NOT_ASKED = 2;

    /** As the API takes them. */
    enum Least {
        notice,
        warning,
        critical
    }

    @Mixin
    private final ViewOption view = new ViewOption();

    @Option(
            names = "--min-severity",
            paramLabel = "SEVERITY",
            defaultValue = "notice",
            description = "Only what matters so much at least: ${COMPLETION-CANDIDATES}. Default: notice.")
    private Least least = Least.notice;

    @Option(names = "--json", description = "Print the view's answer as it is.")
    private boolean isJson;

    @Override
    public Integer call() throws InterruptedException {
        var code = view.ask(err(), asked -> {
            var audit = asked.get("/api/v1/audit?limit=10000&minSeverity=" + least);
            if (isJson) {
                out().println(audit.toPrettyString());
            } else {
                out().print(AuditText.of(audit));
            }
            out().flush();
            if (!audit.path("findings").isEmpty()) {
                return 1;
            }
            return audit.path("trusted").asBoolean() ? 0 : NOT_ASKED;
        });
        return code == ViewOption.NO_ANSWER ? NOT_ASKED : code;
    }
}
