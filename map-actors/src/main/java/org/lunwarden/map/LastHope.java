package org.lunwarden.map;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;

/**
 * Which path that is held back is to be used when nothing else is left: one after the other, since a path that is asked for
 * is trusted anew, and what is held against the others shall not be forgotten with it.
 */
final class LastHope {

    /** As a rule a path has proven itself, or has failed, long before: I/O waits for it. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private record Asked(DevT path, Duration at) {}

    private Optional<Asked> last = Optional.empty();
    /** Asked for, and not heard of since. */
    private final Set<DevT> asked = new HashSet<>();

    void pathSpoke(DevT path) {
        asked.remove(path);
    }

    /**
     * The path to ask for now, if any. Each is asked for once for each report of it.
     *
     * @param heldBack all that is left, the best first
     */
    Optional<DevT> next(List<DevT> heldBack, List<PathReport> paths, Duration now) {
        var isOpen = last.filter(one -> now.minus(one.at()).compareTo(PATIENCE) < 0 && isOpen(one.path(), paths))
                .isPresent();
        if (isOpen) {
            return Optional.empty();
        }
        var next = heldBack.stream().filter(path -> !asked.contains(path)).findFirst();
        next.ifPresent(path -> {
            asked.add(path);
            last = Optional.of(new Asked(path, now));
        });
        return next;
    }

    /** Whether it may yet come into use. */
    private boolean isOpen(DevT path, List<PathReport> paths) {
        return paths.stream()
                .filter(report -> report.device().equals(path))
                .anyMatch(report ->
                        report.isUndecided() || (report.state() == PathState.DELAYED && asked.contains(path)));
    }

    /** When the next one is to be asked for at the latest. */
    Stream<Duration> waitUntil() {
        return last.stream().map(one -> one.at().plus(PATIENCE));
    }
}
