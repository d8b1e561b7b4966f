package org.lunwarden.map.queueing;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.NoPathRetry;

/**
 * Whether a map's I/O waits for a path, and how often and how long it had to. Time is the host's uptime.
 *
 * <p>An operator's word holds until he takes it back, whatever the settings say.
 */
public final class Queueing {

    private NoPathWatch watch = NoPathWatch.CALM;
    private boolean disabled;
    /** Whether the kernel kept I/O before an operator disabled that. */
    private boolean kept;
    /** It is to keep I/O again, though it does not. */
    private boolean owed;

    private boolean hadPath;
    /** Whether there was no path and I/O waited for one. */
    private boolean waited;
    /** Whether there was no path and I/O failed. */
    private boolean failing;

    private Duration since = Duration.ZERO;
    private Duration queued = Duration.ZERO;
    private long timeouts;
    private long failures;

    /**
     * Takes in what the map's I/O may hope for now.
     *
     * @param keeps whether the kernel keeps I/O that finds no path
     */
    public void follow(Duration now, MapSettings settings, NoPathWatch.Hope hope, boolean keeps) {
        var before = watch;
        watch = watch.at(now, settings.noPathRetry(), settings.retryInterval(), hope);
        count(before, now);
        if (!disabled) {
            owed &= !keeps;
            kept = keeps || owed;
        }
        var wanted = wanted(settings.noPathRetry(), keeps);
        fails(!hope.usable() && !wanted);
        waited = !hope.usable() && wanted;
        hadPath = hope.usable();
    }

    private void count(NoPathWatch before, Duration now) {
        if (before.failAt().isEmpty() && watch.failAt().isPresent()) {
            since = now;
            timeouts++;
        } else if (before.failAt().isPresent() && watch.failAt().isEmpty()) {
            var end = watch.expired() ? before.failAt().get() : now;
            queued = queued.plus(end.minus(since));
        }
    }

    /** Counted once for each time, whatever it came from: a path lost, a countdown, an operator's word. */
    private void fails(boolean now) {
        if (now && !failing && (hadPath || waited)) {
            failures++;
        }
        failing = now;
    }

    /** I/O without a path fails from now on, whatever {@code no_path_retry} says. */
    public void disable() {
        fails(failing || waited);
        waited = false;
        disabled = true;
    }

    /** {@code no_path_retry} decides again. */
    public void restore() {
        owed = kept;
        disabled = false;
    }

    /**
     * Whether the kernel is to keep I/O that finds no path.
     *
     * @param keeps whether it does
     */
    public boolean wanted(NoPathRetry retry, boolean keeps) {
        return !disabled && watch.queueing(retry, keeps || owed);
    }

    /** When the waiting I/O is to fail; empty while no countdown runs. */
    public Optional<Duration> failAt() {
        return watch.failAt();
    }

    /** Another policy begins anew. */
    public void settingsChanged(Duration now) {
        var before = watch;
        watch = NoPathWatch.CALM;
        count(before, now);
    }

    /** Counts anew; of a countdown that runs what is left of it. */
    public void resetCounters(Duration now) {
        since = now;
        queued = Duration.ZERO;
        timeouts = 0;
        failures = 0;
    }

    public long timeouts() {
        return timeouts;
    }

    public long failures() {
        return failures;
    }

    public Duration queued(Duration now) {
        return watch.failAt().isEmpty() ? queued : queued.plus(now.minus(since));
    }
}
