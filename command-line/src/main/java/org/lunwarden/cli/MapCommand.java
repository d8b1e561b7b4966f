package org.lunwarden.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import org.lunwarden.node.command.AdminCommand;
import org.lunwarden.node.command.AdminCommand.MapAct;
import org.lunwarden.node.why.Subject;

@Command(
        name = "map",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Has this host's daemon do something to a map: its name, WWID or dm device. Needs root.",
            "Exit code: 0 done, 1 refused, 3 no daemon answers."
        })
final class MapCommand extends LunwardenCommand.Subcommand {

    private static final String LABEL = "MAP";

    @Command(
            name = "switch",
            mixinStandardHelpOptions = true,
            description =
                    "Moves a map to one of its groups. Its failback policy goes on: an immediate one moves it back.")
    int switchGroup(
            @Mixin ControlOption control,
            @Parameters(paramLabel = LABEL) String map,
            @Parameters(paramLabel = "GROUP", description = "Counted from 1, as in the kernel's table.") int group) {
        return control.ask(spec(), new AdminCommand.SwitchGroup(new Subject(map), group));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Has I/O that finds no path fail, whatever no_path_retry says.")
    int disablequeueing(@Mixin ControlOption control, @Parameters(paramLabel = LABEL) String map) {
        return ask(control, MapAct.DISABLE_QUEUEING, map);
    }

    @Command(mixinStandardHelpOptions = true, description = "Takes that back: no_path_retry decides again.")
    int restorequeueing(@Mixin ControlOption control, @Parameters(paramLabel = LABEL) String map) {
        return ask(control, MapAct.RESTORE_QUEUEING, map);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Trusts all paths of a map again that were marked, or were found to fail too often.")
    int unsetmarginal(@Mixin ControlOption control, @Parameters(paramLabel = LABEL) String map) {
        return ask(control, MapAct.UNSET_MARGINAL, map);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Gives a map the size that all its paths have. They must agree, and it may become smaller.")
    int resize(@Mixin ControlOption control, @Parameters(paramLabel = LABEL) String map) {
        return ask(control, MapAct.RESIZE, map);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Loads the table of a map once more, though nothing differs.")
    int reload(@Mixin ControlOption control, @Parameters(paramLabel = LABEL) String map) {
        return ask(control, MapAct.RELOAD, map);
    }

    private int ask(ControlOption control, MapAct act, String map) {
        return control.ask(spec(), new AdminCommand.OnMap(act, new Subject(map)));
    }
}
