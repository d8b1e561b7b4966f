package org.lunwarden.path;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.HostClock;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.path.PathActor.Command;
import org.lunwarden.path.PathActor.DeadlinePassed;
import org.lunwarden.path.PathActor.Due;
import org.lunwarden.path.PathActor.ProofDue;
import org.lunwarden.path.checker.Checker;
import org.lunwarden.path.checker.ClariionUnit;
import org.lunwarden.path.checker.Finding;
import org.lunwarden.path.checker.InactiveSnapshots;
import org.lunwarden.path.prio.PrioReading;
import org.lunwarden.path.prio.Prioritizer;

/** Asks one path's device, for one life of its actor. What comes back, deadlines too, are messages to the actor. */
final class Examination {

    /** A deadline is the probe's to keep; ours is for what it cannot see, such as sysfs that hangs. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final String TIMER = "pause or deadline";
    private static final String PROOF = "proof";

    /** What comes back. */
    sealed interface Answer extends Command {

        /** That of a life before is nobody's any more. */
        Examination by();
    }

    record Begun(Examination by, int check) implements Answer {}

    record Checked(Examination by, int check, Finding finding) implements Answer {}

    record Looked(Examination by, int check, Finding finding) implements Answer {}

    record Rated(Examination by, int check, PrioReading reading) implements Answer {}

    record AnsweredLate(Examination by) implements Answer {}

    record Broke(Examination by, Throwable cause) implements Answer {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final DeviceProbe probe;
    private final BlockDevices devices;
    private final Executor blocking;
    private final HostClock clock;
    private final ClariionUnit clariion;
    private Checker checker;
    private Prioritizer prioritizer;
    private int count;

    /** Checks and looks that passed our own deadline and have not come back: they hang in sysfs. */
    private final Set<Integer> hanging = new HashSet<>();

    Examination(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Watch watch,
            InactiveSnapshots snapshots,
            DeviceProbe probe,
            BlockDevices devices,
            Executor blocking,
            HostClock clock) {
        this.context = context;
        this.timers = timers;
        this.probe = probe;
        this.devices = devices;
        this.blocking = blocking;
        this.clock = clock;
        this.clariion = new ClariionUnit(watch.wwid(), snapshots);
        this.checker = new Checker(watch.disk(), watch.unit(), clariion, probe, devices, blocking);
        this.prioritizer = new Prioritizer(watch.disk(), probe);
    }

    Duration now() {
        return clock.uptime();
    }

    void diskIs(Watch watch) {
        checker = new Checker(watch.disk(), watch.unit(), clariion, probe, devices, blocking);
        prioritizer = new Prioritizer(watch.disk(), probe);
    }

    /** @return the number of the check, which its messages bear */
    int check(PathSettings settings, Checker.Proof proof) {
        var number = ++count;
        startDeadline(settings, number);
        var question =
                new Checker.Question(settings.checker(), settings.detectChecker(), settings.checkerTimeout(), proof);
        context.pipeToSelf(
                checker.check(question, begun(number)),
                (finding, broke) -> broke == null ? new Checked(this, number, finding) : new Broke(this, broke));
        return number;
    }

    /** Whether a look would not only hang beside another one. */
    boolean mayLook() {
        return hanging.isEmpty();
    }

    /** Reads the kernel's word alone. @return the number of the look */
    int look(PathSettings settings) {
        var number = ++count;
        startDeadline(settings, number);
        context.pipeToSelf(
                checker.look(begun(number)),
                (finding, broke) -> broke == null ? new Looked(this, number, finding) : new Broke(this, broke));
        return number;
    }

    private Runnable begun(int number) {
        var self = context.getSelf();
        return () -> self.tell(new Begun(this, number));
    }

    /** Reads the priority, as a part of that check. */
    void rate(Watch watch, int number) {
        startDeadline(watch.settings(), number);
        context.pipeToSelf(
                prioritizer.read(
                        watch.settings(),
                        watch.live(),
                        watch.life().found().isUsable(),
                        watch.settings().checkerTimeout()),
                (reading, broke) -> broke == null ? new Rated(this, number, reading) : new Broke(this, broke));
    }

    void awaitLate(CompletionStage<?> late) {
        context.pipeToSelf(late, (answer, broke) -> new AnsweredLate(this));
    }

    void hangs(int number) {
        hanging.add(number);
    }

    void cameBack(int number) {
        hanging.remove(number);
    }

    void startDeadline(PathSettings settings, int number) {
        timers.startSingleTimer(TIMER, new DeadlinePassed(number), deadline(settings));
    }

    /** How long a check may take, what keeps it from being answered included. */
    static Duration deadline(PathSettings settings) {
        return settings.checkerTimeout().plus(GRACE);
    }

    void rest(Duration pause) {
        timers.startSingleTimer(TIMER, new Due(), pause);
    }

    /** One alarm at a time, which may come too early: what it was set for may have been decided. */
    void awaitProof(Watch watch) {
        watch.overdueAt()
                .filter(due -> !timers.isTimerActive(PROOF))
                .ifPresent(due -> timers.startSingleTimer(PROOF, new ProofDue(), due.minus(now())));
    }

    void close() {
        probe.close();
    }
}
