package org.lunwarden.path;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.model.settings.BoundedWait;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.ShakyPathRule;
import org.lunwarden.path.PathActor.Command;
import org.lunwarden.path.PathActor.DeadlinePassed;
import org.lunwarden.path.PathActor.Due;
import org.lunwarden.path.PathActor.ProofDue;
import org.lunwarden.path.PathActor.SampleDue;
import org.lunwarden.path.checker.Checker;
import org.lunwarden.path.checker.ClariionUnit;
import org.lunwarden.path.checker.Finding;
import org.lunwarden.path.checker.TaskAbortedStatus;
import org.lunwarden.path.marginal.Marginality;
import org.lunwarden.path.marginal.Sampling;
import org.lunwarden.path.prio.PrioReading;
import org.lunwarden.path.prio.Prioritizer;

/** Asks one path's device, for one life of its actor. What comes back, deadlines too, are messages to the actor. */
final class Examination {

    /** A deadline is the probe's to keep; ours is for what it cannot see, such as sysfs that hangs. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final String TIMER = "pause or deadline";
    private static final String PROOF = "proof";
    private static final String SAMPLE = "sample";

    /** What comes back. */
    sealed interface Answer extends Command {

        /** That of a life before is nobody's any more. */
        Examination by();
    }

    record Checked(Examination by, int check, Finding finding) implements Answer {}

    record Looked(Examination by, int check, Finding finding) implements Answer {}

    /** @param prioritizer the one that was asked; empty when none was that is known */
    record Rated(Examination by, int check, PrioReading reading, Optional<Means.Rated> prioritizer) implements Answer {}

    /** @param at uptime */
    private record Taken(int check, Duration at) {}

    record AnsweredLate(Examination by) implements Answer {}

    record Broke(Examination by, Throwable cause) implements Answer {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final PathHost host;
    private final DeviceProbe probe;
    private final ClariionUnit clariion;
    private final TaskAbortedStatus taskAborted;
    private Checker checker;
    private Prioritizer prioritizer;
    private int count;
    /** When a thread took up the last check; before, nobody can say that it hangs. Written by that thread. */
    private volatile Optional<Taken> taken = Optional.empty();

    private boolean purged;
    private Optional<Sampling> sampling = Optional.empty();

    /** Checks and looks that passed our own deadline and have not come back: they hang in sysfs. */
    private final Set<Integer> hanging = new HashSet<>();

    Examination(ActorContext<Command> context, TimerScheduler<Command> timers, Watch watch, PathHost host) {
        this.context = context;
        this.timers = timers;
        this.host = host;
        this.probe = host.probe().attach(watch.disk().name());
        this.clariion = new ClariionUnit(watch.wwid(), host.snapshots());
        this.taskAborted = new TaskAbortedStatus(watch.wwid(), watch.disk().name(), probe);
        this.checker = checker(watch);
        this.prioritizer = new Prioritizer(watch.disk(), probe, host.expressions());
    }

    Duration now() {
        return host.clock().uptime();
    }

    void diskIs(Watch watch) {
        checker = checker(watch);
        prioritizer = prioritizer.with(watch.disk());
    }

    private Checker checker(Watch watch) {
        return new Checker(
                watch.disk(), watch.unit(), clariion, probe, host.devices(), host.blocking(), taskAborted::begin);
    }

    /** @return the number of the check, which its messages bear */
    int check(PathSettings settings, Checker.Proof proof) {
        var number = ++count;
        startDeadline(deadline(settings), number);
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
        startDeadline(deadline(settings), number);
        context.pipeToSelf(
                checker.look(begun(number)),
                (finding, broke) -> broke == null ? new Looked(this, number, finding) : new Broke(this, broke));
        return number;
    }

    private Runnable begun(int number) {
        return () -> taken = Optional.of(new Taken(number, now()));
    }

