package org.lunwarden.map;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.map.plan.Difference;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.plan.MapPlan;
import org.lunwarden.map.plan.WantedMap;

/**
 * What became of the acts on a map: which kinds wait after a refusal, what the kernel made different of a table that it
 * took, and whether the next table leaves doubtful paths out. No clock: time is a parameter.
 */
final class Attempts {

    private final Map<Class<? extends MapAction>, Backoff> refusals = new HashMap<>();
    /** How often a removal was refused since it last was not, or anything was heard of a path. */
    private int removals;

    private final Set<Difference> tolerated = EnumSet.noneOf(Difference.class);
    private boolean onlyUsable;
    private MapAction lastDone = new MapAction.Nothing();

    /** What an act means for the map's tables. */
    enum Load {
        /** It loaded none. */
        NONE,
        TAKEN,
        REFUSED
    }

    /**
     * Takes in how an act ended.
     *
     * @param anyUsable whether a path of the map is usable
     * @param removeRetries how often a removal is tried again without a longer pause
     */
    Load ended(
            MapAction done,
            boolean refused,
            Optional<KernelMap> before,
            Optional<KernelMap> after,
            boolean anyUsable,
            int removeRetries,
            Duration now) {
        if (refused && done instanceof MapAction.Remove && ++removals <= removeRetries) {
            refusals.put(done.getClass(), Backoff.starting(now, firstPause(done)));
            return Load.NONE;
        }
        if (!refused) {
            return accepted(done, after, before.equals(after), anyUsable, now);
        }
        return isRenamed(before, after) ? Load.NONE : refused(done, after, anyUsable, now);
    }

    /** What was refused was asked of a name that is gone, and is worth another try at once. */
    private static boolean isRenamed(Optional<KernelMap> before, Optional<KernelMap> after) {
        return before.isPresent()
                && after.isPresent()
                && !before.get().name().equals(after.get().name());
    }

    private Load refused(MapAction done, Optional<KernelMap> after, boolean anyUsable, Duration now) {
        refusals.merge(done.getClass(), Backoff.starting(now, firstPause(done)), (old, fresh) -> old.again(now));
        if (loadedBy(done).isEmpty()) {
            return Load.NONE;
        }
        // a path that the kernel cannot open spoils a whole table: every other try leaves the doubtful ones out
        var found = done instanceof MapAction.Create && after.isPresent();
        onlyUsable = !onlyUsable && !found && anyUsable;
        return Load.REFUSED;
    }

    /** A name that another device has is seldom given back, and nothing depends on it. */
    private static Duration firstPause(MapAction done) {
        return done instanceof MapAction.Rename ? Duration.ofMinutes(10) : Backoff.FIRST;
    }

    /** The kernel accepted it: one that changes nothing is not to be repeated at once. */
    private Load accepted(
            MapAction done, Optional<KernelMap> after, boolean unchanged, boolean anyUsable, Duration now) {
        if (done instanceof MapAction.Look) {
            return Load.NONE;
        }
        var isAsked = done instanceof MapAction.Reload reload && reload.isAsked();
        if (unchanged && done.equals(lastDone) && !isAsked) {
            return refused(done, after, anyUsable, now);
        }
        lastDone = done;
        refusals.remove(done.getClass());
        var loaded = loadedBy(done);
        if (loaded.isEmpty() || after.isEmpty()) {
            return Load.NONE;
        }
        tolerated.clear();
        tolerated.addAll(MapPlan.leftBy(loaded.get(), after.get()));
        onlyUsable = false;
        return Load.TAKEN;
    }

    /** Done or refused, beside what else is done to the map. */
    void reassigned(MapAction.Reassign reassign, boolean done, Duration now) {
        if (done) {
            refusals.remove(reassign.getClass());
        } else {
            refusals.merge(
                    reassign.getClass(), Backoff.starting(now, firstPause(reassign)), (old, fresh) -> old.again(now));
        }
    }

    /** Another path: a table with all of them is worth a try. */
    void pathCame() {
        onlyUsable = false;
    }

    /** News of a path: a map can be made or removed now that could not before. */
    void pathSpoke() {
        removals = 0;
        refusals.keySet().removeIf(kind -> kind == MapAction.Create.class || kind == MapAction.Remove.class);
    }

    /** A disk turned out write-protected, or writable: what the kernel made of it then says nothing of now. */
    void readOnlyMoved() {
        tolerated.remove(Difference.READ_ONLY);
    }

    /** What it refused says nothing of the one that is made in its place. */
    void mapIsGone() {
        refusals.keySet()
                .removeIf(kind -> kind == MapAction.Tell.class
                        || kind == MapAction.SwitchGroup.class
                        || kind == MapAction.Reload.class
                        || kind == MapAction.Resize.class
                        || kind == MapAction.Resume.class);
    }

    /** Other settings: all is worth a try. */
    void settingsChanged() {
        tolerated.clear();
        refusals.clear();
    }

    /** What was refused since another device has its name is worth a try. */
    void nameChanged() {
        refusals.keySet().removeIf(kind -> kind == MapAction.Create.class || kind == MapAction.Rename.class);
    }

    Set<Class<? extends MapAction>> waiting(Duration now) {
        return Backoff.waiting(refusals, now);
    }

    Stream<Duration> waitUntil() {
        return refusals.values().stream().map(Backoff::until);
    }

    Set<Difference> tolerated() {
        return tolerated;
    }

    boolean onlyUsable() {
        return onlyUsable;
    }

    private static Optional<WantedMap> loadedBy(MapAction done) {
        return switch (done) {
            case MapAction.Create(var wanted, var name) -> Optional.of(wanted);
            case MapAction.Reload(var wanted, var why) -> Optional.of(wanted);
            case MapAction.Resize(var wanted, var from) -> Optional.of(wanted);
            case MapAction.Nothing nothing -> Optional.empty();
            case MapAction.Look look -> Optional.empty();
            case MapAction.Rename rename -> Optional.empty();
            case MapAction.Resume resume -> Optional.empty();
            case MapAction.Tell tell -> Optional.empty();
            case MapAction.SwitchGroup switchGroup -> Optional.empty();
            case MapAction.Remove remove -> Optional.empty();
            case MapAction.Reassign reassign -> Optional.empty();
            case MapAction.Reject reject -> Optional.empty();
        };
    }
}
