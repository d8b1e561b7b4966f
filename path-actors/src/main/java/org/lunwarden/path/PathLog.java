package org.lunwarden.path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.lunwarden.path.prio.PrioReading;

/** Says what becomes of a path, one line for each change. */
final class PathLog {

    private static final Logger LOG = LoggerFactory.getLogger(PathActor.class);

    private PathLog() {}

    /** @return what the path is now */
    static Watch changed(Watch before, Watch now, String why) {
        if (now.life().state() != before.life().state()) {
            LOG.atLevel(isExpected(before, now) ? Level.DEBUG : Level.INFO)
                    .log(
                            "{} {}: {}, was {} ({})",
                            now.wwid(),
                            now.disk().name(),
                            now.life().state(),
                            before.life().state(),
                            why);
        }
        return now;
    }

    /** A check found it as unusable as the one before. */
    static void failedAgain(Watch before, Watch now, String why) {
        if (now.settings().precautions().logEachFailure()
                && !now.life().found().isUsable()
                && now.life().state() == before.life().state()) {
            LOG.info(
                    "{} {}: {} again ({})",
                    now.wwid(),
                    now.disk().name(),
                    now.life().state(),
                    why);
        }
    }

    /** A host finds its paths good when it starts: not worth a line for each. */
    private static boolean isExpected(Watch before, Watch now) {
        return before.life().isUnchecked() && now.life().state().isUsable();
    }

    /** @return what the path is now */
    static Watch rated(Watch before, Watch now, PrioReading reading) {
        if (reading instanceof PrioReading.Failed(var why)
                && before.priority().isDefined()
                && !now.priority().isDefined()) {
            LOG.warn(
                    "{} {}: priority unknown, was {} ({})",
                    now.wwid(),
                    now.disk().name(),
                    before.priority(),
                    why);
        }
        return now;
    }

    static void notTakenUp(Watch watch, String why) {
        LOG.warn("{} {}: not checked, {}", watch.wwid(), watch.disk().name(), why);
    }

    static void answeredLate(Watch watch) {
        LOG.info(
                "{} {}: an overdue check was answered",
                watch.wwid(),
                watch.disk().name());
    }

    static void another(Watch watch, String unit) {
        LOG.error(
                "{} {}: it is unit {} now, and is kept out of use",
                watch.wwid(),
                watch.disk().name(),
                unit);
    }

    static void unproven(Watch watch, String reason) {
        LOG.warn(
                "{} {}: it answers but does not prove which unit it is, and is kept out of use ({})",
                watch.wwid(),
                watch.disk().name(),
                reason);
    }

    static void vouched(Watch watch, String reason) {
        LOG.info(
                "{} {}: the page that the kernel read of it stands for its word ({})",
                watch.wwid(),
                watch.disk().name(),
                reason);
    }

    static void marginal(Watch watch, String reason) {
        LOG.warn("{} {}: marginal ({})", watch.wwid(), watch.disk().name(), reason);
    }

    static void trusted(Watch watch) {
        LOG.info("{} {}: trusted again", watch.wwid(), watch.disk().name());
    }

    static void itself(Watch watch) {
        LOG.info("{} {}: it is the unit it was", watch.wwid(), watch.disk().name());
    }
}
