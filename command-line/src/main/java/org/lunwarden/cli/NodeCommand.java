package org.lunwarden.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import org.lunwarden.cli.config.DaemonConfig.Kind;

@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the daemon of this host: finds paths, builds and keeps maps, and shares what it sees with the fleet.",
            "Needs root. SIGTERM ends it; maps and their I/O go on without it."
        })
final class NodeCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Mixin
    private LunwardenCommand.ConfigOption config = new LunwardenCommand.ConfigOption();

    @Override
    public Integer call() {
        return LunwardenCommand.configured(spec(), launch(), config.file(), Kind.NODE, launch()::node);
    }
}
