package org.lunwarden.map;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.DevT;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.MapSettings;

/** From which paths of a map what stands on them may have to be moved onto it. */
final class StackedPaths {

    /** Those from which all was moved that could be. */
    private final Set<DevT> bare = new TreeSet<>();

    /** Those that will be bare when what is under way ends well. */
    private final Set<DevT> leaving = new TreeSet<>();

    private boolean underWay;

    /** Empty while they are being looked through: one after the other. */
    Set<DevT> due(MapSettings settings, List<PathReport> paths) {
        return underWay || !settings.upkeep().reassign()
                ? Set.of()
                : paths.stream()
                        .map(PathReport::device)
                        .filter(path -> !bare.contains(path))
                        .collect(Collectors.toSet());
    }

    void begun(MapAction.Reassign reassign) {
        underWay = true;
        leaving.addAll(reassign.paths());
    }

    /** @param done whether nothing that could be moved stands on them any more */
    void ended(boolean done) {
        underWay = false;
        if (done) {
            bare.addAll(leaving);
        }
        leaving.clear();
    }

    void pathGone(DevT path) {
        bare.remove(path);
        leaving.remove(path);
    }

    /** All are to be looked through once more. */
    void startOver() {
        bare.clear();
        leaving.clear();
    }
}
