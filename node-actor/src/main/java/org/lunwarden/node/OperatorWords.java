package org.lunwarden.node;

import java.util.HashSet;
import java.util.Set;

import org.lunwarden.model.DevT;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;

/**
 * The paths that an operator has failed, and those that he has marked marginal. It outlives the registry, so that his word
 * holds when the registry starts anew; a path that goes, and comes back, begins without it. One actor at a time uses it.
 */
final class OperatorWords {

    private record Path(Wwid wwid, DevT device, Hctl hctl) {

        static Path of(PathReport report) {
            return new Path(report.wwid(), report.device(), report.hctl());
        }
    }

    private final Set<Path> failed = new HashSet<>();
    private final Set<Path> marginal = new HashSet<>();

    void pathIs(PathReport report) {
        if (report.adminFailed()) {
            failed.add(Path.of(report));
        } else {
            failed.remove(Path.of(report));
        }
    }

    void pathGone(PathReport last) {
        failed.remove(Path.of(last));
        marginal.remove(Path.of(last));
    }

    boolean isFailed(PathReport report) {
        return failed.contains(Path.of(report));
    }

    void marginal(PathReport report, boolean marked) {
        if (marked) {
            marginal.add(Path.of(report));
        } else {
            marginal.remove(Path.of(report));
        }
    }

    boolean isMarginal(PathReport report) {
        return marginal.contains(Path.of(report));
    }
}
