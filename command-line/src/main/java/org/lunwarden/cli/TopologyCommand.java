package org.lunwarden.cli;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import org.lunwarden.cli.config.DaemonConfig.Kind;
import org.lunwarden.cli.config.DaemonSettings;
import org.lunwarden.model.map.TopologyText;

@Command(
        name = "topology",
        mixinStandardHelpOptions = true,
        description = {
            "Shows this host's maps in the layout of `multipath -ll`. Reads only, needs root and no daemon: it looks at",
            "the kernel's maps and checks each path once."
        })
final class TopologyCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Mixin
    private LunwardenCommand.ConfigOption config = new LunwardenCommand.ConfigOption();

    @Override
    public Integer call() {
        return LunwardenCommand.configured(spec(), launch(), config.file(), Kind.NODE, this::show);
    }

    private int show(DaemonSettings settings) {
        var survey = launch().survey(settings);
        survey.maps().forEach(map -> out().print(TopologyText.format(List.of(map))));
        out().flush();
        survey.problems().forEach(problem -> err().println("lunwarden: " + problem));
        return survey.problems().isEmpty() ? 0 : 1;
    }
}
