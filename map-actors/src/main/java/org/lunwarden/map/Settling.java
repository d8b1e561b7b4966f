package org.lunwarden.map;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.MapSettings;

/** Whether the set of paths and their priorities have come to rest, so that a table may be made of them. */
final class Settling {

    /** How long the set of paths waits for those that have not spoken, once one is usable. */
    static final Duration PATIENCE = Duration.ofSeconds(2);
    /** The longest that it waits where the first took longer than that: a host with thousands of paths gets round to all of them. */
    static final Duration MOST_PATIENCE = Duration.ofSeconds(10);
    /** How long priorities must be quiet before groups follow them: an array moves its ports one by one. */
    static final Duration REGROUP = Duration.ofSeconds(1);

    private Optional<Duration> cameAt = Optional.empty();
    private Optional<Duration> settleBy = Optional.empty();
    private Optional<Duration> regroupAt = Optional.of(Duration.ZERO);

    /** Nothing was heard of that path before. */
    void pathCame(Duration now) {
        cameAt = Optional.of(now);
        settleBy = Optional.empty();
    }

    /** @param isNew whether the kernel has no such map yet: I/O that waits for one is not kept waiting */
    void pathSpoke(KnownPaths paths, boolean isNew, Duration now) {
        if (settleBy.isEmpty() && (paths.anyUsable() || !paths.anyUnchecked())) {
            settleBy = Optional.of(now.plus(isNew ? patience(now) : PATIENCE));
        }
    }

    /** The others have as long again as the first one took. */
    private Duration patience(Duration now) {
        var took = cameAt.map(now::minus).orElse(Duration.ZERO);
        return Collections.max(List.of(PATIENCE, Collections.min(List.of(took, MOST_PATIENCE))));
    }

    void pathChanged(PathReport before, PathReport after, MapSettings settings, Duration now) {
        if (asksForNewGroups(before, after, settings)) {
            regroupAt = Optional.of(now.plus(REGROUP));
        }
    }

    private static boolean asksForNewGroups(PathReport before, PathReport after, MapSettings settings) {
        var changed = !before.priority().equals(after.priority()) || before.aluaPriority() != after.aluaPriority();
        if (before.grouping().marginal() != after.grouping().marginal()
                || before.grouping().portGroup() != after.grouping().portGroup()) {
            return true;
        }
        return changed
                && before.state() != PathState.UNCHECKED
                && (!before.priority().isDefined() || settings.failback() instanceof Failback.Immediate);
    }

    void regroupNow(Duration now) {
        regroupAt = Optional.of(now);
    }

    void tableLoaded(KnownPaths paths, Duration now) {
        settleBy = paths.anyUnchecked() ? settleBy : Optional.empty();
        regroupAt = regroupAt.filter(due -> due.compareTo(now) > 0);
    }

    /** The kernel's table has paths that nobody has told of. */
    void kernelHas(Set<DevT> strangers, Duration now) {
        if (settleBy.isEmpty() && !strangers.isEmpty()) {
            settleBy = Optional.of(now.plus(PATIENCE));
        }
    }

    /** The groups are as they should be. */
    void regrouped() {
        regroupAt = Optional.empty();
    }

    boolean isSettled(KnownPaths paths, Optional<KernelMap> kernel, Duration now) {
        return (!paths.anyUnchecked() && paths.strangers(kernel).isEmpty())
                || settleBy.filter(due -> now.compareTo(due) >= 0).isPresent();
    }

    boolean isRegroupDue(Duration now) {
        return regroupAt.filter(due -> now.compareTo(due) >= 0).isPresent();
    }

    /** Whether groups are yet to follow priorities that moved. */
    boolean awaitsRegroup() {
        return regroupAt.isPresent();
    }

    Stream<Duration> waitUntil() {
        return Stream.concat(settleBy.stream(), regroupAt.stream());
    }
}
