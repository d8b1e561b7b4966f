package org.lunwarden.fleet.localization;

import org.lunwarden.model.fleet.NexusState;

/**
 * What one row says.
 *
 * @param share from 0 (all of it works) to 1 (all of it failed); counts only when the state is {@code PARTIAL}
 * @param changedAt when the state last changed, Unix milliseconds; {@link #NO_TIME} when not known
 * @param reportedAt when the host said so, Unix milliseconds; {@link #NO_TIME} when not known
 */
public record RowReading(NexusState state, double share, long changedAt, long reportedAt) {

    public static final long NO_TIME = Long.MIN_VALUE;

    /** Of a part that failed, at least so much is counted and at most so much, since it is a part. */
    private static final double LEAST = 0.01;

    /** The share as evidence. */
    double failedShare() {
        return switch (state) {
            case DOWN -> 1;
            case PARTIAL -> Double.isNaN(share) ? 0.5 : Math.clamp(share, LEAST, 1);
            case UP, ADMIN, UNKNOWN -> 0;
        };
    }

    /** Whether it replaces what was read before, in whatever order both come. */
    boolean isNewerThan(RowReading before) {
        if (reportedAt != before.reportedAt) {
            return reportedAt > before.reportedAt;
        }
        if (changedAt != before.changedAt) {
            return changedAt > before.changedAt;
        }
        return state != before.state ? state.compareTo(before.state) > 0 : share > before.share;
    }
}
