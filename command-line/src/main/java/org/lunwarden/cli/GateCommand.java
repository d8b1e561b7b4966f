package org.lunwarden.cli;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import org.lunwarden.model.Component;

@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a view whether all that was up through these components before a step is up again. What was down",
            "a minute before already does not count. Run it after each step of an upgrade, a minute after it began at the",
            "earliest, until it says that the gate is open.",
            "Exit code: 0 the gate is open, 1 it is shut, 3 the view does not answer."
        })
final class GateCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Mixin
    private final ViewOption view = new ViewOption();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            required = true,
            description = "When the step began, such as 2026-03-01T10:00:00Z.")
    private String since = "";

    @Parameters(
            paramLabel = "CLASS:ID",
            arity = "1..*",
            converter = ComponentWords.class,
            description = "The components of the step.")
    private List<Component> components = List.of();

    @Option(
            names = "--before",
            paramLabel = "NUMBER",
            split = ",",
            description = {
                "NEXUSES,PATHS: what went through before the step, as lunwarden impact printed it. With less, the gate",
                "is shut."
            })
    private List<Integer> before = List.of();

    @Option(names = "--json", description = "Print the view's answer as it is.")
    private boolean isJson;

    @Override
    public Integer call() throws InterruptedException {
        if (!before.isEmpty() && before.size() != 2) {
            throw new ParameterException(spec().commandLine(), "--before takes two numbers: NEXUSES,PATHS");
        }
        return view.ask(err(), asked -> {
            var request = ComponentWords.request(components).put("since", since);
            if (!before.isEmpty()) {
                request.putObject("before").put("nexuses", before.getFirst()).put("upPaths", before.getLast());
            }
            var gate = asked.post("/api/v1/gate", request);
            if (isJson) {
                out().println(gate.toPrettyString());
            } else {
                out().print(ImpactText.ofGate(gate));
            }
            out().flush();
            return gate.path("open").asBoolean() ? 0 : 1;
        });
    }
}
