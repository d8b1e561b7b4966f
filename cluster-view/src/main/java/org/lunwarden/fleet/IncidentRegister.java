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

import org.lunwarden.fleet.incident.Identities;
import org.lunwarden.fleet.incident.Identity;

/** Shares with the other views by which id an incident is told of, and tells this view what they agree on. */
final class IncidentRegister {

    private static final Key<LWWMap<String, Identity>> KEY = LWWMapKey.create("incidents");

    /** Sent to every view at once; whom it does not reach within this time hears of it by gossip. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    /** So many that are closed are kept, so that no id is given twice soon. */
    private static final int KEPT = 100;

    private static final LWWRegister.Clock<Identity> BY_VERSION = (current, identity) -> identity.version();

    sealed interface Command {}

    record Share(List<Identity> identities) implements Command {}

    private record Replicated(Replicator.SubscribeResponse<LWWMap<String, Identity>> response) implements Command {}

    private record Written(Replicator.UpdateResponse<LWWMap<String, Identity>> response) implements Command {}

    private IncidentRegister() {}

    static Behavior<Command> create(ActorRef<Identities> view) {
        return Behaviors.setup(context -> DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, Identity>> replicator) -> {
                    var self = DistributedData.get(context.getSystem()).selfUniqueAddress();
                    replicator.subscribe(KEY, Replicated::new);
                    return Behaviors.receiveMessage(command -> {
                        switch (command) {
                            case Share(var identities) ->
                                replicator.askUpdate(
                                        replyTo -> new Replicator.Update<>(
                                                KEY,
                                                LWWMap.create(),
                                                new Replicator.WriteAll(AT_ONCE),
                                                replyTo,
                                                register -> with(register, identities, self)),
                                        Written::new);
                            case Replicated(var response) -> {
                                if (response instanceof Replicator.Changed<LWWMap<String, Identity>> changed) {
                                    view.tell(new Identities(changed.get(KEY).getEntries()));
                                }
                            }
                            case Written(var anyway) -> {}
                        }
                        return Behaviors.same();
                    });
                }));
    }

    private static LWWMap<String, Identity> with(
            LWWMap<String, Identity> register, List<Identity> identities, SelfUniqueAddress writer) {
        var next = register;
        for (var one : identities) {
            var known = next.getEntries().get(one.id());
            if (known == null || one.version() > known.version()) {
                next = next.put(writer, one.id(), one, BY_VERSION);
            }
        }
        var surplus = next.getEntries().values().stream()
                .filter(Identity::closed)
                .sorted(Comparator.comparing(Identity::openedAt)
                        .thenComparing(Identity::id)
                        .reversed())
                .skip(KEPT)
                .toList();
        for (var old : surplus) {
            next = next.remove(writer, old.id());
        }
        return next;
    }
}
