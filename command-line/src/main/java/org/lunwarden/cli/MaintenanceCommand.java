package org.lunwarden.cli;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import org.lunwarden.model.Component;

@Command(
        name = "maintenance",
        mixinStandardHelpOptions = true,
        description = {
            "Tells the views what is worked on for a while: failures through these components are explained, and no",
            "incident comes of them; whatever else fails is told as ever. Without components, lists what is planned; with",
            "--end, ends one, and what is still down then is told.",
            "Exit code: 0 done, 3 the view does not answer, or refuses."
        })
final class MaintenanceCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Mixin
    private final ViewOption view = new ViewOption();

    @Mixin
    private final WindowOptions window = new WindowOptions();

    @Parameters(
            paramLabel = "CLASS:ID",
            arity = "0..*",
            converter = ComponentWords.class,
            description = "Components, such as switch:100050eb1a2b3c4d/12, array:arr1, host:db-17.")
    private List<Component> components = List.of();

    @Override
    public Integer call() throws InterruptedException {
        return window.talk(this, view, "/api/v1/maintenance", components, List.of());
    }
}
