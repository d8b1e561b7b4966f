package org.lunwarden.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

import org.lunwarden.io.HostClock;
import org.lunwarden.map.MapActor;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.map.MapTopology;

/** Asks the maps for what the fleet wants to know or to be done, and puts their answers together. */
final class FleetAnswers {

    private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);

    private static final String NO_MAP = "no such map";
    private static final String LATE = "the map did not answer in time";
    private static final String STUCK = "a move that was begun before does not end";

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
    void failBack(List<HostCommand.Way> wanted, Epoch epoch, FailbackTerm term, ActorRef<HostAnswer> replyTo) {
        all(wanted.stream().map(way -> failBack(way, epoch, term)).toList()).thenAccept(outcomes -> {
            outcomes.forEach(outcome -> Audit.map(
                    outcome.wwid(),
                    "failback " + outcome.move() + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason())));
            replyTo.tell(new HostAnswer.FailedBack(outcomes));
        });
    }

    /** A map that became unfit since it was asked about is not moved; a transition that another host began is waited for. */
    private CompletionStage<Outcome> failBack(HostCommand.Way way, Epoch epoch, FailbackTerm term) {
        return actor(way.map())
                .map(map -> settled(map, epoch, term, FleetAnswers::isInMotion)
                        .handle((standing, late) -> late != null
                                // it was not told to move
                                ? new Outcome(way.map(), Move.NOT_MOVED, LATE)
                                : FailbackFitness.of(standing.topology(), way.targetPorts()))
                        .thenCompose(fitness -> fitness.move() == Move.READY
                                ? moved(map, way, epoch, term)
                                : CompletableFuture.completedFuture(fitness)))
                .orElseGet(() -> notMoved(way.map(), NO_MAP));
    }

    /** A map that was told to move may have, or may yet, when its answer does not come. */
    private CompletionStage<Outcome> moved(
            ActorRef<MapActor.Command> map, HostCommand.Way way, Epoch epoch, FailbackTerm term) {
        return AskPattern.<MapActor.Command, Outcome>ask(
                        map,
                        replyTo -> new MapActor.FailBack(Set.copyOf(way.targetPorts()), epoch, term.beginBy(), replyTo),
                        term.answerWithin(clock.uptime()),
                        scheduler)
                .exceptionally(late -> new Outcome(way.map(), Move.UNKNOWN, LATE));
    }

    /** Looks at each map as it is now. What it was told before under an older epoch is done by then, or never will be. */
    void mayFailBack(List<HostCommand.Way> wanted, Epoch epoch, FailbackTerm term, ActorRef<HostAnswer> replyTo) {
        all(wanted.stream().map(way -> mayFailBack(way, epoch, term)).toList())
                .thenAccept(outcomes -> replyTo.tell(new HostAnswer.FailedBack(outcomes)));
    }

    private CompletionStage<Outcome> mayFailBack(HostCommand.Way way, Epoch epoch, FailbackTerm term) {
        return actor(way.map())
                .map(map -> settled(map, epoch, term, MapActor.Standing::moving)
                        .thenApply(standing -> standing.moving()
                                ? new Outcome(way.map(), Move.UNKNOWN, STUCK)
                                : FailbackFitness.of(standing.topology(), way.targetPorts()))
                        // it may not have heard of the epoch, and may yet do what an older one ordered
                        .exceptionally(late -> new Outcome(way.map(), Move.UNKNOWN, LATE)))
                .orElseGet(() -> notMoved(way.map(), NO_MAP));
    }

    private static boolean isInMotion(MapActor.Standing standing) {
        return standing.moving() || FailbackFitness.pending(standing.topology()).isPresent();
    }

    /** How the map is when that has passed, or when nothing may begin any more. */
    private CompletionStage<MapActor.Standing> settled(
            ActorRef<MapActor.Command> map, Epoch epoch, FailbackTerm term, Predicate<MapActor.Standing> passes) {
        return AskPattern.<MapActor.Command, MapActor.Standing>ask(
                        map,
                        replyTo -> new MapActor.MayFailBack(epoch, replyTo),
                        term.answerWithin(clock.uptime()),
                        scheduler)
                .thenCompose(standing ->
                        passes.test(standing) && clock.uptime().plus(LOOK_AGAIN).compareTo(term.beginBy()) < 0
                                ? CompletableFuture.supplyAsync(() -> standing, LATER)
                                        .thenCompose(before -> settled(map, epoch, term, passes))
                                : CompletableFuture.completedFuture(standing));
    }

    private Optional<ActorRef<MapActor.Command>> actor(Wwid wwid) {
        return maps.get(wwid).filter(known -> known.topology().isPresent()).map(known -> known.actor());
    }

    private static CompletionStage<Outcome> notMoved(Wwid wwid, String reason) {
        return CompletableFuture.completedFuture(new Outcome(wwid, Move.NOT_MOVED, reason));
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
