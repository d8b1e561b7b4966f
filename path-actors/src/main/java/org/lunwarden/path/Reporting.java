package org.lunwarden.path;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.model.map.UnitProof;
import org.lunwarden.path.checker.Finding;
import org.lunwarden.path.checker.Identity;

/**
 * What is told of a path, and when. A report goes out after the first check, or when that is overdue, after every change of
 * what it says, and after every check that somebody asked for.
 */
final class Reporting {

    private final ActorRef<PathActor.Command> by;
    private final ActorRef<PathReported> reports;
    private final ActorRef<PathNews> news;
    private Identity toldUnit = new Identity.Confirmed();
    private String toldMarginal = "";
    /** Since it was last itself: a disk that says now this, now that is not worth a line each time. */
    private final Set<Identity> logged = new HashSet<>();
    /** Since it was last trusted. */
    private final Set<String> charged = new HashSet<>();
    /** What it answered when the kernel's page spoke for it. */
    private final Set<String> vouched = new HashSet<>();

    /** Outlives a restart of the actor that it speaks for. */
    Reporting(ActorRef<PathActor.Command> by, ActorRef<PathReported> reports, ActorRef<PathNews> news) {
        this.by = by;
        this.reports = reports;
        this.news = news;
    }

    Watch tell(Watch watch) {
        var report = watch.report();
        reports.tell(new PathReported(by, report));
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

    /** Nothing but time made the one the other. */
    Watch later(Watch before, Watch now) {
        return now.proof() == before.proof() ? now : tell(now);
    }

    /** What keeps a path out of use is told when it becomes so, that no proof has come for too long too, and that it is over. */
    void unit(Watch watch, Finding finding) {
        switch (finding.identity()) {
            case Identity.Unasked() -> unasked(watch, finding.why());
            case Identity.Confirmed() -> itself(watch);
            case Identity.Vouched(var reason) -> {
                if (vouched.add(reason)) {
                    PathLog.vouched(watch, reason);
                }
                itself(watch);
            }
            case Identity.Another(var unit, var itself) -> another(watch, unit);
            case Identity.Unproven unproven -> unproven(watch, unproven);
        }
    }

    /** That a path cannot be relied on is told when it becomes so, when that changes, and that it is over. */
    void marginal(Watch watch) {
        var why = watch.marginality().why();
        if (why.equals(toldMarginal)) {
            return;
        }
        toldMarginal = why;
        if (why.isEmpty()) {
            PathLog.trusted(watch);
            charged.clear();
            news.tell(new PathNews.IsTrusted(by, watch.report()));
        } else {
            var charge = watch.marginality().charge();
            if (charged.add(charge)) {
                PathLog.marginal(watch, why);
            }
            news.tell(new PathNews.IsMarginal(by, watch.report(), why, charge));
        }
    }

    /** A check is over. */
    void quarantine(Watch before, Watch now, boolean over) {
        var why = now.quarantine().why(now.settings());
        if (!why.isEmpty() && (over || before.quarantine().since().isEmpty())) {
            news.tell(new PathNews.IsQuarantined(by, now.report(), why, over));
        } else if (why.isEmpty() && before.quarantine().since().isPresent()) {
            news.tell(new PathNews.IsOutOfQuarantine(by, now.report()));
        }
    }

    void notTakenUp(Watch watch) {
        var why = "no thread has been free for "
                + Examination.deadline(watch.settings()).toSeconds() + " s";
        PathLog.notTakenUp(watch, why);
        unasked(watch, why);
    }

    private void unasked(Watch watch, String why) {
        if (toldUnit instanceof Identity.Confirmed && watch.proof() == UnitProof.OVERDUE) {
            unproven(watch, new Identity.Unproven(why));
        }
    }

    private void itself(Watch watch) {
        if (!(toldUnit instanceof Identity.Confirmed)) {
            PathLog.itself(watch);
            toldUnit = new Identity.Confirmed();
            logged.clear();
            news.tell(new PathNews.IsItself(by, watch.report()));
        }
    }

    /** The disk calls itself that, or its page does. */
    void another(Watch watch, String unit) {
        var now = new Identity.Another(unit, true);
        if (isNew(now)) {
            if (logged.add(now)) {
                PathLog.another(watch, unit);
            }
            news.tell(new PathNews.IsAnother(by, watch.report(), unit));
        }
    }

    private void unproven(Watch watch, Identity.Unproven now) {
        if (isNew(now)) {
            if (logged.add(now)) {
                PathLog.unproven(watch, now.reason());
            }
            news.tell(new PathNews.IsUnproven(by, watch.report(), now.reason()));
        }
    }

    private boolean isNew(Identity now) {
        var isNew = !now.equals(toldUnit);
        toldUnit = now;
        return isNew;
    }
}
