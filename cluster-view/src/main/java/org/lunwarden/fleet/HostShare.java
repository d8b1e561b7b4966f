package org.lunwarden.fleet;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

import org.lunwarden.fleet.wire.ReportChanges;
import org.lunwarden.fleet.wire.ReportParts;
import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToHost.CarryOut;
import org.lunwarden.fleet.wire.ToHost.SendFullReport;
import org.lunwarden.fleet.wire.ToView;
import org.lunwarden.fleet.wire.ToView.Answered;
import org.lunwarden.fleet.wire.ToView.Goodbye;
import org.lunwarden.fleet.wire.ToView.StillThere;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostCommands;
import org.lunwarden.model.fleet.HostReport;

/**
 * Shares one host with every view: all of it with a view that is new or asks for it, then what changes, and a sign of
 * life when nothing does. Hands to the host what a view asks of it, and the answer back.
 */
final class HostShare {

    static final ServiceKey<ToView> VIEWS = ServiceKey.create(ToView.class, "lunwarden-views");

    /** The same check is not asked of the host again within this time. */
    private static final Duration ONE_CHECK = Duration.ofSeconds(1);

    sealed interface Command {}

    /** There is a newer report. */
    record ReportReady() implements Command {}

    /** Asks all views about a map; none that is known is as none that answers. */
    record AskViews(Wwid wwid, ActorRef<ViewsAsked.Words> replyTo) implements Command {}

    /** The daemon is being stopped: say so. Not to be said when only the fleet system ends. */
    record SayGoodbye() implements Command {}

    private record ViewsAre(Receptionist.Listing listing) implements Command {}

    private record FromView(ToHost message) implements Command {}

    private record Beat() implements Command {}

    private record CarriedOut(CarryOut question, HostAnswer answer) implements Command {}

    private final ActorContext<Command> context;
    private final Supplier<Optional<HostReport>> newest;
    private final HostCommands host;
    private final ActorRef<ToHost> me;
    /** What each view was sent last; none before the first report. */
    private final Map<ActorRef<ToView>, Optional<HostReport>> sent = new HashMap<>();

    private HostCommand.CheckNexuses lastCheck = new HostCommand.CheckNexuses(List.of());
    private long lastCheckNanos;

    private HostShare(ActorContext<Command> context, Supplier<Optional<HostReport>> newest, HostCommands host) {
        this.context = context;
        this.newest = newest;
        this.host = host;
        this.me = context.messageAdapter(ToHost.class, FromView::new);
    }

    /** @param newest the host's last report; asked again after a restart, so that none is lost by it */
    static Behavior<Command> create(Supplier<Optional<HostReport>> newest, HostCommands host, FleetTimings timings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var share = new HostShare(context, newest, host);
            share.listen(timers, timings);
            return share.sharing();
        }));
    }

    private void listen(TimerScheduler<Command> timers, FleetTimings timings) {
        var listings = context.messageAdapter(Receptionist.Listing.class, ViewsAre::new);
        context.getSystem().receptionist().tell(Receptionist.subscribe(VIEWS, listings));
        timers.startTimerWithFixedDelay(new Beat(), timings.heartbeat());
    }

    private Behavior<Command> sharing() {
        return Behaviors.receiveMessage(this::on);
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case ReportReady() ->
                newest.get().ifPresent(report -> List.copyOf(sent.keySet()).forEach(view -> share(report, view)));
            case SayGoodbye() -> {
                newest.get().ifPresent(report -> tellAll(new Goodbye(report.host(), report.run())));
                return Behaviors.stopped();
            }
            case AskViews(var wwid, var replyTo) -> askViews(wwid, replyTo);
            case ViewsAre(var listing) -> meet(listing);
            case FromView(SendFullReport(var view)) -> newest.get().ifPresent(report -> shareAll(report, view));
            case FromView(CarryOut question) -> carryOut(question);
            case FromView(ToHost.CleanupWord late) -> {}
            case Beat() -> newest.get().ifPresent(this::beat);
            case CarriedOut(var question, var answer) -> answer(question, answer);
        }
        return Behaviors.same();
    }

    /** Unreachable views are told too: it may be somebody else who cannot reach them. */
    private void meet(Receptionist.Listing listing) {
        var views = listing.getAllServiceInstances(VIEWS);
        sent.keySet().retainAll(views);
        for (var view : views) {
            if (sent.putIfAbsent(view, Optional.empty()) == null) {
                newest.get().ifPresent(report -> shareAll(report, view));
            }
        }
    }

    private void askViews(Wwid wwid, ActorRef<ViewsAsked.Words> replyTo) {
        var report = newest.get();
        if (report.isEmpty() || sent.isEmpty()) {
            replyTo.tell(new ViewsAsked.Words(Optional.empty()));
        } else {
            context.spawnAnonymous(ViewsAsked.create(report.get().host(), wwid, Set.copyOf(sent.keySet()), replyTo));
        }
    }

    private void share(HostReport report, ActorRef<ToView> view) {
        var base = sent.getOrDefault(view, Optional.empty())
                .filter(last -> last.run().equals(report.run()));
        if (base.isEmpty()) {
            shareAll(report, view);
            return;
        }
        if (base.get().revision() == report.revision()) {
            return;
        }
        var delta = ReportChanges.between(base.get(), report, me);
        if (ReportParts.fits(delta)) {
            view.tell(delta);
            sent.put(view, Optional.of(report));
        } else {
            shareAll(report, view);
        }
    }

    private void shareAll(HostReport report, ActorRef<ToView> view) {
        ReportParts.of(report, me).forEach(view::tell);
        sent.replace(view, Optional.of(report));
    }

    private void beat(HostReport report) {
        List.copyOf(sent.keySet()).forEach(view -> share(report, view));
        tellAll(new StillThere(report.host(), report.run(), report.revision(), report.uptime(), me));
    }

    private void tellAll(ToView message) {
        sent.keySet().forEach(view -> view.tell(message));
    }

    private void carryOut(CarryOut question) {
        if (question.command() instanceof HostCommand.CheckNexuses check && isRepeated(check)) {
            answer(question, new HostAnswer.Accepted());
            return;
        }
        context.pipeToSelf(
                host.carryOut(question.command()),
                (answer, broke) -> new CarriedOut(
                        question, broke == null ? answer : new HostAnswer.Unanswered("the host broke: " + broke)));
    }

    /** All views see the same suspicion at the same time, and each of them asks. */
    private boolean isRepeated(HostCommand.CheckNexuses check) {
        var now = System.nanoTime();
        var repeated = check.equals(lastCheck) && now - lastCheckNanos < ONE_CHECK.toNanos();
        if (!repeated) {
            lastCheck = check;
            lastCheckNanos = now;
        }
        return repeated;
    }

    private static void answer(CarryOut question, HostAnswer answer) {
        if (question.question() == 0) {
            return;
        }
        var pieces = MapsInPieces.cut(answer);
        for (var i = 0; i < pieces.size(); i++) {
            question.replyTo().tell(new Answered(question.question(), i == pieces.size() - 1, pieces.get(i)));
        }
    }
}
