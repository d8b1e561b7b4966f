package org.lunwarden.model.settings;

import java.time.Duration;

/**
 * Effective settings of one path.
 *
 * @param pollingInterval shortest pause between two checks
 * @param maxPollingInterval longest pause; a steady path's pause doubles until it is reached
 * @param checkerTimeout when a check that has not ended counts as timed out
 * @param detectPrio take the priority from ALUA where the device has it, whatever {@code prio} says
 */
public record PathSettings(
        CheckerKind checker,
        PrioKind prio,
        boolean detectPrio,
        boolean exclusivePrefBit,
        Duration pollingInterval,
        Duration maxPollingInterval,
        Duration checkerTimeout) {}
