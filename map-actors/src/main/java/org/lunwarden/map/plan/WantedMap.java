package org.lunwarden.map.plan;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.lunwarden.map.features.Features;
import org.lunwarden.map.features.QueueMode;
import org.lunwarden.map.group.Grouping;
import org.lunwarden.map.group.PathGroup;
import org.lunwarden.model.DevT;
import org.lunwarden.model.dm.MultipathTable;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.MapSettings;

/**
 * A map as paths and settings want it: what is loaded into the kernel.
 *
 * @param sizeSectors 512-byte sectors
 * @param usable whether a path can carry I/O now, and udev is to be told so
 * @param maxSectorsKb largest request in KiB for the paths of a new map; empty to leave them as they are
 * @param usablePaths those that can carry I/O now
 * @param unusedPaths those of the table that the kernel is to be told at once not to use, since it uses all that it loads
 */
public record WantedMap(
        long sizeSectors,
        boolean readOnly,
        boolean usable,
        MultipathTable table,
        Optional<Integer> maxSectorsKb,
        Set<DevT> usablePaths,
        Set<DevT> unusedPaths) {

    /** How often a path is used before the next is picked; the only value that the reference writes. */
    private static final List<String> PATH_ARGS = List.of("1");

    private static final String ALUA = "alua";

    /**
     * @param paths one or more, all of them to be in the map
     * @param queueing whether I/O that finds no path is to be kept
     * @param mode of the map that is there
     */
    public static WantedMap of(
            Collection<PathReport> paths, MapSettings settings, boolean queueing, long sizeSectors, QueueMode mode) {
        var groups = Grouping.group(paths, settings);
        var features = features(settings.features(), mode, queueing);
        var table = new MultipathTable(
                features,
                hardwareHandler(paths, settings),
                Grouping.best(groups),
                groups.stream().map(group -> tableGroup(group, settings)).toList());
        return new WantedMap(
                sizeSectors,
                paths.stream().anyMatch(PathReport::readOnly),
                paths.stream().anyMatch(PathGroup::isUsable),
                table,
                settings.upkeep().maxSectorsKb(),
                devices(paths, PathGroup::isUsable),
                devices(paths, KernelMessages.unused(paths.stream().noneMatch(PathGroup::isUsable))));
    }

    private static Set<DevT> devices(Collection<PathReport> paths, Predicate<PathReport> which) {
        return paths.stream().filter(which).map(PathReport::device).collect(Collectors.toUnmodifiableSet());
    }

    /** The same, in a size of its own. */
    WantedMap sized(long sectors) {
        return new WantedMap(sectors, readOnly, usable, table, maxSectorsKb, usablePaths, unusedPaths);
    }

    /** The same, of which udev is told that no path is usable. */
    WantedMap unannounced() {
        return new WantedMap(sizeSectors, readOnly, false, table, maxSectorsKb, usablePaths, unusedPaths);
    }

    /** What is set, but for a queue mode that the kernel would refuse the table for. */
    private static List<String> features(List<String> set, QueueMode mode, boolean queueing) {
        var features = Features.of(set).reconciledWith(mode).features();
        return (queueing ? features.with(KernelMap.QUEUE_WORD).orElse(features) : features).words();
    }

    /**
     * What the kernel runs for a path already, else what is set, else {@code alua} where all paths have port groups. The
     * kernel refuses a table with {@code alua} for a path without them, so that it is not taken at its setting's word.
     */
    private static List<String> hardwareHandler(Collection<PathReport> paths, MapSettings settings) {
        var attached = paths.stream()
                .map(path -> path.handler().attached())
                .filter(handler -> !handler.isEmpty())
                .findFirst();
        if (attached.isPresent()
                && !settings.hardwareHandler().stream().findFirst().equals(attached)) {
            return List.of(attached.get());
        }
        var setToAlua = settings.hardwareHandler().stream().findFirst().equals(Optional.of(ALUA));
        if (!settings.hardwareHandler().isEmpty() && (!setToAlua || attached.isPresent())) {
            return settings.hardwareHandler();
        }
        var suits = !paths.isEmpty()
                && paths.stream().allMatch(path -> path.handler().targetPortGroups());
        if (!suits) {
            return List.of();
        }
        return setToAlua ? settings.hardwareHandler() : List.of(ALUA);
    }

    private static MultipathTable.Group tableGroup(PathGroup group, MapSettings settings) {
        return new MultipathTable.Group(
                settings.selector(),
                group.paths().stream()
                        .map(path -> new MultipathTable.Path(path.device(), PATH_ARGS))
                        .toList());
    }
}
