package org.lunwarden.map.group;

import java.util.List;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.Priority;

/**
 * Paths of equal standing.
 *
 * @param marginal whether it holds the paths that are not trusted: it is used when no other group can be
 */
public record PathGroup(List<PathReport> paths, boolean marginal) {

    public PathGroup {
        paths = List.copyOf(paths);
    }

    public PathGroup(List<PathReport> paths) {
        this(paths, false);
    }

    /** Number of paths that can carry I/O now. */
    public int usablePaths() {
        return (int) paths.stream().filter(PathGroup::isUsable).count();
    }

    /**
     * Mean of the priorities that are known of usable paths, rounded towards zero; 0 without a usable path, -1 when no
     * usable path tells one.
     */
    public int priority() {
        var sum = 0L;
        var known = 0;
        var usable = 0;
        for (var path : paths) {
            if (isUsable(path)) {
                usable++;
                if (path.priority().isDefined()) {
                    known++;
                    sum += path.priority().value();
                }
            }
        }
        if (usable == 0) {
            return 0;
        }
        return known == 0 ? Priority.UNDEFINED.value() : (int) (sum / known);
    }

    /**
     * Whether a path that the kernel does not use may come into use: a passive one of a target that alone makes its ports
     * active only beside a path that works, since I/O through it would fail.
     *
     * @param noneWorks whether the kernel uses no good path
     */
    public static boolean mayComeIntoUse(PathReport path, boolean noneWorks) {
        return isUsable(path)
                && !(noneWorks
                        && path.state() == PathState.GHOST
                        && path.handler().implicitOnly());
    }

    /** Whether I/O may go through a path: its check is good and no operator has failed it. */
    public static boolean isUsable(PathReport path) {
        return path.state().isUsable() && !path.adminFailed();
    }
}
