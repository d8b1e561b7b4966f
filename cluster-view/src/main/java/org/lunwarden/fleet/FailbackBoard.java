package org.lunwarden.fleet;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;

import org.lunwarden.model.fleet.HostId;

/** Shows the failbacks on one view, and tells when one of them moves on. */
final class FailbackBoard {

    sealed interface Command {}

    record Show(ActorRef<Shown> replyTo) implements Command {}

    /** @param failbacks newest first */
    record Shown(List<FailbackProgress> failbacks) {}

    private record Replicated(Replicator.SubscribeResponse<LWWMap<String, FailbackEntry>> response)
            implements Command {}

    private FailbackBoard() {}

    static Behavior<Command> create(EventRing events, InstantSource clock) {
        return Behaviors.setup(context -> DistributedData.withReplicatorMessageAdapter(
                (org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter<
                                        Command, LWWMap<String, FailbackEntry>>
                                replicator) -> {
                    replicator.subscribe(FailbackBook.KEY, Replicated::new);
                    return showing(List.of(), clock.instant(), events, clock);
                }));
    }

    private static Behavior<Command> showing(
            List<FailbackEntry> known, Instant begun, EventRing events, InstantSource clock) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Show(var replyTo) -> {
                replyTo.tell(
                        new Shown(known.stream().map(FailbackEntry::progress).toList()));
                yield Behaviors.same();
            }
            case Replicated(var response) -> {
                if (!(response instanceof Replicator.Changed<LWWMap<String, FailbackEntry>> changed)) {
                    yield Behaviors.same();
                }
                var next = FailbackBook.of(changed.get(FailbackBook.KEY));
                next.stream()
                        .filter(entry -> !known.contains(entry))
                        // what ended before this view was here is no news
                        .filter(entry ->
                                entry.isLive() || entry.progress().changedAt().isAfter(begun))
                        .forEach(entry -> events.add(
                                clock.instant(),
                                new FleetEvent.FailbackChanged(entry.progress(), hosts(entry, known))));
                yield showing(next, begun, events, clock);
            }
        });
    }

    /** What is over has no plan any more. */
    private static List<HostId> hosts(FailbackEntry entry, List<FailbackEntry> known) {
        return entry.course()
                .or(() -> known.stream()
                        .filter(before -> before.id().equals(entry.id()))
                        .findFirst()
                        .flatMap(FailbackEntry::course))
                .map(course -> List.copyOf(course.plan().hosts()))
                .orElse(List.of());
    }
}
