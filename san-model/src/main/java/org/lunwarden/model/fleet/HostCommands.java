package org.lunwarden.model.fleet;

import java.util.concurrent.CompletionStage;

/** How the fleet half reaches the host half. Never blocks; the stage never fails, it answers {@code Refused}. */
@FunctionalInterface
public interface HostCommands {

    CompletionStage<HostAnswer> carryOut(HostCommand command);
}
