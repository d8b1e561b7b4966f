package org.lunwarden.node;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer.Refused;
import org.lunwarden.model.fleet.HostCommand;

/**
 * Lets through failback steps of the newest plan only, and none that was too long on its way: epochs never go back, and
 * each belongs to one plan. What a daemon before this one has seen is not known; so a step that was meant for that one is
 * refused whatever its epoch, and nothing has to be remembered on a disk. Pure.
 *
 * @param daemon this one
 * @param epoch the highest seen
 * @param plan of that epoch
 */
record FailbackGate(DaemonRun daemon, Epoch epoch, String plan) {

    static FailbackGate open(DaemonRun daemon) {
        return new FailbackGate(daemon, Epoch.NONE, "");
    }

    /** Why the step is refused; empty when it may be done. */
    Optional<Refused> refusal(HostCommand.OfFailback step, Duration uptime) {
        if (!daemon.equals(step.daemon())) {
            return Optional.of(new Refused("the step is for another run of this host's daemon"));
        }
        if (!FailbackTerm.isUsable(step.patience())) {
            return Optional.of(new Refused("a patience of " + step.patience() + " is not to be worked with"));
        }
        if (step.epoch().isOlderThan(epoch)) {
            return refused("epoch " + step.epoch() + " is older than " + epoch + ", seen with plan " + plan);
        }
        if (step.epoch().equals(epoch) && !step.plan().equals(plan)) {
            return refused("epoch " + step.epoch() + " is that of plan " + plan);
        }
        var late = uptime.minus(step.notAfter());
        return late.isPositive()
                ? Optional.of(new Refused("the step ended " + late.toMillis() + " ms before it was looked at"))
                : Optional.empty();
    }

    private Optional<Refused> refused(String reason) {
        return Optional.of(new Refused(reason, Optional.of(epoch)));
    }

    /** After a step that was let through. */
    FailbackGate after(HostCommand.OfFailback step) {
        return new FailbackGate(daemon, step.epoch(), step.plan());
    }
}
