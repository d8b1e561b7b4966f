package org.lunwarden.fleet.failback;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.fleet.failback.FailbackRun.Stage;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
import org.lunwarden.model.fleet.HostId;

/** What follows from what the hosts of a wave say. */
final class Answers {

    /** What hinders a host may pass: a check under way, an array in transition. */
    private static final int QUESTIONS = 3;

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final FailbackRun run;
    private final Instant now;
    private final FailbackSettings settings;

    Answers(FailbackRun run, Instant now, FailbackSettings settings) {
        this.run = run;
        this.now = now;
        this.settings = settings;
    }

    FailbackRun answered(HostId host, HostAnswer answer) {
        if (!run.round().isAwaiting(host)) {
            return run;
        }
        var maps = run.round().steps().getOrDefault(host, List.of());
        var told = run.with(run.round().answered(host, outcomes(maps, answer)));
        return switch (run.stage()) {
            case ASKING ->
                asked(
                        answer instanceof HostAnswer.FailedBack
                                ? told
                                : told.with(told.round().refused("host " + host + " " + why(answer))));
            case MOVING -> moved(told);
            case WATCHING, DONE, STOPPED -> run;
        };
    }

    /** One for each map; of what a host did not refuse and does not tell nothing is known. */
    private static List<Outcome> outcomes(List<Wwid> maps, HostAnswer answer) {
        var untold = answer instanceof HostAnswer.Refused ? Move.NOT_MOVED : Move.UNKNOWN;
        var told = new HashMap<Wwid, Outcome>();
        if (answer instanceof HostAnswer.FailedBack(var outcomes)) {
            outcomes.forEach(outcome -> told.put(outcome.wwid(), outcome));
        }
        return maps.stream()
                .map(map -> told.getOrDefault(map, new Outcome(map, untold, why(answer))))
                .toList();
    }

    private static String why(HostAnswer answer) {
        return switch (answer) {
            case HostAnswer.Refused(var reason, var epoch) -> "refused: " + reason;
            case HostAnswer.Unanswered(var reason) -> "did not answer: " + reason;
            default -> "did not say what becomes of its maps";
        };
    }

    /** What one host cannot move is moved by none. */
    private FailbackRun asked(FailbackRun told) {
        var round = told.round();
        if (!round.awaited().isEmpty()) {
            return told;
        }
        if (round.refusal().isPresent()) {
            return Running.stopped(told, round.refusal().get() + Account.of(round), now);
        }
        var unfit = new TreeMap<Wwid, String>();
        var ready = new TreeMap<HostId, List<Wwid>>();
        round.outcomes().forEach((host, outcomes) -> {
            outcomes.stream()
                    .filter(each -> each.move() == Move.NOT_MOVED)
                    .forEach(each -> unfit.put(each.wwid(), "host " + host + ": " + each.reason()));
            ready.put(
                    host,
                    outcomes.stream()
                            .filter(each -> each.move() == Move.READY)
                            .map(Outcome::wwid)
                            .toList());
        });
        var unknown = round.unsettled();
        if (!(unfit.isEmpty() && unknown.isEmpty()) && round.asked() + 1 < QUESTIONS) {
            return told.with(Round.unsent(Stage.ASKING, round.asked() + 1, round.steps(), now.plus(ASK_AGAIN)));
        }
        if (unknown.isPresent()) {
            return Running.stopped(told, "what becomes of " + unknown.get() + Account.of(round), now);
        }
        var half = Account.halfMoved(round, unfit.keySet());
        return half.isEmpty()
                ? moving(told.with(told.course().dropping(unfit)), without(ready, unfit.keySet()))
                : Running.stopped(told, first(unfit) + half, now);
    }

    /** One LUN and why it must not be moved, in words. */
    static String first(SortedMap<Wwid, String> unfit) {
        return "map " + unfit.firstKey() + " cannot be moved: " + unfit.get(unfit.firstKey());
    }

    FailbackRun moving(FailbackRun fit, SortedMap<HostId, List<Wwid>> steps) {
        if (!steps.isEmpty()) {
            return fit.with(Round.unsent(Stage.MOVING, 0, steps, now));
        }
        return fit.course().wave(fit.wave()).isEmpty() ? Running.begin(fit, fit.wave() + 1, now) : watching(fit);
    }

    private FailbackRun moved(FailbackRun told) {
        var round = told.round();
        if (!round.awaited().isEmpty()) {
            return told;
        }
        for (var host : round.outcomes().entrySet()) {
            for (var outcome : host.getValue()) {
                if (outcome.move() == Move.NOT_MOVED || outcome.move() == Move.READY) {
                    return Running.stopped(
                            told,
                            "host " + host.getKey() + " did not move map " + outcome.wwid() + ": " + outcome.reason(),
                            now);
                }
            }
        }
        return told.with(round.watching(now.plus(settings.settleWithin()), Optional.empty()));
    }

    private FailbackRun watching(FailbackRun inPlace) {
        return inPlace.with(
                Round.over(Stage.WATCHING, now).watching(now.plus(settings.settleWithin()), Optional.empty()));
    }

    /** Nobody waits any longer for those that have not answered: what became of their maps is seen from their reports. */
    FailbackRun unanswered() {
        var run = this.run;
        for (var host : run.round().awaited()) {
            run = new Answers(run, now, settings).answered(host, new HostAnswer.Unanswered("no answer in time"));
        }
        return run;
    }

    static SortedMap<HostId, List<Wwid>> without(SortedMap<HostId, List<Wwid>> steps, Set<Wwid> unfit) {
        var left = new TreeMap<HostId, List<Wwid>>();
        steps.forEach((host, maps) -> {
            var fit = maps.stream().filter(map -> !unfit.contains(map)).toList();
            if (!fit.isEmpty()) {
                left.put(host, fit);
            }
        });
        return left;
    }
}
