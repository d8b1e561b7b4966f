package org.lunwarden.cli;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.lunwarden.model.Component;

@Command(
        name = "silence",
        mixinStandardHelpOptions = true,
        description = {
            "Has the views tell nobody of incidents for a while, by their ids or by what they are about: an incident is",
            "silenced when its cause is one of these components, or when all of it crosses them. With neither, lists the",
            "silences; with --end, ends one. That an incident is over is told all the same.",
            "Exit code: 0 done, 3 the view does not answer, or refuses."
        })
final class SilenceCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Mixin
    private final ViewOption view = new ViewOption();

    @Mixin
    private final WindowOptions window = new WindowOptions();

    @Option(names = "--incident", paramLabel = "ID", description = "An incident; can be repeated.")
    private List<String> incidents = List.of();

    @Parameters(
            paramLabel = "CLASS:ID",
            arity = "0..*",
            converter = ComponentWords.class,
            description = "Components, such as switch:100050eb1a2b3c4d/12, array:arr1, host:db-17.")
    private List<Component> components = List.of();

    @Override
    public Integer call() throws InterruptedException {
        return window.talk(this, view, "/api/v1/silences", components, incidents);
    }
}
