package org.lunwarden.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import org.lunwarden.cli.config.DaemonConfig.Kind;

@Command(
        name = "view",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a view: a member that holds the state of the whole fleet and serves the HTTP API and the page.",
            "It touches no device. Run three to seven of them, on machines that do not boot from the SAN they watch."
        })
final class ViewCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Mixin
    private LunwardenCommand.ConfigOption config = new LunwardenCommand.ConfigOption();

    @Override
    public Integer call() {
        return LunwardenCommand.configured(spec(), launch(), config.file(), Kind.VIEW, launch()::view);
    }
}
