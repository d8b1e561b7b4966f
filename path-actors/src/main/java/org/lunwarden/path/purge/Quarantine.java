package org.lunwarden.path.purge;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.PathSettings;

/**
 * A device of which the array said that the unit is not mapped any more ({@code purge_disconnected}). Pure.
 *
 * <p>An array says so too while it is being reconfigured, and a device that is taken from the host comes back only with a
 * rescan. So the word must hold: {@link #CONFIRMATIONS} checks in a row, over no less than the longest pause between two.
 *
 * @param since the first of those checks; empty when the last check said anything else
 * @param checks how many they are
 */
public record Quarantine(Optional<Duration> since, int checks) {

    static final int CONFIRMATIONS = 3;

    public static final Quarantine NONE = new Quarantine(Optional.empty(), 0);

    /** @param observed by a check, as the checker sees it */
    public Quarantine after(PathState observed, PathSettings settings, Duration now) {
        return switch (observed) {
            case DISCONNECTED ->
                settings.precautions().purgeDisconnected()
                        ? new Quarantine(since.or(() -> Optional.of(now)), Math.min(checks + 1, CONFIRMATIONS))
                        : NONE;
            case PENDING, WILD, UNCHECKED -> this;
            case UP, GHOST, DOWN, SHAKY, TIMEOUT, REMOVED, DELAYED -> NONE;
        };
    }

    /** Whether the array said last that the unit is not mapped any more. */
    public boolean isMarked() {
        return checks > 0;
    }

    /** Whether the device may go, if its map can spare it. */
    public boolean isOver(PathSettings settings, Duration now) {
        return checks >= CONFIRMATIONS
                && since.filter(first -> now.minus(first).compareTo(settings.maxPollingInterval()) >= 0)
                        .isPresent();
    }

    /** What it waits for, in words; empty when it is in none. */
    public String why(PathSettings settings) {
        return since.map(first -> "quarantined: the array does not map its unit any more; removed from the host when "
                        + CONFIRMATIONS + " checks over "
                        + settings.maxPollingInterval().toSeconds()
                        + " s have confirmed it and its map has another usable path")
                .orElse("");
    }
}
