package org.lunwarden.fleet;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

import org.lunwarden.fleet.incident.Acknowledgement;
import org.lunwarden.fleet.incident.Acknowledgements;

/** Shares with the other views who takes care of which incident, and tells this view what they agree on. */
final class AcknowledgementRegister {

    private static final Key<LWWMap<String, Acknowledgement>> KEY = LWWMapKey.create("acknowledgements");

    /** For a majority of the views to answer. */
    private static final Duration MAJORITY = Duration.ofSeconds(5);

    /** So many are kept, the latest. */
    private static final int KEPT = 1000;

    private static final LWWRegister.Clock<Acknowledgement> BY_TIME =
            (current, word) -> Math.max(current + 1, word.at().toEpochMilli());

    sealed interface Command {}

    /** The next word on an incident. */
    record Say(Acknowledgement word, ActorRef<Reply> replyTo) implements Command {}

    /** Words of earlier days; they count where no word is known. */
    record Restore(List<Acknowledgement> words) implements Command {}

    sealed interface Reply {}

    /** A majority of the views knows it. */
    record Known(Acknowledgement word) implements Reply {}

    /** It may become known yet. */
    record NoMajority() implements Reply {}

    /** There is no such open incident. */
    record Over() implements Reply {}

    private record Replicated(Replicator.SubscribeResponse<LWWMap<String, Acknowledgement>> response)
            implements Command {}

    private record Written(Replicator.UpdateResponse<LWWMap<String, Acknowledgement>> response, Say said)
            implements Command {}

    private record Restored(Replicator.UpdateResponse<LWWMap<String, Acknowledgement>> response) implements Command {}

    private AcknowledgementRegister() {}

    static Behavior<Command> create(ActorRef<Acknowledgements> view) {
        return Behaviors.setup(context -> DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, Acknowledgement>> replicator) -> {
                    var self = DistributedData.get(context.getSystem()).selfUniqueAddress();
                    replicator.subscribe(KEY, Replicated::new);
                    return Behaviors.receiveMessage(command -> {
                        switch (command) {
                            case Say say ->
                                replicator.askUpdate(
                                        replyTo -> new Replicator.Update<>(
                                                KEY,
                                                LWWMap.create(),
                                                new Replicator.WriteMajority(MAJORITY),
                                                replyTo,
                                                register -> kept(put(register, say.word(), self), self)),
                                        response -> new Written(response, say));
                            case Restore(var words) ->
                                replicator.askUpdate(
                                        replyTo -> new Replicator.Update<>(
                                                KEY,
                                                LWWMap.create(),
                                                new Replicator.WriteMajority(MAJORITY),
                                                replyTo,
                                                register -> restored(register, words, self)),
                                        Restored::new);
                            case Written(var response, var said) ->
                                said.replyTo()
                                        .tell(
                                                response instanceof Replicator.UpdateSuccess
                                                        ? new Known(said.word())
                                                        : new NoMajority());
                            case Restored(var anyway) -> {}
                            case Replicated(var response) -> {
                                if (response instanceof Replicator.Changed<LWWMap<String, Acknowledgement>> changed) {
                                    view.tell(new Acknowledgements(
                                            changed.get(KEY).getEntries()));
                                }
                            }
                        }
                        return Behaviors.same();
                    });
                }));
    }

    private static LWWMap<String, Acknowledgement> restored(
            LWWMap<String, Acknowledgement> register, List<Acknowledgement> words, SelfUniqueAddress writer) {
        var next = register;
        for (var word : words) {
            if (!next.getEntries().containsKey(word.incident())) {
                next = put(next, word, writer);
            }
        }
        return kept(next, writer);
    }

    private static LWWMap<String, Acknowledgement> put(
            LWWMap<String, Acknowledgement> register, Acknowledgement word, SelfUniqueAddress writer) {
        return register.put(writer, word.incident(), word, BY_TIME);
    }

    private static LWWMap<String, Acknowledgement> kept(
            LWWMap<String, Acknowledgement> register, SelfUniqueAddress writer) {
        var next = register;
        var surplus = register.getEntries().values().stream()
                .sorted(Comparator.comparing(Acknowledgement::at)
                        .thenComparing(Acknowledgement::incident)
                        .reversed())
                .skip(KEPT)
                .toList();
        for (var old : surplus) {
            next = next.remove(writer, old.incident());
        }
        return next;
    }
}
