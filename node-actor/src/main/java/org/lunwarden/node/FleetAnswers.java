package org.lunwarden.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

import org.lunwarden.io.HostClock;
import org.lunwarden.map.MapActor;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.report.MapSummaries;

/** Asks the maps for what the fleet wants to know or to be done, and puts their answers together. */
final class FleetAnswers {

    private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(2);

    private final MapTable maps;
    private final HostClock clock;
    private final Scheduler scheduler;

    FleetAnswers(MapTable maps, HostClock clock, Scheduler scheduler) {
        this.maps = maps;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** A map that does not answer in time is told as it was last known. */
    void describe(Optional<Wwid> wanted, ActorRef<HostAnswer> replyTo) {
        var unknown = wanted.filter(wwid -> maps.get(wwid).isEmpty());
        if (unknown.isPresent()) {
            replyTo.tell(new HostAnswer.Refused("no map " + unknown.get()));
            return;
        }
        var asked = new ArrayList<CompletionStage<Optional<MapTopology>>>();
        maps.present().forEach((wwid, map) -> {
            if (wanted.map(wwid::equals).orElse(true)) {
                asked.add(AskPattern.<MapActor.Command, MapTopology>ask(
                                map.actor(), MapActor.Describe::new, DESCRIBE_TIMEOUT, scheduler)
                        .handle((topology, late) -> late == null ? Optional.of(topology) : map.topology()));
            }
        });
        all(asked)
                .thenAccept(answers -> replyTo.tell(new HostAnswer.Maps(
                        answers.stream().flatMap(Optional::stream).toList())));
    }

    /** Moves maps back, all at once; each is checked by itself, and one that does not move holds up no other. */
    void failBack(List<Wwid> wanted, FailbackTerm term, ActorRef<HostAnswer> replyTo) {
        all(wanted.stream().map(wwid -> failBack(wwid, term)).toList()).thenAccept(outcomes -> {
            outcomes.forEach(outcome -> Audit.map(
                    outcome.wwid(),
                    "failback " + outcome.move() + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason())));
            replyTo.tell(new HostAnswer.FailedBack(outcomes));
        });
    }

    private CompletionStage<HostAnswer.Outcome> failBack(Wwid wwid, FailbackTerm term) {
        var map = maps.get(wwid).filter(known -> known.topology().isPresent());
        if (map.isEmpty()) {
            return notMoved(wwid, "no such map");
        }
        if (map.get().topology().filter(MapSummaries::isBestUsable).isEmpty()) {
            return notMoved(wwid, "no path of its best group is usable");
        }
        return AskPattern.<MapActor.Command, HostAnswer.Outcome>ask(
                        map.get().actor(),
                        replyTo -> new MapActor.FailBack(term.beginBy(), replyTo),
                        term.answerWithin(clock.uptime()),
                        scheduler)
                .exceptionally(late ->
                        new HostAnswer.Outcome(wwid, HostAnswer.Move.NOT_MOVED, "the map did not answer in time"));
    }

    private static CompletionStage<HostAnswer.Outcome> notMoved(Wwid wwid, String reason) {
        return CompletableFuture.completedFuture(new HostAnswer.Outcome(wwid, HostAnswer.Move.NOT_MOVED, reason));
    }

    private static <T> CompletionStage<List<T>> all(List<? extends CompletionStage<T>> stages) {
        CompletionStage<List<T>> gathered = CompletableFuture.completedFuture(List.of());
        for (var stage : stages) {
            gathered = gathered.thenCombine(stage, (before, next) -> {
                var both = new ArrayList<>(before);
                both.add(next);
                return List.copyOf(both);
            });
        }
        return gathered;
    }
}
