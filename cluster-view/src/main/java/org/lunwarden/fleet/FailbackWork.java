package org.lunwarden.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.failback.FailbackRun;
import org.lunwarden.fleet.failback.FailbackRun.Order;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostId;

/**
 * One failback under way, as its coordinator knows it, and what follows from what is seen and answered. Pure. Its run begins
 * when the fleet is first seen.
 *
 * @param stepsBefore done under earlier epochs, as are {@code mapsBefore}
 * @param raises how often a host that had seen a higher epoch made it start anew above that one
 */
record FailbackWork(FailbackProgress progress, Optional<FailbackRun> run, int stepsBefore, int mapsBefore, int raises) {

    /** A failback that hosts push above so many epochs has a rival. */
    private static final int RAISES = 20;

    /** No host is believed an epoch above this one. */
    private static final long HIGHEST_EPOCH = Long.MAX_VALUE / 10_000;

    /** @param orders to be sent now */
    record Next(FailbackWork work, List<Order> orders) {}

    static FailbackWork of(FailbackProgress fresh) {
        return new FailbackWork(fresh, Optional.empty(), 0, 0, 0);
    }

    /** What is left of it, to be planned anew under a higher epoch. */
    static FailbackWork restOf(FailbackProgress left, long epoch, int raises, Instant now, String why) {
        var anew = Progress.noted(left, epoch, now, why);
        return new FailbackWork(anew, Optional.empty(), anew.stepsDone(), anew.mapsDone(), raises);
    }

    String id() {
        return progress.id();
    }

    boolean isOver() {
        return progress.phase() != Phase.RUNNING;
    }

    FailbackWork stopped(Instant now, String why) {
        return with(Progress.stopped(progress, now, why));
    }

    /** The fleet as it is now; the first look makes the plan. */
    Next seen(FleetSnapshot fleet, Instant now) {
        var hosts = FailbackFacts.hosts(fleet);
        if (run.isPresent()) {
            return after(run.get().seen(hosts, fleet.incidents(), now, FailbackFacts.SETTINGS), now);
        }
        var plan = FailbackFacts.plan(fleet, progress.component());
        var first =
                FailbackRun.start(id(), progress.epoch(), plan, hosts, fleet.incidents(), now, FailbackFacts.SETTINGS);
        return with(Progress.planned(progress, plan, stepsBefore, mapsBefore, now))
                .after(first, now);
    }

    /** Answers to what another epoch ordered change nothing. */
    Next answered(long epoch, HostId host, HostAnswer answer, Instant now) {
        return isOf(epoch)
                ? after(run.orElseThrow().answered(host, answer, now, FailbackFacts.SETTINGS), now)
                : new Next(this, List.of());
    }

    /**
     * The epoch that it has to be planned anew above: a host has seen more than the book tells, for example since all views
     * began anew with clocks that are behind.
     */
    Optional<Long> surpassedBy(long epoch, HostAnswer answer) {
        return answer instanceof HostAnswer.Refused(var reason, var seen) && isOf(epoch) && raises < RAISES
                ? seen.filter(other -> other >= epoch && other < HIGHEST_EPOCH)
                : Optional.empty();
    }

    private boolean isOf(long epoch) {
        return run.filter(current -> current.epoch() == epoch).isPresent();
    }

    private Next after(FailbackRun.Next next, Instant now) {
        var told = Progress.after(progress, next, stepsBefore, mapsBefore, now);
        return new Next(
                new FailbackWork(told, Optional.of(next.run()), stepsBefore, mapsBefore, raises), next.orders());
    }

    private FailbackWork with(FailbackProgress next) {
        return new FailbackWork(next, run, stepsBefore, mapsBefore, raises);
    }
}
