package org.lunwarden.path;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.path.checker.Finding;
import org.lunwarden.path.checker.Identity;

/**
 * What is told of a path, and when. A report goes out after the first check, after every change of what it says, and
 * after every check that somebody asked for.
 */
final class Reporting {

    private final ActorRef<PathReport> reports;
    private final ActorRef<UnitNews> news;
    private Identity toldUnit = new Identity.Confirmed();
    /** Since it was last itself: a disk that says now this, now that is not worth a line each time. */
    private final Set<Identity> logged = new HashSet<>();

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

    /** What keeps a path out of use is told when it becomes so, that no proof has come for too long too, and that it is over. */
    void unit(ActorRef<PathActor.Command> by, Watch watch, Finding finding) {
        var nothingTold = toldUnit instanceof Identity.Confirmed;
        switch (finding.identity()) {
            case Identity.Unasked() -> {
                if (nothingTold && watch.proof() == UnitProof.OVERDUE) {
                    unproven(by, watch, new Identity.Unproven(finding.why()));
                }
            }
            case Identity.Confirmed() -> {
                if (!nothingTold) {
                    PathLog.itself(watch);
                    toldUnit = finding.identity();
                    logged.clear();
                    news.tell(new UnitNews.IsItself(by, watch.report()));
                }
            }
            case Identity.Another(var unit) -> another(by, watch, unit);
            case Identity.Unproven unproven -> unproven(by, watch, unproven);
        }
    }

    /** The disk calls itself that. */
    void another(ActorRef<PathActor.Command> by, Watch watch, String unit) {
        var now = new Identity.Another(unit);
        if (isNew(now)) {
            if (logged.add(now)) {
                PathLog.another(watch, unit);
            }
            news.tell(new UnitNews.IsAnother(by, watch.report(), unit));
        }
    }

    private void unproven(ActorRef<PathActor.Command> by, Watch watch, Identity.Unproven now) {
        if (isNew(now)) {
            if (logged.add(now)) {
                PathLog.unproven(watch, now.reason());
            }
            news.tell(new UnitNews.IsUnproven(by, watch.report(), now.reason()));
        }
    }

    private boolean isNew(Identity now) {
        var isNew = !now.equals(toldUnit);
        toldUnit = now;
        return isNew;
    }
}
