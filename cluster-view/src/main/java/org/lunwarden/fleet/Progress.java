package org.lunwarden.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import org.lunwarden.fleet.FailbackProgress.Entry;
import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.failback.FailbackPlan;
import org.lunwarden.fleet.failback.FailbackRun;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.Epoch;

/** From a run to what is told of it. Pure. */
final class Progress {

    /** It is replicated as a whole, so that it has to stay small. */
    private static final int LINES = 100;

    private static final int REASONS = 5;

    private Progress() {}

    static FailbackProgress begun(String id, Optional<Component> component, String by, Epoch epoch, Instant now) {
        return new FailbackProgress(
                id,
                component,
                by,
                epoch,
                Phase.RUNNING,
                0,
                0,
                0,
                0,
                "",
                now,
                now,
                List.of(new Entry(now, "begun" + (by.isEmpty() ? "" : " by " + by))));
    }

    static FailbackProgress planned(FailbackProgress progress, FailbackPlan plan, Instant now) {
        var maps = plan.waves().stream()
                .flatMap(wave -> wave.steps().stream())
                .mapToInt(step -> step.maps().size())
                .sum();
        var words = new ArrayList<String>();
        words.add("plan " + plan.fingerprint() + ": " + maps + " maps of "
                + plan.hosts().size() + " hosts in " + plan.waves().size() + " steps, "
                + plan.leftOut().size() + " left out");
        var reasons = new TreeMap<String, Integer>();
        plan.leftOut().forEach(one -> reasons.merge(one.reason(), 1, Integer::sum));
        reasons.entrySet().stream()
                .limit(REASONS)
                .forEach(each -> words.add(each.getValue() + " left out: " + each.getKey()));
        return with(progress, progress.phase(), 0, plan.waves().size(), 0, maps, "", now, words);
    }

    /** Unchanged when there is nothing new to tell. What follows is told before it is done. */
    static FailbackProgress after(
            FailbackProgress progress, Optional<FailbackRun> before, FailbackRun run, Instant now) {
        var phase = switch (run.stage()) {
            case ASKING, MOVING, WATCHING -> run.paused() ? Phase.PAUSED : Phase.RUNNING;
            case DONE -> Phase.DONE;
            case STOPPED -> Phase.STOPPED;
        };
        var words = words(before, run);
        if (phase == progress.phase() && words.isEmpty()) {
            return progress;
        }
        return with(
                progress,
                phase,
                run.wave(),
                progress.steps(),
                Math.max(run.placed(), phase == Phase.STOPPED ? progress.mapsDone() : 0),
                run.course().maps(),
                run.reason(),
                now,
                words);
    }

    private static List<String> words(Optional<FailbackRun> before, FailbackRun run) {
        var words = new ArrayList<String>();
        var step = "step " + (run.wave() + 1) + ": ";
        before.map(old -> old.course().dropped())
                .ifPresent(old -> run.course().dropped().entrySet().stream()
                        .filter(each -> !old.containsKey(each.getKey()))
                        .limit(REASONS)
                        .forEach(each ->
                                words.add("map " + each.getKey() + " is left out on all hosts: " + each.getValue())));
        if (before.filter(run::isWhere).isEmpty()) {
            words.add(
                    switch (run.stage()) {
                        case ASKING -> step + run.told() + " hosts are asked";
                        case MOVING -> step + run.told() + " hosts are to move";
                        case WATCHING -> step + "watched";
                        case DONE -> "done";
                        case STOPPED -> "stopped: " + run.reason();
                    });
        }
        before.filter(old -> old.paused() != run.paused() && !run.isOver())
                .ifPresent(old -> words.add(run.paused() ? "paused" : "goes on"));
        return words;
    }

    static FailbackProgress noted(FailbackProgress old, Epoch epoch, Instant now, String words) {
        var log = new ArrayList<>(old.log());
        log.add(new Entry(now, words));
        return new FailbackProgress(
                old.id(),
                old.component(),
                old.by(),
                epoch,
                old.phase(),
                old.stepsDone(),
                old.steps(),
                old.mapsDone(),
                old.maps(),
                old.reason(),
                old.startedAt(),
                now,
                latest(log));
    }

    static FailbackProgress in(FailbackProgress old, Phase phase, String why, Instant now, String words) {
        return with(old, phase, old.stepsDone(), old.steps(), old.mapsDone(), old.maps(), why, now, List.of(words));
    }

    private static FailbackProgress with(
            FailbackProgress old,
            Phase phase,
            int stepsDone,
            int steps,
            int mapsDone,
            int maps,
            String reason,
            Instant now,
            List<String> words) {
        var log = new ArrayList<>(old.log());
        words.forEach(line -> log.add(new Entry(now, line)));
        return new FailbackProgress(
                old.id(),
                old.component(),
                old.by(),
                old.epoch(),
                phase,
                stepsDone,
                steps,
                mapsDone,
                maps,
                reason,
                old.startedAt(),
                now,
                latest(log));
    }

    private static List<Entry> latest(List<Entry> log) {
        return log.subList(Math.max(0, log.size() - LINES), log.size());
    }
}
