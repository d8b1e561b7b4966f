package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.failback.Course;
import org.lunwarden.fleet.failback.FailbackPlan;
import org.lunwarden.fleet.failback.FailbackRun;
import org.lunwarden.fleet.failback.FailbackRun.Order;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.fleet.failback.HostState;
import org.lunwarden.fleet.failback.Situation;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostId;

/**
 * One failback under way, as its coordinator knows it, and what follows from what is seen and answered. Pure. Its run begins
 * when the fleet is first seen; that of an earlier coordinator goes on when all its hosts are.
 *
 * @param wanted fingerprint of the plan that was agreed to; empty: whichever is made
 * @param raises how often a host that had seen a higher epoch made it start anew above that one
 */
record FailbackWork(FailbackEntry entry, Optional<FailbackRun> run, Optional<String> wanted, int raises) {

    /** A failback that hosts push above so many epochs has a rival. */
    private static final int RAISES = 20;

    /** No host is believed a term above this one. */
    private static final long HIGHEST_TERM = Long.MAX_VALUE / (1L << 20);

    /** So long the hosts of a plan are waited for: views that were all stopped hear them one after the other. */
    private static final Duration RETURN = Duration.ofMinutes(2);

    private static final String WAITING = "nothing is begun: ";

    /** @param orders to be sent now */
    record Next(FailbackWork work, List<Order> orders) {}

    static FailbackWork of(FailbackProgress fresh, Optional<String> wanted) {
        return new FailbackWork(new FailbackEntry(fresh, Optional.empty(), 0), Optional.empty(), wanted, 0);
    }

    /**
     * That of an earlier coordinator. What it had not planned is not planned now: the fleet is not the one any more that it was
     * wanted for.
     */
    static FailbackWork resumed(FailbackEntry left, Epoch epoch, Instant now, String why) {
        var noted = Progress.noted(left.progress(), epoch, now, why);
        var rest = new FailbackWork(left.with(noted, left.course()), Optional.empty(), Optional.empty(), 0);
        return left.course().isPresent() ? rest : rest.stopped(now, "its coordinator ended before it had a plan");
    }

    /** The same above an epoch that a host has seen: the hosts of its step are asked again. */
    FailbackWork under(Epoch epoch, Instant now, String why) {
        var noted = Progress.noted(progress(), epoch, now, why);
        return new FailbackWork(
                entry.with(noted, entry.course()), run.map(current -> current.under(epoch, now)), wanted, raises + 1);
    }

    FailbackProgress progress() {
        return entry.progress();
    }

    String id() {
        return entry.id();
    }

    boolean isOver() {
        return !entry.isLive();
    }

    FailbackWork stopped(Instant now, String why) {
        return run.map(current -> after(current.stopped(why, now), now))
                .orElseGet(() -> with(Progress.in(progress(), Phase.STOPPED, why, now, "stopped: " + why)));
    }

    FailbackWork paused(boolean paused, Instant now) {
        return run.map(current -> after(current.paused(paused), now))
                .orElseGet(() -> with(Progress.in(
                        progress(), paused ? Phase.PAUSED : Phase.RUNNING, "", now, paused ? "paused" : "goes on")));
    }

    /** Nothing is begun for now; of one wait each reason is told once, also when they take turns. */
    FailbackWork waiting(String why, Instant now) {
        var words = WAITING + why;
        var isTold = progress().log().reversed().stream()
                .map(FailbackProgress.Entry::text)
                .takeWhile(text -> text.startsWith(WAITING))
                .anyMatch(words::equals);
        return isTold ? this : with(Progress.noted(progress(), entry.epoch(), now, words));
    }

    /** The fleet as it is now; the first look makes the plan. */
    FailbackWork seen(Situation situation, FailbackSettings settings) {
        var now = situation.at();
        if (run.isPresent()) {
            return after(run.get().seen(situation, settings), now);
        }
        if (progress().phase() == Phase.PAUSED && entry.course().isEmpty()) {
            return this;
        }
        if (entry.course().isPresent()) {
            return back(entry.course().get(), situation, settings);
        }
        var plan = FailbackPlan.of(progress().component(), situation, settings);
        if (wanted.filter(agreed -> !agreed.equals(plan.fingerprint())).isPresent()) {
            return stopped(now, "the plan would be " + plan.fingerprint() + " now, not " + wanted.get());
        }
        var course = Course.of(plan.inBrief(), situation);
        var planned = new FailbackWork(
                entry.with(Progress.planned(progress(), plan, now), Optional.of(course)), run, wanted, raises);
        return planned.after(FailbackRun.start(id(), entry.epoch(), course, 0, situation, settings), now);
    }

    private FailbackWork back(Course course, Situation situation, FailbackSettings settings) {
        var now = situation.at();
        var heard = situation.hosts().stream()
                .filter(HostState::reporting)
                .map(HostState::host)
                .toList();
        if (!heard.containsAll(course.hosts())
                && now.isBefore(progress().changedAt().plus(RETURN))) {
            return this;
        }
        var begun = FailbackRun.start(id(), entry.epoch(), course, progress().stepsDone(), situation, settings)
                .paused(progress().phase() == Phase.PAUSED);
        return after(begun, now).seen(situation, settings);
    }

    /** Answers to what another epoch ordered change nothing. */
    FailbackWork answered(Epoch epoch, HostId host, HostAnswer answer, Instant now, FailbackSettings settings) {
        return isOf(epoch) ? after(run.orElseThrow().answered(host, answer, now, settings), now) : this;
    }

    /** Whether hosts are to be told something, once that is written. */
    boolean hasToSend(Instant now) {
        return run.filter(current -> current.hasToSend(now)).isPresent();
    }

    Next send(Situation situation, FailbackSettings settings) {
        var next = run.orElseThrow().send(situation, settings);
        return new Next(after(next.run(), situation.at()), next.orders());
    }

    /**
     * The epoch that it has to begin again above: a host has seen more than the book tells, for example since all views
     * began anew with clocks that are behind.
     */
    Optional<Epoch> surpassedBy(Epoch epoch, HostAnswer answer) {
        return answer instanceof HostAnswer.Refused(var reason, var seen) && isOf(epoch) && raises < RAISES
                ? seen.filter(other -> !other.isOlderThan(epoch) && other.term() < HIGHEST_TERM)
                : Optional.empty();
    }

    private boolean isOf(Epoch epoch) {
        return run.filter(current -> current.epoch().equals(epoch)).isPresent();
    }

    private FailbackWork after(FailbackRun next, Instant now) {
        var told = Progress.after(progress(), run, next, now);
        var same = told.equals(progress()) && entry.course().equals(Optional.of(next.course()));
        return new FailbackWork(
                same ? entry : entry.with(told, Optional.of(next.course())), Optional.of(next), wanted, raises);
    }

    private FailbackWork with(FailbackProgress next) {
        return new FailbackWork(entry.with(next, entry.course()), run, wanted, raises);
    }
}
