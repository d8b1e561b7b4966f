package org.lunwarden.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a view how the fleet is: open incidents first, then hosts that are hurt, then what could not be told.",
            "Exit code: 0 all is well, 1 something is open, 3 the view does not answer."
        })
final class StatusCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Mixin
    private final ViewOption view = new ViewOption();

    @Override
    public Integer call() throws InterruptedException {
        return view.ask(err(), asked -> {
            var fleet = asked.get("/api/v1/fleet");
            var incidents = asked.get("/api/v1/incidents?open=true");
            var hosts = asked.get("/api/v1/hosts?limit=10000");
            var text = StatusText.of(fleet, incidents, hosts);
            out().print(text.text());
            out().flush();
            return text.isWell() ? 0 : 1;
        });
    }
}
