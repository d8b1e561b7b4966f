package org.lunwarden.cli;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.lunwarden.model.Component;

@Command(
        name = "impact",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a view what happens on every host and map if these components go down together now: fine, reduced,",
            "one fabric left, outage, or unknown, which is never counted as fine. For several it also gives an order in",
            "which they can go down one after the other. Changes nothing.",
            "Exit code: 0 no map loses its last path, 1 one does or too little is known, 3 the view does not answer."
        })
final class ImpactCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Mixin
    private final ViewOption view = new ViewOption();

    @Parameters(
            paramLabel = "CLASS:ID",
            arity = "1..*",
            converter = ComponentWords.class,
            description = "Components, such as switch:100050eb1a2b3c4d/12, targetPort:500a09800001, array:arr1.")
    private List<Component> components = List.of();

    @Option(names = "--json", description = "Print the view's answer as it is.")
    private boolean isJson;

    @Override
    public Integer call() throws InterruptedException {
        return view.ask(err(), asked -> {
            var impact = asked.post("/api/v1/impact", ComponentWords.request(components));
            if (isJson) {
                out().println(impact.toPrettyString());
            } else {
                out().print(ImpactText.of(impact));
            }
            out().flush();
            return impact.path("safe").asBoolean() ? 0 : 1;
        });
    }
}
