package org.lunwarden.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import org.lunwarden.node.command.AdminCommand;
import org.lunwarden.node.why.Subject;

@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = {
            "Asks this host's daemon why a disk is a path or none, why a map is as it is, or why there is none: what decided",
            "it, how it is, what it waits for. Needs root.",
            "Exit code: 0 answered, 1 there is no such disk or map, 3 no daemon answers."
        })
final class WhyCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Mixin
    private ControlOption control = new ControlOption();

    @Parameters(
            paramLabel = "DISK|MAP",
            description = "For example sda, 2:0:0:1, 8:16, /dev/sda; mpatha, dm-0, a WWID, /dev/mapper/mpatha.")
    private String subject = "";

    @Override
    public Integer call() {
        return control.ask(spec(), new AdminCommand.Why(new Subject(subject)));
    }
}
