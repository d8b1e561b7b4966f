package org.lunwarden.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

import org.lunwarden.fleet.wire.Wire;
import org.lunwarden.model.fleet.Epoch;

/**
 * Keeps on this view's disk how failbacks stand: what a coordinator has it keep, which waits for that, and what it hears from
 * the other views. Tells them when it starts what was there. Blocking.
 */
final class FailbackSpool {

    /** Under which coordinators on other members find it. */
    static final String NAME = "failback-spool";

    sealed interface Command {}

    /** Answered by {@link Kept}, {@link NotKept} or {@link Later}. */
    record Keep(FailbackEntry entry, ActorRef<Answer> replyTo) implements Command, Wire {}

    /** Answered by {@link Held}. */
    record Tell(ActorRef<Answer> replyTo) implements Command, Wire {}

    private record Replicated(Replicator.SubscribeResponse<LWWMap<String, FailbackEntry>> response)
            implements Command {}

    private record Remembered(Replicator.UpdateResponse<LWWMap<String, FailbackEntry>> response) implements Command {}

    sealed interface Answer extends BookPoll.Event {
        /** Address of the view that answers, {@code host:port}. */
        String seed();
    }

    record Kept(String seed) implements Answer, Wire {}

    record NotKept(String seed, String why) implements Answer, Wire {}

    /** Not kept, since a later coordinator has had something kept. */
    record Later(String seed, Epoch epoch) implements Answer, Wire {}

    record Held(String seed, List<FailbackEntry> failbacks) implements Answer, Wire {
        Held {
            failbacks = List.copyOf(failbacks);
        }
    }

    /** What is on disk. */
    record Book(List<FailbackEntry> failbacks) {

        static final Book EMPTY = new Book(List.of());

        Book {
            failbacks = List.copyOf(failbacks);
        }
    }

    private final ActorContext<Command> context;
    private final Optional<SpoolFile<Book>> file;
    private final String self;
    private Book book;
    private boolean isFailing;

    private FailbackSpool(ActorContext<Command> context, Optional<SpoolFile<Book>> file, String self) {
        this.context = context;
        this.file = file;
        this.self = self;
        this.book = file.map(SpoolFile::open).orElse(Book.EMPTY);
    }

    static SpoolFile<Book> in(Path folder) {
        return new SpoolFile<>(folder.resolve("failbacks.json"), Book.class, Book.EMPTY);
    }

    /** @param file empty: kept as long as the fleet system of this view runs */
    static Behavior<Command> create(Optional<SpoolFile<Book>> file) {
        return Behaviors.setup(context -> DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, FailbackEntry>> replicator) -> {
                    var writer = DistributedData.get(context.getSystem()).selfUniqueAddress();
                    var spool = new FailbackSpool(
                            context,
                            file,
                            Membership.address(context.getSystem()).toString());
                    var found = spool.book.failbacks();
                    replicator.askUpdate(
                            replyTo -> new Replicator.Update<>(
                                    FailbackBook.KEY,
                                    LWWMap.create(),
                                    Replicator.writeLocal(),
                                    replyTo,
                                    all -> FailbackBook.withMissing(all, found, writer)),
                            Remembered::new);
                    replicator.subscribe(FailbackBook.KEY, Replicated::new);
                    return Behaviors.receiveMessage(spool::on);
                }));
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Keep(var entry, var replyTo) ->
                replyTo.tell(isOfFleet(replyTo) ? keep(entry) : new NotKept(self, "asked by another fleet"));
            case Tell(var replyTo) -> {
                if (isOfFleet(replyTo)) {
                    replyTo.tell(new Held(self, book.failbacks()));
                }
            }
            case Replicated(var response) -> {
                if (response instanceof Replicator.Changed<LWWMap<String, FailbackEntry>> changed) {
                    write(FailbackBook.of(changed.get(FailbackBook.KEY)));
                }
            }
            case Remembered(var anyway) -> {}
        }
        return Behaviors.same();
    }

    /** A view that was cut off may have founded a fleet of its own, in which it is most of all, and still knows this seed. */
    private boolean isOfFleet(ActorRef<Answer> asking) {
        return Membership.isOfFleet(context.getSystem(), asking.path().address());
    }

    private Answer keep(FailbackEntry entry) {
        var latest = FailbackBook.latest(book.failbacks());
        if (entry.epoch().isOlderThan(latest)) {
            return new Later(self, latest);
        }
        return write(List.of(entry)).<Answer>map(why -> new NotKept(self, why)).orElseGet(() -> new Kept(self));
    }

    /** Gives what went wrong. */
    private Optional<String> write(Collection<FailbackEntry> news) {
        var next = new Book(FailbackBook.merged(book.failbacks(), news));
        if (next.equals(book)) {
            return Optional.empty();
        }
        try {
            if (file.isPresent()) {
                file.get().write(next);
            }
            book = next;
            isFailing = false;
            return Optional.empty();
        } catch (IOException broken) {
            if (!isFailing) {
                context.getLog().error("failbacks are not kept on disk: {}", broken.toString());
            }
            isFailing = true;
            return Optional.of(broken.toString());
        }
    }
}
