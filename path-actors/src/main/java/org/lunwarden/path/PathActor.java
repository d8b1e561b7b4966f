package org.lunwarden.path;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import org.lunwarden.io.Disk;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.path.Phase.Checking;
import org.lunwarden.path.Phase.Rating;
import org.lunwarden.path.Phase.Resting;
import org.lunwarden.path.checker.Finding;
import org.lunwarden.path.marginal.Marginality;
import org.lunwarden.path.prio.PrioReading;

/**
 * Watches one path: checks it at the pace of {@link PathLife}, reads its priority, and reports.
 *
 * <p>Whoever doubts a path and asks for a check hears of it, see {@link Reporting}. One check is under way at a time, but
 * for one that passed its deadline; a check asked for meanwhile follows at once. A path that comes into use, the first
 * time too, is not called good before it has shown that it is the logical unit it was when it was taken.
 */
public final class PathActor {

    public sealed interface Command
            permits CheckNow,
                    FailedByKernel,
                    ProofWanted,
                    Needed,
                    Purge,
                    FabricSaid,
                    DiskChanged,
                    SettingsChanged,
                    AdminFail,
                    AdminReinstate,
                    SetMarginal,
                    UnsetMarginal,
                    GetReport,
                    Explain,
                    Stop,
                    Due,
                    ProofDue,
                    SampleDue,
                    DeadlinePassed,
                    Examination.Answer {}

    /** Check now instead of at the end of the pause, for example after a kernel event; the outcome is reported. */
    public record CheckNow() implements Command {}

    /** The kernel took the path out of use: checks, and the path must prove to be the unit it was. */
    public record FailedByKernel() implements Command {}

    /** The path is to come into use again: checks, and it must prove to be the unit it was. */
    public record ProofWanted() implements Command {}

    /** Its map has no other path: what is only held back is not any more. */
    public record Needed() implements Command {}

    /** Its fabric reports errors of its link, or takes that back. */
    public record FabricSaid(boolean marginal) implements Command {}

    /** Its map can spare the device: it is removed from the host if it still is to be. */
    public record Purge() implements Command {}

    /** The kernel's description of the disk changed; its number and its WWID are the same. Checks. */
    public record DiskChanged(Disk disk) implements Command {}

    public record SettingsChanged(PathSettings settings) implements Command {}

    /** Takes the path out of use until {@link AdminReinstate}. */
    public record AdminFail() implements Command {}

    public record AdminReinstate() implements Command {}

    /** Puts the path behind all others where marginal paths have groups of their own, until {@link UnsetMarginal}. */
    public record SetMarginal() implements Command {}

    /** Takes back an operator's mark, and all else that makes it marginal. */
    public record UnsetMarginal() implements Command {}

    public record GetReport(ActorRef<PathReport> replyTo) implements Command {}

    /** Asks why it is as it is. */
    public record Explain(ActorRef<PathAccount> replyTo) implements Command {}

    public record Stop() implements Command {}

    record Due() implements Command {}

    record ProofDue() implements Command {}

    record SampleDue() implements Command {}

    record DeadlinePassed(int check) implements Command {}

    private final Examination examination;
    private final Reporting reporting;
    private final Memory memory;

