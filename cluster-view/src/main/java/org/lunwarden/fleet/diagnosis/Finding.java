package org.lunwarden.fleet.diagnosis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One cause, and what it explains.
 *
 * @param suspects most likely first, never empty; more than one when the evidence does not suffice to name one
 * @param doubt why it does not suffice, in words; empty when the first suspect is named
 * @param runnerUp the best explanation of the same nexuses that was not taken
 * @param gap how much likelier the first suspect is than the runner-up, as a natural logarithm
 * @param members the failed nexuses it explains, sorted
 * @param hosts how many hosts these are of
 * @param onset when the first of them failed
 */
public record Finding(
        Kind kind,
        List<Suspect> suspects,
        String doubt,
        Optional<Suspect> runnerUp,
        double gap,
        List<Member> members,
        int hosts,
        Instant onset) {

    public enum Kind {
        /** Something failed. */
        FAULT,
        /** Hosts do not report: nothing is known of their nexuses, which are the members. */
        SILENCE
    }

    public Finding {
        suspects = List.copyOf(suspects);
        members = List.copyOf(members);
    }

    public Suspect first() {
        return suspects.getFirst();
    }

    /** Whether the first suspect is named as the cause. */
    public boolean isNamed() {
        return doubt.isEmpty();
    }
}
