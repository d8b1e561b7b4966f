package org.lunwarden.node.report;

import java.util.EnumMap;
import java.util.Map;

import org.lunwarden.model.fleet.PathCounts;

/** Adds up the paths of one nexus. */
final class Tally {

    private final Map<PathCount, Integer> counted = new EnumMap<>(PathCount.class);

    void add(PathCount path) {
        counted.merge(path, 1, Integer::sum);
    }

    PathCounts counts() {
        return new PathCounts(
                counted.values().stream().mapToInt(Integer::intValue).sum(),
                of(PathCount.UP),
                of(PathCount.FAILED),
                of(PathCount.MARGINAL),
                of(PathCount.ADMIN),
                of(PathCount.UNKNOWN));
    }

    private int of(PathCount path) {
        return counted.getOrDefault(path, 0);
    }
}
