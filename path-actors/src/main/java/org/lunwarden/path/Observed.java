package org.lunwarden.path;

import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.checker.Finding;

/** What befalls a path, as an observation of its life. Pure. */
final class Observed {

    private Observed() {}

    /** A check came to an end, or did not in time. */
    static PathLife.Observation checked(Finding finding) {
        return finding.late().isPresent()
                ? new PathLife.Overdue(finding.observed())
                : new PathLife.Checked(finding.observed());
    }

    /** A look alone: where the kernel has no objection, the checks that hang are what is known. */
    static PathLife.Observation looked(Watch watch, PathState sysfs) {
        return sysfs == PathState.UP ? held(watch) : new PathLife.Checked(sysfs);
    }

    /** A check was due and not made. */
    static PathLife.Observation held(Watch watch) {
        return new PathLife.Held(hung(watch));
    }

    /** A check hangs. */
    static PathLife.Observation overdue(Watch watch) {
        return new PathLife.Overdue(hung(watch));
    }

    /** By the checker that the device asked for, where it did. */
    private static PathState hung(Watch watch) {
        var asked = watch.means()
                .checker()
                .map(Finding.Asked::kind)
                .orElse(watch.settings().checker());
        return asked == CheckerKind.DIRECTIO ? PathState.DOWN : PathState.TIMEOUT;
    }

    /** The path is called in question; by its page, when that names another unit. */
    static PathLife.Observation doubted(Watch watch) {
        return watch.otherUnit().isPresent() ? new PathLife.Denied() : new PathLife.Doubted();
    }

    static PathLife.Observation failedByKernel(Watch watch) {
        return watch.otherUnit().isPresent() ? new PathLife.Denied() : new PathLife.FailedByKernel();
    }
}
