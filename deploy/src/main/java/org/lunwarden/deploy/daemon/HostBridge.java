package org.lunwarden.deploy.daemon;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostCommands;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.HostReports;

/**
 * What stands between the two halves of a daemon, so that either may start first: the newest report waits for the fleet
 * half, and a command that comes before the host half is refused.
 */
public final class HostBridge implements HostReports, HostCommands {

    private Optional<HostReports> fleet = Optional.empty();
    private Optional<HostReport> waiting = Optional.empty();
    private volatile Optional<HostCommands> host = Optional.empty();

    public void connectHost(HostCommands commands) {
        host = Optional.of(commands);
    }

    public synchronized void connectFleet(HostReports reports) {
        fleet = Optional.of(reports);
        waiting.ifPresent(reports::publish);
        waiting = Optional.empty();
    }

    @Override
    public synchronized void publish(HostReport report) {
        fleet.ifPresentOrElse(reports -> reports.publish(report), () -> waiting = Optional.of(report));
    }

    @Override
    public CompletionStage<HostAnswer> carryOut(HostCommand command) {
        return host.map(commands -> commands.carryOut(command))
                .orElseGet(() -> CompletableFuture.completedStage(
                        new HostAnswer.Refused("the host half of this daemon is not up yet")));
    }
}
