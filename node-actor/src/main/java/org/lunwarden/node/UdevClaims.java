package org.lunwarden.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.Disk;
import org.lunwarden.io.DiskControl;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Sighting;

/**
 * Has udev judge a disk anew that came into a map or left it while udev's rules say otherwise: what mounts or scans disks by
 * itself goes by their word. As multipath-tools since 0.12. Asked once for each change; where the rules stay with their word,
 * or there are none, nothing follows.
 */
final class UdevClaims {

    private static final Logger LOG = LoggerFactory.getLogger(UdevClaims.class);

    /** What 60-multipath.rules make of a disk: 1 a path, 0 none, 2 perhaps one. */
    private static final String WORD = "DM_MULTIPATH_DEVICE_PATH";

    private static final String PATH = "1";

    /** Until when they wait to see whether it is one; 0 when they do not, or no longer. */
    private static final String WAITING = "FIND_MULTIPATHS_WAIT_UNTIL";

    /** An array that leaves takes thousands of disks along, and udev runs its rules for each event. */
    private static final int AT_ONCE = 16;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final PathTable paths;
    private final DiskControl control;
    private final PacedCalls calls;
    private Map<DevT, Disk> disks = Map.of();
    /** For what udev was to judge a disk anew. */
    private final Map<DevT, Boolean> asked = new HashMap<>();

    /** @param blocking runs what writes to sysfs */
    UdevClaims(PathTable paths, DiskControl control, Executor blocking) {
        this.paths = paths;
        this.control = control;
        this.calls = new PacedCalls(
                AT_ONCE, blocking, CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    }

    void found(Candidates candidates) {
        disks = candidates.seen().values().stream()
                .map(Sighting::disk)
                .collect(Collectors.toMap(Disk::device, disk -> disk, (one, other) -> other));
        asked.keySet().retainAll(disks.keySet());
        calls.retain(disks.keySet());
    }

    /** @param before empty when the kernel had no such map */
    void mapIs(Optional<MapTopology> before, MapTopology now) {
        var were = before.map(UdevClaims::members).orElse(Set.of());
        var are = members(now);
        if (were.equals(are)) {
            return;
        }
        without(are, were).forEach(joined -> judge(joined, true));
        without(were, are).stream().filter(left -> paths.at(left).isEmpty()).forEach(left -> judge(left, false));
    }

    private void judge(DevT device, boolean isPath) {
        Optional.ofNullable(disks.get(device))
                .filter(disk -> saysOtherwise(disk, isPath))
                .filter(disk -> !Optional.of(isPath).equals(Optional.ofNullable(asked.put(device, isPath))))
                .ifPresent(disk -> {
                    Audit.disk(
                            disk.name(),
                            "udev is asked to look at it again, since it calls it "
                                    + (isPath ? "no path of a map" : "a path of a map"));
                    calls.add(device, () -> judgeAnew(disk, isPath));
                });
    }

    /** While rules wait for another path to show up they hold a disk back, whatever they call it. */
    private static boolean saysOtherwise(Disk disk, boolean isPath) {
        return Optional.ofNullable(disk.udev().get(WORD))
                .filter(word -> word.equals(PATH) != isPath || (isPath && isWaiting(disk)))
                .isPresent();
    }

    private static boolean isWaiting(Disk disk) {
        var until = disk.udev().getOrDefault(WAITING, "");
        return !until.isEmpty() && !until.equals("0");
    }

    private void judgeAnew(Disk disk, boolean isPath) {
        if (control.judgeAnew(disk.name(), disk.device(), isPath) instanceof IoResult.Refused<?> refused) {
            LOG.warn("{}: udev cannot be asked: {}", disk.name(), refused);
        }
    }

    private static Set<DevT> without(Set<DevT> all, Set<DevT> some) {
        var rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static Set<DevT> members(MapTopology map) {
        return map.groups().stream()
                .flatMap(group -> group.paths().stream())
                .filter(path -> path.kernelActive().isPresent())
                .map(MapTopology.Path::device)
                .collect(Collectors.toUnmodifiableSet());
    }
}
