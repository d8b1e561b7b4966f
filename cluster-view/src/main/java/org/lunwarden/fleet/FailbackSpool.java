package org.lunwarden.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

/**
 * Writes what the views agree on about failbacks to this view's disk, and tells the others when it starts what was there.
 */
final class FailbackSpool {

    sealed interface Command {}

    private record Replicated(Replicator.SubscribeResponse<LWWMap<String, FailbackEntry>> response)
            implements Command {}

    private record Remembered(Replicator.UpdateResponse<LWWMap<String, FailbackEntry>> response) implements Command {}

    /** What is kept. */
    record Kept(List<FailbackEntry> failbacks) {

        static final Kept NOTHING = new Kept(List.of());

        Kept {
            failbacks = List.copyOf(failbacks);
        }
    }

    private FailbackSpool() {}

    static SpoolFile<Kept> in(Path folder) {
        return new SpoolFile<>(folder.resolve("failbacks.json"), Kept.class, Kept.NOTHING);
    }

    /** @param kept what the file held when the view started */
    static Behavior<Command> create(SpoolFile<Kept> file, Kept kept) {
        return Behaviors.setup(context -> DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, FailbackEntry>> replicator) -> {
                    var self = DistributedData.get(context.getSystem()).selfUniqueAddress();
                    replicator.askUpdate(
                            replyTo -> new Replicator.Update<>(
                                    FailbackBook.KEY,
                                    LWWMap.create(),
                                    Replicator.writeLocal(),
                                    replyTo,
                                    book -> FailbackBook.withMissing(book, kept.failbacks(), self)),
                            Remembered::new);
                    replicator.subscribe(FailbackBook.KEY, Replicated::new);
                    return Behaviors.receiveMessage(command -> {
                        if (command instanceof Replicated(var response)
                                && response instanceof Replicator.Changed<LWWMap<String, FailbackEntry>> changed) {
                            var all = FailbackBook.of(changed.get(FailbackBook.KEY));
                            try {
                                file.write(new Kept(all));
                            } catch (IOException broken) {
                                context.getLog().error("failbacks are not kept on disk: {}", broken.getMessage());
                            }
                        }
                        return Behaviors.same();
                    });
                }));
    }
}
