package org.lunwarden.path;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.Disk;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.path.Examination.AnsweredLate;
import org.lunwarden.path.Examination.Begun;
import org.lunwarden.path.Examination.Broke;
import org.lunwarden.path.Examination.Checked;
import org.lunwarden.path.Examination.Looked;
import org.lunwarden.path.Examination.Rated;
import org.lunwarden.path.PathLife.Observation;
import org.lunwarden.path.Phase.Checking;
import org.lunwarden.path.Phase.Rating;
import org.lunwarden.path.Phase.Resting;
import org.lunwarden.path.checker.Finding;
import org.lunwarden.path.prio.PrioReading;

/**
 * Watches one path: checks it at the pace of {@link PathLife}, reads its priority, and reports.
 *
 * <p>Whoever doubts a path and asks for a check hears of it, see {@link Reporting}. One check is under way at a time, but for one that passed its
 * deadline; a check asked for meanwhile follows at once. A path that comes into use, the first time too, is not
 * called good before it has said that it is the logical unit it was when it was taken.
 */
public final class PathActor {

    public sealed interface Command
            permits CheckNow,
                    FailedByKernel,
                    DiskChanged,
                    SettingsChanged,
                    AdminFail,
                    AdminReinstate,
                    GetReport,
                    Stop,
                    Due,
                    DeadlinePassed,
                    Examination.Answer {}

    /** Check now instead of at the end of the pause, for example after a kernel event; the outcome is reported. */
    public record CheckNow() implements Command {}

    /** The kernel took the path out of use: checks, and the path must prove to be the unit it was. */
    public record FailedByKernel() implements Command {}

    /** The kernel's description of the disk changed; its number and its WWID are the same. Checks. */
    public record DiskChanged(Disk disk) implements Command {}

    public record SettingsChanged(PathSettings settings) implements Command {}

    /** Takes the path out of use until {@link AdminReinstate}. */
    public record AdminFail() implements Command {}

    public record AdminReinstate() implements Command {}

    public record GetReport(ActorRef<PathReport> replyTo) implements Command {}

    public record Stop() implements Command {}

    record Due() implements Command {}

    record DeadlinePassed(int check) implements Command {}

    private final Examination examination;
    private final Reporting reporting;
    private final AtomicReference<Watch> memory;

