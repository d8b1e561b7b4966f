package org.lunwarden.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import org.lunwarden.node.command.AdminCommand;
import org.lunwarden.node.command.AdminCommand.PathAct;
import org.lunwarden.node.why.Subject;

@Command(
        name = "path",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Has this host's daemon do something to a path: a disk's name, number (8:16) or SCSI address. Needs root.",
            "Exit code: 0 done, 1 refused, 3 no daemon answers."
        })
final class PathCommand extends LunwardenCommand.Subcommand {

    private static final String LABEL = "PATH";

    @Command(
            mixinStandardHelpOptions = true,
            description = "Takes a path out of use until it is reinstated, whatever its checks find.")
    int fail(@Mixin ControlOption control, @Parameters(paramLabel = LABEL) String path) {
        return ask(control, PathAct.FAIL, path);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Takes that back: the path comes into use when a check finds it good and the unit it was.")
    int reinstate(@Mixin ControlOption control, @Parameters(paramLabel = LABEL) String path) {
        return ask(control, PathAct.REINSTATE, path);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Puts a path into a group behind all others. Needs marginal_pathgroups in multipath.conf.")
    int setmarginal(@Mixin ControlOption control, @Parameters(paramLabel = LABEL) String path) {
        return ask(control, PathAct.SET_MARGINAL, path);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Trusts a path again that was marked, or was found to fail too often.")
    int unsetmarginal(@Mixin ControlOption control, @Parameters(paramLabel = LABEL) String path) {
        return ask(control, PathAct.UNSET_MARGINAL, path);
    }

    private int ask(ControlOption control, PathAct act, String path) {
        return control.ask(spec(), new AdminCommand.OnPath(act, new Subject(path)));
    }
}
