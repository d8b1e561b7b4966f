package org.lunwarden.path;

import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.model.map.PathReport;
import org.lunwarden.path.checker.Identity;

/**
 * What is told of a path, and when. A report goes out after the first check, after every change of what it says, and
 * after every check that somebody asked for.
 */
final class Reporting {

    private final ActorRef<PathReport> reports;
    private final ActorRef<UnitNews> news;
    private Identity toldUnit = new Identity.Confirmed();

    Reporting(ActorRef<PathReport> reports, ActorRef<UnitNews> news) {
        this.reports = reports;
        this.news = news;
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

    /** What keeps a path out of use though it answers is told once, and that it is over. */
    void unit(Watch watch, Identity found) {
        var known = toldUnit;
        switch (found) {
            case Identity.Unasked() -> {}
            case Identity.Confirmed() -> {
                if (!(known instanceof Identity.Confirmed)) {
                    PathLog.itself(watch);
                    toldUnit = found;
                    news.tell(new UnitNews.IsItself(watch.report()));
                }
            }
            case Identity.Another(var unit) -> {
                if (!found.equals(known)) {
                    PathLog.another(watch, unit);
                    toldUnit = found;
                    news.tell(new UnitNews.IsAnother(watch.report(), unit));
                }
            }
            case Identity.Unproven(var reason) -> {
                if (known instanceof Identity.Confirmed) {
                    PathLog.unproven(watch, reason);
                    toldUnit = found;
                    news.tell(new UnitNews.IsUnproven(watch.report(), reason));
                }
            }
        }
    }
}