    /**
     * Spawn it once. A restart goes on with what was known; an operator's word is not forgotten.
     *
     * @param wwid the path's for as long as the actor lives
     * @param adminFailed an operator has failed it before
     * @param blocking runs the calls of {@code devices}
     */
    public static Behavior<Command> create(
            Disk disk,
            Wwid wwid,
            Nexus nexus,
            PathSettings settings,
            boolean adminFailed,
            PathProbe probe,
            BlockDevices devices,
            Executor blocking,
            ActorRef<PathReport> reports,
            ActorRef<UnitNews> news) {
        var memory = new AtomicReference<>(Watch.begin(disk, wwid, nexus, settings, adminFailed));
        var reporting = new Reporting(reports, news);
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var known = memory.get();
            var device = probe.attach(known.disk().name());
            var examination = new Examination(context, timers, known, device, devices, blocking);
            return new PathActor(examination, reporting, memory).rest(known.withFreshProbe());
        }));
    }

    private PathActor(Examination examination, Reporting reporting, AtomicReference<Watch> memory) {
        this.examination = examination;
        this.reporting = reporting;
        this.memory = memory;
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
            case CheckNow() -> checkSoon(phase, watch, true);
            case FailedByKernel() -> doubt(phase, watch, "failed by the kernel");
            case Due() -> phase instanceof Resting ? check(watch, false) : Behaviors.same();
            case DiskChanged(var disk) -> diskChanged(phase, watch, watch.with(disk));
            case SettingsChanged(var settings) -> goOn(phase, watch.with(settings));
            case AdminFail() -> admin(phase, watch, new PathLife.FailedByAdmin());
            case AdminReinstate() -> admin(phase, watch, new PathLife.ReinstatedByAdmin());
            case GetReport(var replyTo) -> {
                replyTo.tell(watch.report());
                yield Behaviors.same();
            }
            case DeadlinePassed(var check) -> deadlinePassed(phase, watch, check);
            case Examination.Answer answer ->
                answer.by() == examination ? answered(phase, watch, answer) : Behaviors.same();
            case Stop() -> Behaviors.stopped();
        };
    }

    private Behavior<Command> answered(Phase phase, Watch watch, Examination.Answer answer) {
        return switch (answer) {
            case Begun(var by, var check) -> begun(phase, watch, check);
            case Checked(var by, var check, var finding) -> checked(phase, watch, check, finding);
            case Looked(var by, var check, var finding) -> looked(phase, watch, check, finding);
            case Rated(var by, var check, var reading) ->
                phase instanceof Rating rating && rating.check() == check
                        ? finish(rating, rated(watch, reading, rating.sysfs()))
                        : Behaviors.same();
            case AnsweredLate(var by) -> answeredLate(phase, watch);
            case Broke(var by, var cause) ->
                throw new IllegalStateException("the check of " + watch.disk().name() + " broke", cause);
        };
    }

    private Behavior<Command> rest(Watch watch) {
        examination.rest(watch.next());
        return in(new Resting(), watch);
    }

    /** While too many checks hang, the kernel's word is read all the same, unless that hangs, too. */
    private Behavior<Command> check(Watch watch, boolean requested) {
        if (watch.life().mayCheck()) {
            var proves = watch.mustProve();
            var number = examination.check(watch.settings(), proves);
            return in(new Checking(number, false, false, requested, false, proves), watch);
        }
        if (examination.mayLook()) {
            var number = examination.look(watch.settings());
            return in(new Checking(number, true, false, requested, false, false), watch);
        }
        return rest(reporting.checked(requested, observe(watch, watch.held(), "two checks hang, and sysfs hangs")));
    }

    private Behavior<Command> begun(Phase phase, Watch watch, int number) {
        if (!(phase instanceof Checking current) || current.check() != number) {
            return Behaviors.same();
        }
        examination.startDeadline(watch.settings(), number);
        return in(current.takenUp(), watch);
    }

    private Behavior<Command> checked(Phase phase, Watch watch, int number, Finding finding) {
        examination.cameBack(number);
        finding.late().ifPresent(examination::awaitLate);
        if (!(phase instanceof Checking current) || current.check() != number) {
            return finding.late().isPresent() ? Behaviors.same() : answeredLate(phase, watch);
        }
        if (finding.observed().isUsable() && watch.mustProve() && !current.proves()) {
            return check(watch.found(finding), true);
        }
        var judged = watch.judged(finding);
        var observation = judged.late().isPresent()
                ? new PathLife.Overdue(judged.observed())
                : new PathLife.Checked(judged.observed());
        var now = observe(watch.found(judged).learned(judged.identity()), observation, judged.why());
        reporting.unit(examination.self(), now, judged);
        return rate(current, now, judged.sysfs());
    }

    private Behavior<Command> looked(Phase phase, Watch watch, int number, Finding finding) {
        examination.cameBack(number);
        if (!(phase instanceof Checking current) || current.check() != number) {
            return Behaviors.same();
        }
        var observation = finding.sysfs() == PathState.UP ? watch.held() : new PathLife.Checked(finding.sysfs());
        var now = observe(watch.found(finding), observation, finding.why());
        reporting.unit(examination.self(), now, finding);
        return rate(current, now, finding.sysfs());
    }

    private Behavior<Command> rate(Checking current, Watch watch, PathState sysfs) {
        var told = reporting.found(watch);
        examination.rate(told, current.check());
        return in(new Rating(current.check(), current.requested(), current.again(), sysfs), told);
    }

    private Behavior<Command> finish(Rating rating, Watch watch) {
        var told = reporting.checked(rating.requested(), watch);
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
            examination.hangs(current.check());
            var observation = current.isLook() ? watch.held() : new PathLife.Overdue(watch.hung());
            return rate(current, observe(watch, observation, "the check hangs"), PathState.UP);
        }
        PathLog.notTakenUp(watch);
        examination.startDeadline(watch.settings(), current.check());
        return Behaviors.same();
    }

    private Behavior<Command> answeredLate(Phase phase, Watch watch) {
        PathLog.answeredLate(watch);
        return checkSoon(phase, observe(watch, new PathLife.AnsweredLate(), "answered late"), false);
    }

    private Behavior<Command> admin(Phase phase, Watch watch, Observation word) {
        return goOn(phase, reporting.changed(observe(watch, word, "operator")));
    }

    private Behavior<Command> checkSoon(Phase phase, Watch watch, boolean requested) {
        return switch (phase) {
            case Resting() -> check(watch, requested);
            case Checking checking -> in(checking.andAgain(), watch);
            case Rating rating -> in(rating.andAgain(), watch);
        };
    }

    private Behavior<Command> goOn(Phase phase, Watch watch) {
        return phase instanceof Resting ? rest(watch) : in(phase, watch);
    }

    /** The kernel may have read another unit's pages, while udev still gives it the name of the one before. */
    private Behavior<Command> diskChanged(Phase phase, Watch before, Watch watch) {
        examination.diskIs(watch);
        var other = watch.otherUnit();
        if (other.isEmpty() || other.equals(before.otherUnit())) {
            return checkSoon(phase, reporting.changed(watch), true);
        }
        reporting.another(examination.self(), watch, other.get().name());
        return doubt(phase, watch, Watch.pageNames(other.get()));
    }

    private Behavior<Command> doubt(Phase phase, Watch watch, String why) {
        var doubt = watch.otherUnit().isPresent() ? new PathLife.Denied() : new PathLife.Doubted();
        var doubted = reporting.changed(observe(watch, doubt, why));
        return checkSoon(phase instanceof Checking current ? current.doubted() : phase, doubted, true);
    }

    private static Watch observe(Watch watch, Observation observation, String why) {
        var now = watch.after(watch.life().observe(observation, watch.settings(), watch.spread()));
        PathLog.changed(watch, now, why);
        return now;
    }

    private static Watch rated(Watch watch, PrioReading reading, PathState sysfs) {
        var now = watch.rated(reading, sysfs);
        PathLog.rated(watch, now, reading);
        return now;
    }

    private Behavior<Command> closed() {
        examination.close();
        return Behaviors.same();
    }
}
