package org.lunwarden.map;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.HostClock;
import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.settings.BoundedWait;

/** Has one thing after the other done to a map: what its life asks for, then what somebody wishes, then nothing for a while. */
final class MapWork {

    private static final String STALE_PROOF = "the proof of a path to reinstate is too old";

    private final TimerScheduler<MapActor.Command> timers;
    private final Logger log;
    private final MapLife life;
    private final MapOperations operations;
    private final HostClock clock;
    private final Execution execution;
    private final Reassigning reassigning;
    private final WishQueue wishes;
    private final MapVoice voice;

    MapWork(
            TimerScheduler<MapActor.Command> timers,
            Logger log,
            MapLife life,
            MapOperations operations,
            HostClock clock,
            Execution execution,
            Reassigning reassigning,
            WishQueue wishes,
            MapVoice voice) {
        this.timers = timers;
        this.log = log;
        this.life = life;
        this.operations = operations;
        this.clock = clock;
        this.execution = execution;
        this.reassigning = reassigning;
        this.wishes = wishes;
        this.voice = voice;
    }

    /** Does the next thing, when nothing is under way. */
    void proceed() {
        if (execution.action().isPresent()) {
            return;
        }
        var now = clock.uptime();
        if (operations.isClosed()) {
            wishes.answer(Move.NOT_MOVED, "the daemon stops");
            leaveResumed(now);
            return;
        }
        voice.ask(now);
        var action = life.next(now);
        switch (action) {
            case MapAction.Nothing nothing -> {
                voice.complain("paths", String.join("; ", life.rejectedPaths(now)));
                serveOrRest(now);
            }
            case MapAction.Reject(var reason) -> {
                voice.complain("map", reason);
                serveOrRest(now);
            }
            case MapAction.Look look -> start(look);
            case MapAction.Create create -> start(create);
            case MapAction.Reload reload -> start(reload);
            case MapAction.Resize resize -> start(resize);
            case MapAction.Rename rename -> start(rename);
            case MapAction.Resume resume -> start(resume);
            case MapAction.Tell tell -> start(tell, () -> staleProof(tell, now));
            case MapAction.SwitchGroup switchGroup -> start(switchGroup);
            case MapAction.Remove remove -> start(remove);
            case MapAction.Reassign reassign -> {
                reassigning.start(reassign);
                proceed();
            }
        }
    }

    /** The daemon stops: a map that one of our acts left suspended is resumed first. */
    private void leaveResumed(Duration now) {
        if (!operations.owesResume(life.wwid())) {
            return;
        }
        var action = life.next(now);
        if (ActNature.leadsToResume(action)) {
            start(action);
        } else {
            wakeLater(now);
        }
    }

    private void serveOrRest(Duration now) {
        while (wishes.next().isPresent()) {
            var wish = wishes.next().get();
            switch (Wish.judge(wish, life, now)) {
                case MapAction.Nothing nothing -> wishes.answer(wish, Move.IN_PLACE, "");
                case MapAction.Reject(var reason) -> wishes.answer(wish, Move.NOT_MOVED, reason);
                case MapAction act -> {
                    var beginBy = wishes.begin(wish);
                    start(act, () -> WishQueue.lateness(beginBy, clock.uptime()));
                    return;
                }
            }
        }
        wakeLater(now);
    }

    /** Who wakes too early finds nothing to do. */
    private void wakeLater(Duration now) {
        life.wakeAt(now)
                .ifPresent(time -> timers.startSingleTimer(
                        MapActor.Wake.class, new MapActor.Wake(), BoundedWait.of(time.minus(now))));
    }

    private void start(MapAction action) {
        start(action, Optional::empty);
    }

    /** A path is not used on a proof that has waited for a thread. */
    private Optional<String> staleProof(MapAction.Tell tell, Duration decided) {
        return tell.reinstates() && clock.uptime().minus(decided).compareTo(KernelFailures.PROOF_LASTS) > 0
                ? Optional.of(STALE_PROOF)
                : Optional.empty();
    }

    private void start(MapAction action, Supplier<Optional<String>> veto) {
        timers.cancel(MapActor.Wake.class);
        execution.start(action, veto);
    }

    /** It was not begun, for that reason. */
    void notBegun(MapAction action, String reason) {
        execution.ended();
        AuditTrail.note(life.wwid(), ActWords.of(action) + " not begun: " + reason);
        wishes.end(Move.NOT_MOVED, reason);
        if (action instanceof MapAction.Tell tell && reason.equals(STALE_PROOF)) {
            life.proofsAreStale(tell, clock.uptime());
        }
        life.kernelMoved();
    }

    /** It was done, or was refused. */
    void done(DmOperation.Outcome outcome) {
        execution.ended();
        var seen = life.kernelIs(outcome.view(), outcome.action(), outcome.refusal(), clock.uptime());
        outcome.udev().ifPresent(readiness -> life.udevHas(readiness, clock.uptime()));
        voice.tell(outcome, seen);
        wishes.end(
                outcome.refusal().isEmpty() ? Move.SWITCHED : Move.NOT_MOVED,
                outcome.refusal().map(Refused::toString).orElse(""));
    }

    /** A fault in our own code below costs this one act: the map and what is known of it stay. */
    void broke(Throwable cause) {
        execution.action().ifPresent(action -> {
            var word = ActWords.of(action);
            log.error("{}: {} broke", life.wwid(), word, cause);
            wishes.end(Move.UNKNOWN, word + " broke: " + cause);
            var refusal = new Refused<Object>(0, word, cause.toString());
            done(new DmOperation.Outcome(
                    action, Optional.of(refusal), new KernelView.Unreadable(refusal), Optional.empty()));
        });
    }
}
