package org.lunwarden.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.lunwarden.fleet.wire.Wire;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.Epoch;

/**
 * How a coordinated failback stands. The same on every view.
 *
 * @param by who wanted it
 * @param epoch of the plan; every plan has one of its own, and every coordinator that goes on with it a higher one
 * @param stepsDone of {@code steps} that the plan has; hosts that share a LUN move in one step
 * @param mapsDone maps that are on their best group since their step, or were already
 * @param maps that the plan moves, without those that were left out on the way
 * @param reason why it stopped; empty otherwise
 * @param log what was done and seen, oldest first
 */
public record FailbackProgress(
        String id,
        Optional<Component> component,
        String by,
        Epoch epoch,
        Phase phase,
        int stepsDone,
        int steps,
        int mapsDone,
        int maps,
        String reason,
        Instant startedAt,
        Instant changedAt,
        List<Entry> log)
        implements Wire {

    public FailbackProgress {
        log = List.copyOf(log);
    }

    public enum Phase {
        RUNNING,
        /** Nothing new is begun until somebody has it go on. */
        PAUSED,
        DONE,
        /** Ended at the first surprise, or by an operator; what was moved stays moved. */
        STOPPED;

        boolean isLive() {
            return this == RUNNING || this == PAUSED;
        }
    }

    public record Entry(Instant at, String text) {}
}
