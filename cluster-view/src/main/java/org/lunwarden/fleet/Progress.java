package org.lunwarden.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.lunwarden.fleet.FailbackProgress.Entry;
import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.failback.FailbackPlan;
import org.lunwarden.fleet.failback.FailbackRun;
import org.lunwarden.model.Component;

/** From a run to what is told of it. Pure. */
final class Progress {

    /** It is replicated as a whole, so that it has to stay small. */
    private static final int LINES = 100;

    private Progress() {}

    static FailbackProgress begun(String id, Optional<Component> component, long epoch, Instant now) {
        return new FailbackProgress(
                id, component, epoch, Phase.RUNNING, 0, 0, 0, 0, "", now, now, List.of(new Entry(now, "begun")));
    }

    /** @param stepsBefore done by earlier coordinators, as are {@code mapsBefore} */
    static FailbackProgress planned(
            FailbackProgress progress, FailbackPlan plan, int stepsBefore, int mapsBefore, Instant now) {
        var maps = plan.waves().stream()
                .flatMap(wave -> wave.steps().stream())
                .mapToInt(step -> step.maps().size())
                .sum();
        var words = maps + " maps of " + plan.hosts().size() + " hosts in "
                + plan.waves().size() + " steps, " + plan.leftOut().size() + " left out";
        return with(
                progress,
                progress.epoch(),
                Phase.RUNNING,
                stepsBefore,
                stepsBefore + plan.waves().size(),
                mapsBefore,
                mapsBefore + maps,
                "",
                now,
                words);
    }

    /** Unchanged when there is nothing new to tell. */
    static FailbackProgress after(
            FailbackProgress progress, FailbackRun.Next next, int stepsBefore, int mapsBefore, Instant now) {
        var run = next.run();
        var phase = switch (run.stage()) {
            case MOVING, WATCHING -> Phase.RUNNING;
            case DONE -> Phase.DONE;
            case STOPPED -> Phase.STOPPED;
        };
        var steps = stepsBefore + Math.max(0, run.wave());
        var maps = mapsBefore + run.moved();
        if (phase == progress.phase()
                && steps == progress.stepsDone()
                && maps == progress.mapsDone()
                && next.orders().isEmpty()) {
            return progress;
        }
        var words = switch (phase) {
            case RUNNING ->
                next.orders().isEmpty()
                        ? maps + " maps moved"
                        : "step " + (steps + 1) + " sent to " + next.orders().size() + " hosts";
            case DONE -> "done";
            case STOPPED -> "stopped: " + run.reason();
        };
        return with(
                progress,
                progress.epoch(),
                phase,
                steps,
                progress.steps(),
                maps,
                progress.maps(),
                run.reason(),
                now,
                words);
    }

    static FailbackProgress noted(FailbackProgress progress, long epoch, Instant now, String words) {
        return with(
                progress,
                epoch,
                progress.phase(),
                progress.stepsDone(),
                progress.steps(),
                progress.mapsDone(),
                progress.maps(),
                progress.reason(),
                now,
                words);
    }

    static FailbackProgress stopped(FailbackProgress progress, Instant now, String why) {
        return with(
                progress,
                progress.epoch(),
                Phase.STOPPED,
                progress.stepsDone(),
                progress.steps(),
                progress.mapsDone(),
                progress.maps(),
                why,
                now,
                "stopped: " + why);
    }

    private static FailbackProgress with(
            FailbackProgress old,
            long epoch,
            Phase phase,
            int stepsDone,
            int steps,
            int mapsDone,
            int maps,
            String reason,
            Instant now,
            String words) {
        var log = new ArrayList<>(old.log());
        log.add(new Entry(now, words));
        return new FailbackProgress(
                old.id(),
                old.component(),
                epoch,
                phase,
                stepsDone,
                steps,
                mapsDone,
                maps,
                reason,
                old.startedAt(),
                now,
                log.subList(Math.max(0, log.size() - LINES), log.size()));
    }
}
