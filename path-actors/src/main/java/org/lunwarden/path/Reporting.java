package org.lunwarden.path;

import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.model.map.PathReport;
import org.lunwarden.path.checker.Finding;

/**
 * What is told of a path, and when. A report goes out after the first check, after every change of what it says, and
 * after every check that somebody asked for.
 */
final class Reporting {

    private final ActorRef<PathReport> reports;
    private final ActorRef<PathActor.IsAnother> others;
    private Optional<String> toldUnit = Optional.empty();

    Reporting(ActorRef<PathReport> reports, ActorRef<PathActor.IsAnother> others) {
        this.reports = reports;
        this.others = others;
    }

    Watch tell(Watch watch) {
        var report = watch.report();
        reports.tell(report);
        return watch.told(report);
    }

    /** A check is over. */
    Watch checked(boolean requested, Watch watch) {
        return requested || isNews(watch) ? tell(watch) : watch;
    }

    /** A check found a state: a change is told before the priority is read, unless the path would go into use without. */
    Watch found(Watch watch) {
        var state = watch.life().state();
        var changed = watch.told().map(told -> told.state() != state).orElse(false);
        var ready = !state.isUsable() || watch.priority().isDefined();
        return changed && ready ? tell(watch) : watch;
    }

    /** Something other than a check changed it: nothing is told before the first check. */
    Watch changed(Watch watch) {
        return watch.told().isPresent() && isNews(watch) ? tell(watch) : watch;
    }

    private static boolean isNews(Watch watch) {
        return !watch.told().equals(Optional.of(watch.report()));
    }

    /** That a disk came back as another logical unit is told once for each unit. */
    void another(Watch watch, Finding finding) {
        if (finding.another().isPresent() && !finding.another().equals(toldUnit)) {
            var unit = finding.another().get();
            PathLog.another(watch, unit);
            others.tell(new PathActor.IsAnother(watch.report(), unit));
            toldUnit = Optional.of(unit);
        } else if (finding.observed().isUsable()) {
            toldUnit = Optional.empty();
        }
    }
}
