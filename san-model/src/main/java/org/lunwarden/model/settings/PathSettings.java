package org.lunwarden.model.settings;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Effective settings of one path.
 *
 * @param detectChecker check as the device tells that it must be checked, whatever {@code path_checker} says
 * @param prioArgs what the prioritizer is told, as written
 * @param pollingInterval shortest pause between two checks
 * @param maxPollingInterval longest pause; a steady path's pause doubles until it is reached
 * @param checkerTimeout when a check that has not ended counts as timed out
 * @param detectPrio take the priority from ALUA where the device has it, whatever {@code prio} says
 */
public record PathSettings(
        CheckerKind checker,
        boolean detectChecker,
        PrioKind prio,
        boolean detectPrio,
        String prioArgs,
        Duration pollingInterval,
        Duration maxPollingInterval,
        Duration checkerTimeout,
        Precautions precautions) {

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** The same but for the time that a check may take. */
    public PathSettings timingOutAfter(Duration timeout) {
        return new PathSettings(
                checker,
                detectChecker,
                prio,
                detectPrio,
                prioArgs,
                pollingInterval,
                maxPollingInterval,
                timeout,
                precautions);
    }

    /** Whether {@code prio_args} has the word of that name, for the prioritizer {@code alua}. */
    public boolean exclusivePrefBit() {
        return BLANKS.splitAsStream(prioArgs).anyMatch("exclusive_pref_bit"::equals);
    }
}