    /**
     * Spawn it once. A restart goes on with what was known; an operator's word is not forgotten. Nobody watched the path
     * meanwhile, so that it is doubted.
     *
     * @param wwid the path's for as long as the actor lives
     * @param adminFailed an operator has failed it before
     */
    public static Behavior<Command> create(
            Disk disk,
            Wwid wwid,
            Nexus nexus,
            PathSettings settings,
            boolean adminFailed,
            PathHost host,
            ActorRef<PathReported> reports,
            ActorRef<PathNews> news) {
        var memory = new Memory(Watch.begin(
                disk, wwid, nexus, settings, adminFailed, host.clock().uptime()));
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var known = memory.watch();
            var restarted = memory.isOld();
            var examination = new Examination(context, timers, known, host);
            var reporting = memory.reporting(() -> new Reporting(context.getSelf(), reports, news));
            var actor = new PathActor(examination, reporting, memory);
            examination.tune(known);
            return actor.rest(restarted ? actor.doubted(known.withFreshProbe(examination.now()), "restarted") : known);
        }));
    }

    private PathActor(Examination examination, Reporting reporting, Memory memory) {
        this.examination = examination;
        this.reporting = reporting;
        this.memory = memory;
    }

    private Behavior<Command> in(Phase phase, Watch watch) {
        memory.keep(watch);
        examination.awaitProof(watch);
        examination.sampleOnly(watch);
        reporting.marginal(watch);
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, command -> receive(command, phase, watch))
                .onSignal(PostStop.class, signal -> closed())
                .onSignal(PreRestart.class, signal -> closed())
                .build();
    }

    private Behavior<Command> receive(Command command, Phase phase, Watch watch) {
        return switch (command) {
            case CheckNow() -> checkSoon(phase, watch, true);
            case FailedByKernel() ->
                doubt(
                        phase,
                        observe(watch, Observed.failedByKernel(watch), "failed by the kernel"),
                        "failed by the kernel");
            case ProofWanted() -> doubt(phase, watch, "to come into use again");
            case Needed() -> judged(phase, watch, new Marginality.Needed(), "its map has no other path");
            case FabricSaid(var marginal) -> {
                examination.markPort(watch, marginal);
                yield judged(phase, watch, new Marginality.Warned(marginal), "its fabric");
            }
            case Purge() -> {
                examination.purge(watch);
                yield Behaviors.same();
            }
            case SampleDue() ->
                examination
                        .sampled()
                        .map(sample -> judged(phase, watch, sample, "read for errors"))
                        .orElseGet(Behaviors::same);
            case Due() -> phase instanceof Resting ? check(watch, watch.isNew()) : Behaviors.same();
            case DiskChanged(var disk) -> diskChanged(phase, watch, watch.with(disk));
            case SettingsChanged(var settings) ->
                settingsChanged(phase, watch, watch.with(settings, examination.now()));
            case AdminFail() ->
                goOn(phase, reporting.changed(observe(watch, new PathLife.FailedByAdmin(), "operator")));
            case AdminReinstate() ->
                doubt(phase, observe(watch, new PathLife.ReinstatedByAdmin(), "operator"), "operator");
            case SetMarginal() -> judged(phase, watch, new Marginality.Marked(), "operator");
            case UnsetMarginal() -> {
                examination.markPort(watch, false);
                yield judged(phase, watch, new Marginality.Cleared(), "operator");
            }
            case GetReport(var replyTo) -> {
                replyTo.tell(watch.report());
                yield Behaviors.same();
            }
            case Explain(var replyTo) -> {
                replyTo.tell(PathAccount.of(watch, examination.now()));
                yield Behaviors.same();
            }
            case ProofDue() -> in(phase, reporting.later(watch, watch.at(examination.now())));
            case DeadlinePassed(var check) -> deadlinePassed(phase, watch, check);
            case Examination.Answer answer ->
                answer.by() == examination ? answered(phase, watch, answer) : Behaviors.same();
            case Stop() -> Behaviors.stopped();
        };
    }

    private Behavior<Command> answered(Phase phase, Watch watch, Examination.Answer answer) {
        return switch (answer) {
            case Examination.Checked(var by, var check, var finding) -> checked(phase, watch, check, finding);
            case Examination.Looked(var by, var check, var finding) -> looked(phase, watch, check, finding);
            case Examination.Rated(var by, var check, var reading, var prioritizer) ->
                phase instanceof Rating rating && rating.check() == check
                        ? finish(rating, rated(watch, reading, rating.sysfs()).ratedBy(prioritizer))
                        : Behaviors.same();
            case Examination.AnsweredLate(var by) -> answeredLate(phase, watch);
            case Examination.Broke(var by, var cause) ->
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
            var number = examination.check(watch.settings(), watch.wantedProof());
            return in(new Checking(number, false, requested, false, watch.mustProve()), watch);
        }
        if (examination.mayLook()) {
            var number = examination.look(watch.settings());
            return in(new Checking(number, true, requested, false, false), watch);
        }
        return rest(
                reporting.checked(requested, observe(watch, Observed.held(watch), "two checks hang, and sysfs hangs")));
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
        var now = observe(watch.found(judged).learned(judged.identity()), Observed.checked(judged), judged.why());
        PathLog.failedAgain(watch, now, judged.why());
        reporting.unit(now, judged);
        reporting.quarantine(
                watch,
                now,
                finding.observed() == PathState.DISCONNECTED
                        && now.quarantine().isOver(now.settings(), examination.now()));
        if (isBack(watch, now)) {
            examination.tune(now);
        }
        if (now.proof() == UnitProof.ANOTHER && watch.proof() != UnitProof.ANOTHER) {
            examination.reread(now);
        }
        return rate(current, now, judged.sysfs());
    }

    /** A port that was blocked took no timeouts, and one that was away may have come back with its own. */
    private static boolean isBack(Watch before, Watch now) {
        return now.life().found().isUsable() && !before.life().found().isUsable() && !before.isNew();
    }

    private Behavior<Command> looked(Phase phase, Watch watch, int number, Finding finding) {
        examination.cameBack(number);
        if (!(phase instanceof Checking current) || current.check() != number) {
            return Behaviors.same();
        }
        var now = observe(watch.found(finding), Observed.looked(watch, finding.sysfs()), finding.why());
        reporting.unit(now, finding);
        return rate(current, now, finding.sysfs());
    }

    private Behavior<Command> rate(Checking current, Watch watch, PathState sysfs) {
        var told = reporting.found(watch);
        examination.rate(told, current.check());
        return in(new Rating(current.check(), current.requested(), current.again(), sysfs), told);
    }

    private Behavior<Command> finish(Rating rating, Watch watch) {
        var told = reporting.checked(rating.requested(), examination.sample(watch));
        if (rating.again()) {
            return check(told, true);
        }
        return rest(rating.requested() ? told.inTurn(examination.now()) : told);
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
        var left = examination.left(watch.settings());
        if (left.filter(time -> !time.isPositive()).isPresent()) {
            examination.hangs(current.check());
            var observation = current.isLook() ? Observed.held(watch) : Observed.overdue(watch);
            var now = observe(watch, observation, "the check hangs");
            reporting.quarantine(watch, now, false);
            return rate(current, now, PathState.UP);
        }
        if (left.isEmpty()) {
            reporting.notTakenUp(watch);
        }
        examination.startDeadline(left.orElse(Examination.deadline(watch.settings())), current.check());
        return Behaviors.same();
    }

    private Behavior<Command> answeredLate(Phase phase, Watch watch) {
        PathLog.answeredLate(watch);
        return checkSoon(phase, observe(watch, new PathLife.AnsweredLate(), "answered late"), false);
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

    private Behavior<Command> settingsChanged(Phase phase, Watch before, Watch watch) {
        var transport = watch.settings().precautions().transport();
        if (!transport.equals(before.settings().precautions().transport())) {
            examination.tune(watch);
        }
        return goOn(phase, reporting.changed(watch));
    }

    /** The kernel may have read another unit's pages, while udev still gives it the name of the one before. */
    private Behavior<Command> diskChanged(Phase phase, Watch before, Watch watch) {
        examination.diskIs(watch);
        var other = watch.otherUnit();
        if (other.isEmpty() || other.equals(before.otherUnit())) {
            return checkSoon(phase, reporting.changed(watch), true);
        }
        reporting.another(watch, other.get().name());
        return doubt(phase, watch, Watch.pageNames(other.get()));
    }

    private Behavior<Command> doubt(Phase phase, Watch watch, String why) {
        return checkSoon(phase instanceof Checking current ? current.doubted() : phase, doubted(watch, why), true);
    }

    /** Whether it can be relied on. */
    private Behavior<Command> judged(Phase phase, Watch watch, Marginality.Event event, String why) {
        var now = reporting.changed(PathLog.changed(watch, watch.observe(event, examination.now()), why));
        return watch.life().heldBack() && !now.life().heldBack() ? checkSoon(phase, now, true) : in(phase, now);
    }

    private Watch doubted(Watch watch, String why) {
        return reporting.changed(observe(watch, Observed.doubted(watch), why));
    }

    private Watch observe(Watch watch, PathLife.Observation observation, String why) {
        var now = examination.now();
        return PathLog.changed(watch, watch.observe(observation, now).said(why, watch, now), why);
    }

    private static Watch rated(Watch watch, PrioReading reading, PathState sysfs) {
        return PathLog.rated(watch, watch.rated(reading, sysfs), reading);
    }

    private Behavior<Command> closed() {
        examination.close();
        return Behaviors.same();
    }
}