    /** What is left of the time that the last check has from when a thread took it up; empty when none has. */
    Optional<Duration> left(PathSettings settings) {
        return taken.filter(last -> last.check() == count)
                .map(last -> last.at().plus(deadline(settings)).minus(now()));
    }

    /** Reads the priority, as a part of that check. */
    void rate(Watch watch, int number) {
        startDeadline(deadline(watch.settings()), number);
        var asked = prioritizer;
        context.pipeToSelf(
                asked.read(
                        watch.settings(),
                        watch.live(),
                        watch.life().found().isUsable(),
                        watch.settings().checkerTimeout()),
                (reading, broke) -> broke == null
                        ? new Rated(this, number, reading, kind(asked, watch, reading))
                        : new Broke(this, broke));
    }

    private static Optional<Means.Rated> kind(Prioritizer asked, Watch watch, PrioReading reading) {
        return reading instanceof PrioReading.Skipped
                ? Optional.empty()
                : asked.kind(watch.settings(), watch.live())
                        .map(kind -> new Means.Rated(kind, watch.settings().prio()));
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

    void startDeadline(Duration left, int number) {
        timers.startSingleTimer(TIMER, new DeadlinePassed(number), BoundedWait.of(left));
    }

    /** How long a check may take, what keeps it from being answered included. */
    static Duration deadline(PathSettings settings) {
        return settings.checkerTimeout().plus(GRACE);
    }

    void rest(Duration pause) {
        timers.startSingleTimer(TIMER, new Due(), BoundedWait.of(pause));
    }

    /** One alarm at a time, which may come too early: what it was set for may have been decided. */
    void awaitProof(Watch watch) {
        watch.overdueAt()
                .filter(due -> !timers.isTimerActive(PROOF))
                .ifPresent(due -> timers.startSingleTimer(PROOF, new ProofDue(), BoundedWait.of(due.minus(now()))));
    }

    /** Begins to read a path for errors that is to be, if there is room. @return what it is then */
    Watch sample(Watch watch) {
        if (!(watch.settings().precautions().shaky() instanceof ShakyPathRule.Sampled rule)
                || !watch.marginality().wantsSample()) {
            return watch;
        }
        sampling =
                Sampling.begin(host.samplePlaces(), host.probe(), watch.disk().name(), rule.sample(), now());
        if (sampling.isEmpty()) {
            return watch;
        }
        timers.startTimerAtFixedRate(SAMPLE, new SampleDue(), Sampling.PACE);
        return watch.observe(new Marginality.SampleBegun(), now());
    }

    /** What the reads for errors came to, when they are over. */
    Optional<Marginality.SampleEnded> sampled() {
        return sampling.flatMap(reads -> reads.tick(now()));
    }

    /** No path is read for errors longer than it is to be. */
    void sampleOnly(Watch watch) {
        if (sampling.isPresent() && !watch.marginality().isSampled()) {
            endSample();
        }
    }

    private void endSample() {
        timers.cancel(SAMPLE);
        sampling.ifPresent(Sampling::close);
        sampling = Optional.empty();
    }

    void tune(Watch watch) {
        host.transports()
                .begin(
                        watch.wwid(),
                        watch.disk(),
                        watch.settings().precautions().transport());
    }

    void markPort(Watch watch, boolean marginal) {
        var found = watch.marginality().found();
        if (found.after(new Marginality.Warned(marginal), now()).isMarginal() != found.isMarginal()) {
            host.transports().markPort(watch.wwid(), watch.disk(), marginal);
        }
    }

    /** Once for a device, when it still is to be. */
    void purge(Watch watch) {
        if (!purged && watch.quarantine().isOver(watch.settings(), now())) {
            purged = true;
            host.acts().purge(watch.wwid(), watch.disk());
        }
    }

    void reread(Watch watch) {
        if (watch.settings().precautions().recheckWwid()) {
            host.acts().reread(watch.wwid(), watch.disk());
        }
    }

    void close() {
        endSample();
        probe.close();
    }
}
