package org.lunwarden.path;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.PathSettings;

/**
 * A path between two observations. Pure: no kernel, no actor; the time, as the host's uptime, is told.
 *
 * <p>A path that stays usable is checked ever more rarely: its pause doubles up to the longest; any change, and any check
 * that finds it unusable, brings it back to the shortest. A check that has not come to an end yet ({@code PENDING}) is
 * looked at every second and changes nothing. A device that does not answer is asked once more beside the question that
 * hangs, then not again until it answers; the kernel's word still counts. What an operator failed stays failed, whatever is
 * found; what is held back is delayed for as long as it is good, and checked at the shortest pace.
 *
 * @param found what the checks say, {@code REMOVED} and {@code DISCONNECTED} taken as down
 * @param pause between the polling interval and its maximum
 * @param undecidedSince when its checks began to come to no end, or it was doubted, or taken; empty once a check decided.
 *     The time that was spent on pending checks counts for the pause that follows
 * @param overdue checks past their deadline that were not answered yet, 0 to {@link #MOST_OVERDUE}
 * @param heldBack it is not trusted, however good it is
 */
record PathLife(
        PathState found,
        Duration pause,
        Optional<Duration> undecidedSince,
        int overdue,
        boolean adminFailed,
        boolean heldBack) {

    static final int MOST_OVERDUE = 2;
    static final Duration PENDING_POLL = Duration.ofSeconds(1);

    /** What was seen of a path. */
    sealed interface Observation {}

    /** A check ended. */
    record Checked(PathState observed) implements Observation {}

    /**
     * A check passed its deadline, and may still be answered.
     *
     * @param observed what the checker makes of it
     */
    record Overdue(PathState observed) implements Observation {}

    /**
     * A check was due and not made, since too many hang; the kernel's word says nothing against the path.
     *
     * @param observed what the checker makes of a check that hangs
     */
    record Held(PathState observed) implements Observation {}

    /** An overdue check was answered after all. Its answer is old; that the device answers is news. */
    record AnsweredLate() implements Observation {}

    /** It may not be the unit it was: a check must prove that it can be used. */
    record Doubted() implements Observation {}

    /** The kernel gave it up: a check must prove that it can be used. */
    record FailedByKernel() implements Observation {}

    /** Its disk calls itself another unit: it is out until a check proves otherwise. */
    record Denied() implements Observation {}

    record FailedByAdmin() implements Observation {}

    /** It may be used as far as the operator is concerned; nobody has asked it whether it is still the unit it was. */
    record ReinstatedByAdmin() implements Observation {}

    /** @param check when to check next, from now */
    record Step(PathLife next, Duration check) {}

    static PathLife unchecked(PathSettings settings, boolean adminFailed, Duration now) {
        return new PathLife(PathState.UNCHECKED, settings.pollingInterval(), Optional.of(now), 0, adminFailed, false);
    }

    /** The state to report: an operator's word counts more than a check's. */
    PathState state() {
        if (adminFailed && (found.isUsable() || found == PathState.PENDING)) {
            return PathState.DOWN;
        }
        return heldBack && found.isUsable() ? PathState.DELAYED : found;
    }

    boolean isUnchecked() {
        return found == PathState.UNCHECKED;
    }

    /** Whether the path is not in use, so that it must prove what it is before it comes into use, the first time too. */
    boolean isOut() {
        return adminFailed || heldBack || !found.isUsable();
    }

    /** Whether no check has decided for that long. */
    boolean isUndecidedFor(Duration time, Duration now) {
        return undecidedFor(now).compareTo(time) >= 0;
    }

    boolean mayCheck() {
        return overdue < MOST_OVERDUE;
    }

    Step observe(Observation observation, PathSettings settings, Spread spread, Duration now) {
        return switch (observation) {
            case Checked(var observed) -> checked(observed, settings, spread, now);
            case Overdue(var observed) ->
                withOverdue(Math.min(overdue + 1, MOST_OVERDUE)).checked(observed, settings, spread, now);
            case Held(var observed) -> checked(observed, settings, spread, now);
            case AnsweredLate() -> new Step(withOverdue(Math.max(overdue - 1, 0)), Duration.ZERO);
            case Doubted() -> new Step(doubted(settings, now), Duration.ZERO);
            case FailedByKernel() -> new Step(doubted(settings, now), Duration.ZERO);
            case Denied() -> new Step(denied(settings), Duration.ZERO);
            case FailedByAdmin() -> new Step(withAdminFailed(true), pause);
            case ReinstatedByAdmin() -> new Step(withAdminFailed(false).doubted(settings, now), Duration.ZERO);
        };
    }

    /** The same path under other settings. */
    PathLife under(PathSettings settings) {
        var atLeast = longer(pause, settings.pollingInterval());
        return new PathLife(
                found, shorter(atLeast, settings.maxPollingInterval()), undecidedSince, overdue, adminFailed, heldBack);
    }

    /** The same path, trusted or not. */
    PathLife heldBack(boolean held) {
        return new PathLife(found, pause, undecidedSince, overdue, adminFailed, held);
    }

    /** What hung belonged to a probe that is closed. */
    PathLife withFreshProbe() {
        return withOverdue(0);
    }

    private Step checked(PathState observed, PathSettings settings, Spread spread, Duration now) {
        return switch (observed) {
            case PENDING -> {
                var since = Optional.of(undecidedSince.orElse(now));
                yield new Step(undecided(observed, pause, settings, since), PENDING_POLL);
            }
            case WILD, UNCHECKED ->
                new Step(
                        undecided(observed, settings.pollingInterval(), settings, Optional.empty()),
                        settings.pollingInterval());
            case REMOVED, DISCONNECTED -> decided(PathState.DOWN, settings, spread, now);
            case DOWN, UP, SHAKY, GHOST, TIMEOUT, DELAYED -> decided(observed, settings, spread, now);
        };
    }

    private PathLife doubted(PathSettings settings, Duration now) {
        return found.isUsable()
                ? new PathLife(
                        PathState.PENDING, settings.pollingInterval(), Optional.of(now), overdue, adminFailed, heldBack)
                : this;
    }

    private PathLife denied(PathSettings settings) {
        return new PathLife(
                PathState.DOWN, settings.pollingInterval(), Optional.empty(), overdue, adminFailed, heldBack);
    }

    /**
     * The state before still holds, when there was one; but what is good and kept out of use must prove itself anew.
     *
     * @param held the pause that goes with a state that holds: one slow answer does not begin its doubling anew
     */
    private PathLife undecided(PathState observed, Duration held, PathSettings settings, Optional<Duration> since) {
        return isDecided() && !(isOut() && found.isUsable())
                ? new PathLife(found, held, since, overdue, adminFailed, heldBack)
                : new PathLife(observed, settings.pollingInterval(), since, overdue, adminFailed, heldBack);
    }

    private Step decided(PathState settled, PathSettings settings, Spread spread, Duration now) {
        var shortest = settings.pollingInterval();
        if (settled != found) {
            var changed = new PathLife(settled, shortest, Optional.empty(), overdue, adminFailed, heldBack);
            return new Step(changed, lessPolled(spread.between(shortest.dividedBy(2), shortest), now));
        }
        if (!settled.isUsable() || heldBack) {
            var still = new PathLife(settled, shortest, Optional.empty(), overdue, adminFailed, heldBack);
            return new Step(still, rest(spread, shortest, now));
        }
        var grown = shorter(pause.multipliedBy(2), settings.maxPollingInterval());
        var steady = new PathLife(settled, grown, Optional.empty(), overdue, adminFailed, heldBack);
        return new Step(
                steady,
                grown.compareTo(pause) > 0 ? lessPolled(spread.between(pause, grown), now) : rest(spread, grown, now));
    }

    private Duration lessPolled(Duration delay, Duration now) {
        return longer(delay.minus(polled(now)), shorter(delay, PENDING_POLL));
    }

    private Duration rest(Spread spread, Duration interval, Duration now) {
        return spread.rest(
                now, interval, polled(now).isZero() ? interval.dividedBy(2) : shorter(interval, PENDING_POLL));
    }

    /** What went by since the last check was due. */
    private Duration polled(Duration now) {
        return isUnchecked() ? Duration.ZERO : undecidedFor(now);
    }

    private Duration undecidedFor(Duration now) {
        return undecidedSince.map(now::minus).orElse(Duration.ZERO);
    }

    private boolean isDecided() {
        return switch (found) {
            case WILD, UNCHECKED, PENDING -> false;
            case DOWN, UP, SHAKY, GHOST, TIMEOUT, REMOVED, DELAYED, DISCONNECTED -> true;
        };
    }

    private PathLife withOverdue(int count) {
        return new PathLife(found, pause, undecidedSince, count, adminFailed, heldBack);
    }

    private PathLife withAdminFailed(boolean failed) {
        return new PathLife(found, pause, undecidedSince, overdue, failed, heldBack);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
