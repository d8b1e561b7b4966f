package org.lunwarden.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a fleet on this machine: one view and a dozen hosts over a simulated SAN of two fabrics and two arrays.",
            "Its page lets you fail and restore any component, and shows the incident and the failback as they happen."
        })
final class DemoCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Option(
            names = "--script",
            paramLabel = "STORY",
            description = "Tell a story without a browser, one JSON object a line, and exit: switch-failure.")
    private @Nullable String script;

    @Option(names = "--hosts", paramLabel = "N", defaultValue = "12", description = "Hosts, 2 to 64. Default: 12.")
    private int hosts;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8480", description = "Of the page. Default: 8480.")
    private int port;

    @Override
    public Integer call() {
        if (hosts < 2 || hosts > 64 || port < 0 || port > 65_535) {
            err().println("lunwarden: --hosts takes 2 to 64, --port 0 to 65535");
            return 2;
        }
        return launch().demo(new Launch.DemoOptions(Optional.ofNullable(script), hosts, port));
    }
}
