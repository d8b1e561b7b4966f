package org.lunwarden.path;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.Disk;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.path.PathLife.Observation;
import org.lunwarden.path.checker.Checker;
import org.lunwarden.path.checker.Finding;
import org.lunwarden.path.prio.PrioReading;
import org.lunwarden.path.prio.Prioritizer;

/**
 * Watches one path: checks it at the pace of {@link PathLife}, reads its priority, and reports.
 *
 * <p>A report is sent after the first check, after every change of what it says, and after every check that somebody
 * asked for, so that whoever doubts a path hears of it. One check is under way at a time, but for one that passed its
 * deadline; a check asked for meanwhile follows at once.
 */
public final class PathActor {

    private static final Logger LOG = LoggerFactory.getLogger(PathActor.class);

    /** A deadline is the probe's to keep; ours is for what it cannot see, such as sysfs that hangs. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final String TIMER = "pause or deadline";

    public sealed interface Command {}

    /** Check now instead of at the end of the pause, for example after a kernel event; the outcome is reported. */
    public record CheckNow() implements Command {}

    /** The kernel's description of the disk changed; its number and its WWID are the same. Checks. */
    public record DiskChanged(Disk disk) implements Command {}

    public record SettingsChanged(PathSettings settings) implements Command {}

    /** Takes the path out of use until {@link AdminReinstate}. */
    public record AdminFail() implements Command {}

    public record AdminReinstate() implements Command {}

    public record GetReport(ActorRef<PathReport> replyTo) implements Command {}

    public record Stop() implements Command {}

    private record Due() implements Command {}

    private record Begun(PathActor by, int check) implements Command {}

    private record Checked(PathActor by, int check, Finding finding) implements Command {}

    private record Rated(PathActor by, int check, PrioReading reading) implements Command {}

    private record DeadlinePassed(int check) implements Command {}

    private record AnsweredLate(PathActor by) implements Command {}

    private record Broke(PathActor by, Throwable cause) implements Command {}

    /** What the actor waits for. */
    private sealed interface Phase {}

    private record Resting() implements Phase {}

    /**
     * @param begun a thread has taken it up; before, nobody can say that it hangs
     * @param requested the outcome is reported, changed or not
     * @param again another check was asked for meanwhile
     */
    private record Checking(int check, boolean begun, boolean requested, boolean again) implements Phase {}

    /** @param sysfs what the kernel's word said in the check before */
    private record Rating(int check, boolean requested, boolean again, PathState sysfs) implements Phase {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final DeviceProbe probe;
    private final BlockDevices devices;
    private final Executor blocking;
    private final ActorRef<PathReport> reports;
    private final AtomicReference<Watch> memory;
    private Checker checker;
    private Prioritizer prioritizer;
    private int checks;

