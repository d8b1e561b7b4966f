package org.lunwarden.map;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.map.group.PathGroup;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.DevT;
import org.lunwarden.model.map.PathReport;

/** Paths that the kernel gave up though their checks are good: they are reinstated ever more rarely. */
final class KernelFailures {

    private final Map<DevT, Backoff> pauses = new HashMap<>();

    /**
     * Takes in what the kernel has now, after an act.
     *
     * @return paths that were active, are not any more, and that we would use; those too that were failed before the map
     *     could be read, since nobody has proved them after that
     */
    List<DevT> seen(
            Optional<KernelMap> before,
            Optional<KernelMap> after,
            MapAction done,
            Collection<PathReport> paths,
            Duration retryInterval,
            Duration now) {
        if (after.isEmpty()) {
            pauses.clear();
            return List.of();
        }
        var failed = failed(before, after.get(), done, paths);
        failed.forEach(path -> pauses.merge(
                path,
                Backoff.starting(now, retryInterval),
                (old, fresh) -> old.isForgotten(now) ? fresh : old.again(now)));
        return failed;
    }

    private List<DevT> failed(
            Optional<KernelMap> before, KernelMap after, MapAction done, Collection<PathReport> paths) {
        var told = done instanceof MapAction.Tell(var messages) ? Set.copyOf(messages) : Set.<String>of();
        var failed = new ArrayList<DevT>();
        for (var path : paths) {
            var was = before.map(map -> map.active(path.device()).orElse(false))
                    .orElseGet(() -> !pauses.containsKey(path.device()));
            var is = after.active(path.device()).orElse(true);
            if (was && !is && PathGroup.isUsable(path) && !told.contains("fail_path " + path.device())) {
                failed.add(path.device());
            }
        }
        return failed;
    }

    /** Its check is good. */
    void pathIsGood(DevT path, Duration now) {
        pauses.computeIfPresent(path, (same, failure) -> failure.goodNews(now));
    }

    void pathGone(DevT path) {
        pauses.remove(path);
    }

    Set<DevT> waiting(Duration now) {
        return Backoff.waiting(pauses, now);
    }

    Stream<Duration> waitUntil() {
        return pauses.values().stream().map(Backoff::until);
    }

    /** Its check fails, too: the kernel was right, and when the check is good again there is nothing to doubt. */
    void checkAgrees(DevT path) {
        pauses.remove(path);
    }
}