    /**
     * Spawn it once. A restart goes on with what was known; an operator's word is not forgotten.
     *
     * @param wwid the path's for as long as the actor lives
     * @param blocking runs the calls of {@code devices}
     */
    public static Behavior<Command> create(
            Disk disk,
            Wwid wwid,
            Nexus nexus,
            PathSettings settings,
            PathProbe probe,
            BlockDevices devices,
            Executor blocking,
            ActorRef<PathReport> reports) {
        var memory = new AtomicReference<>(Watch.begin(disk, wwid, nexus, settings));
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var device = probe.attach(memory.get().disk().name());
            return new PathActor(context, timers, device, devices, blocking, reports, memory)
                    .rest(memory.get().withFreshProbe());
        }));
    }

    private PathActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            DeviceProbe probe,
            BlockDevices devices,
            Executor blocking,
            ActorRef<PathReport> reports,
            AtomicReference<Watch> memory) {
        this.context = context;
        this.timers = timers;
        this.probe = probe;
        this.devices = devices;
        this.blocking = blocking;
        this.reports = reports;
        this.memory = memory;
        var disk = memory.get().disk();
        this.checker = new Checker(disk, probe, devices, blocking);
        this.prioritizer = new Prioritizer(disk, probe);
    }

    private Behavior<Command> in(Phase phase, Watch watch) {
        memory.set(watch);
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, command -> receive(command, phase, watch))
                .onSignal(PostStop.class, signal -> closed())
                .onSignal(PreRestart.class, signal -> closed())
                .build();
    }

    private Behavior<Command> receive(Command command, Phase phase, Watch watch) {
        return switch (command) {
            case CheckNow() -> checkSoon(phase, watch);
            case Due() -> phase instanceof Resting ? check(watch, false) : Behaviors.same();
            case DiskChanged(var disk) -> checkSoon(phase, changed(watch, disk));
            case SettingsChanged(var settings) -> goOn(phase, watch.with(settings));
            case AdminFail() -> admin(phase, watch, new PathLife.FailedByAdmin());
            case AdminReinstate() -> admin(phase, watch, new PathLife.ReinstatedByAdmin());
            case GetReport(var replyTo) -> {
                replyTo.tell(watch.report());
                yield Behaviors.same();
            }
            case Begun(var by, var check) -> by == this ? begun(phase, watch, check) : Behaviors.same();
            case Checked(var by, var check, var finding) ->
                by == this ? checked(phase, watch, check, finding) : Behaviors.same();
            case Rated(var by, var check, var reading) ->
                by == this && phase instanceof Rating rating && rating.check() == check
                        ? finish(rating, rated(watch, reading, rating.sysfs()))
                        : Behaviors.same();
            case DeadlinePassed(var check) -> deadlinePassed(phase, watch, check);
            case AnsweredLate(var by) -> by == this ? answeredLate(phase, watch) : Behaviors.same();
            case Broke(var by, var cause) -> {
                if (by == this) {
                    throw new IllegalStateException(
                            "the check of " + watch.disk().name() + " broke", cause);
                }
                yield Behaviors.same();
            }
            case Stop() -> Behaviors.stopped();
        };
    }

    private Behavior<Command> rest(Watch watch) {
        timers.startSingleTimer(TIMER, new Due(), watch.next());
        return in(new Resting(), watch);
    }

    private Behavior<Command> check(Watch watch, boolean requested) {
        if (!watch.life().mayCheck()) {
            var held = observe(watch, new PathLife.Held(), "two checks hang");
            return rest(requested ? tell(held) : held);
        }
        var number = ++checks;
        var timeout = watch.settings().checkerTimeout();
        startDeadline(watch, number);
        var self = context.getSelf();
        context.pipeToSelf(
                checker.check(watch.settings().checker(), timeout, () -> self.tell(new Begun(this, number))),
                (finding, broke) -> broke == null ? new Checked(this, number, finding) : new Broke(this, broke));
        return in(new Checking(number, false, requested, false), watch);
    }

    private Behavior<Command> begun(Phase phase, Watch watch, int number) {
        if (!(phase instanceof Checking current) || current.check() != number) {
            return Behaviors.same();
        }
        startDeadline(watch, number);
        return in(new Checking(number, true, current.requested(), current.again()), watch);
    }

    private void startDeadline(Watch watch, int number) {
        var timeout = watch.settings().checkerTimeout();
        timers.startSingleTimer(TIMER, new DeadlinePassed(number), timeout.plus(GRACE));
    }

    private Behavior<Command> checked(Phase phase, Watch watch, int number, Finding finding) {
        finding.late().ifPresent(late -> context.pipeToSelf(late, (answer, broke) -> new AnsweredLate(this)));
        if (!(phase instanceof Checking current) || current.check() != number) {
            return finding.late().isPresent() ? Behaviors.same() : answeredLate(phase, watch);
        }
        var seen = finding.live().map(watch::seen).orElseGet(watch::unseen);
        var observation = finding.late().isPresent()
                ? new PathLife.Overdue(finding.observed())
                : new PathLife.Checked(finding.observed());
        return rate(current, observe(seen, observation, finding.why()), finding.sysfs());
    }

    /** A change of state is told before the priority is read, unless the path would go into use without one. */
    private Behavior<Command> rate(Checking current, Watch watch, PathState sysfs) {
        var state = watch.life().state();
        var changed = watch.told().map(told -> told.state() != state).orElse(false);
        var ready = !state.isUsable() || watch.priority().isDefined();
        var watched = changed && ready ? tell(watch) : watch;
        var timeout = watched.settings().checkerTimeout();
        timers.startSingleTimer(TIMER, new DeadlinePassed(current.check()), timeout.plus(GRACE));
        context.pipeToSelf(
                prioritizer.read(
                        watched.settings(),
                        watched.live(),
                        watched.life().found().isUsable(),
                        timeout),
                (reading, broke) -> broke == null ? new Rated(this, current.check(), reading) : new Broke(this, broke));
        return in(new Rating(current.check(), current.requested(), current.again(), sysfs), watched);
    }

    private Behavior<Command> finish(Rating rating, Watch watch) {
        var report = watch.report();
        var news = !watch.told().map(report::equals).orElse(false);
        var told = news || rating.requested() ? tell(watch) : watch;
        return rating.again() ? check(told, true) : rest(told);
    }

    private Behavior<Command> deadlinePassed(Phase phase, Watch watch, int number) {
        return switch (phase) {
            case Resting() -> Behaviors.same();
            case Checking current -> current.check() == number ? overdue(current, watch) : Behaviors.same();
            case Rating rating ->
                rating.check() == number
                        ? finish(rating, rated(watch, new PrioReading.Failed("no answer in time"), rating.sysfs()))
                        : Behaviors.same();
        };
    }

    /** A check that waits for a thread says nothing of the path: it keeps its state, and its place in the queue. */
    private Behavior<Command> overdue(Checking current, Watch watch) {
        if (current.begun()) {
            var observation = new PathLife.Overdue(overdueState(watch));
            return rate(current, observe(watch, observation, "the check hangs"), PathState.UP);
        }
        LOG.warn(
                "{} {}: not checked, no thread has been free for {} s",
                watch.wwid(),
                watch.disk().name(),
                watch.settings().checkerTimeout().plus(GRACE).toSeconds());
        startDeadline(watch, current.check());
        return Behaviors.same();
    }

    private static PathState overdueState(Watch watch) {
        return watch.settings().checker() == CheckerKind.TUR ? PathState.TIMEOUT : PathState.DOWN;
    }

    private Behavior<Command> answeredLate(Phase phase, Watch watch) {
        LOG.info(
                "{} {}: an overdue check was answered",
                watch.wwid(),
                watch.disk().name());
        return checkSoon(phase, observe(watch, new PathLife.AnsweredLate(), "answered late"), false);
    }

    private Behavior<Command> admin(Phase phase, Watch watch, Observation word) {
        var observed = observe(watch, word, "operator");
        return goOn(phase, observed.told().isPresent() ? tell(observed) : observed);
    }

    private Behavior<Command> checkSoon(Phase phase, Watch watch) {
        return checkSoon(phase, watch, true);
    }

    private Behavior<Command> checkSoon(Phase phase, Watch watch, boolean requested) {
        return switch (phase) {
            case Resting() -> check(watch, requested);
            case Checking(var check, var begun, var asked, var again) ->
                in(new Checking(check, begun, asked, true), watch);
            case Rating(var check, var asked, var again, var sysfs) -> in(new Rating(check, asked, true, sysfs), watch);
        };
    }

    private Behavior<Command> goOn(Phase phase, Watch watch) {
        return switch (phase) {
            case Resting() -> rest(watch);
            case Checking checking -> in(checking, watch);
            case Rating rating -> in(rating, watch);
        };
    }

    private Watch changed(Watch watch, Disk disk) {
        checker = new Checker(disk, probe, devices, blocking);
        prioritizer = new Prioritizer(disk, probe);
        var now = watch.with(disk);
        return now.told().isPresent() && !now.told().get().equals(now.report()) ? tell(now) : now;
    }

    private Watch observe(Watch watch, Observation observation, String why) {
        var step = watch.life().observe(observation, watch.settings(), watch.spread());
        var now = watch.after(step);
        if (now.life().state() != watch.life().state()) {
            LOG.atLevel(isExpected(watch, now) ? Level.DEBUG : Level.INFO)
                    .log(
                            "{} {}: {}, was {} ({})",
                            watch.wwid(),
                            watch.disk().name(),
                            now.life().state(),
                            watch.life().state(),
                            why);
        }
        return now;
    }

    /** A host finds its paths good when it starts: not worth a line for each. */
    private static boolean isExpected(Watch before, Watch after) {
        return before.life().state() == PathState.UNCHECKED
                && after.life().state().isUsable();
    }

    private static Watch rated(Watch watch, PrioReading reading, PathState sysfs) {
        var now = watch.rated(reading, sysfs);
        if (reading instanceof PrioReading.Failed(var why)
                && watch.priority().isDefined()
                && !now.priority().isDefined()) {
            LOG.warn(
                    "{} {}: priority unknown, was {} ({})",
                    watch.wwid(),
                    watch.disk().name(),
                    watch.priority(),
                    why);
        }
        return now;
    }

    private Watch tell(Watch watch) {
        var report = watch.report();
        reports.tell(report);
        return watch.told(report);
    }

    private Behavior<Command> closed() {
        probe.close();
        return Behaviors.same();
    }
}
