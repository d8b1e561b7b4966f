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

    /** Answered by {@link Held}, or by {@link NotKept} when the disk does not give it. */
    record Tell(ActorRef<Answer> replyTo) implements Command, Wire {}

    /** What the views know. */
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
    private final ReplicatorMessageAdapter<Command, LWWMap<String, FailbackEntry>> replicator;
    private final Optional<SpoolFile<Book>> file;
    private final String self;
    private Book book = Book.EMPTY;
    private List<FailbackEntry> ofViews = List.of();
    private boolean isRead;
    private boolean isFailing;

    private FailbackSpool(
            ActorContext<Command> context,
            ReplicatorMessageAdapter<Command, LWWMap<String, FailbackEntry>> replicator,
            Optional<SpoolFile<Book>> file) {
        this.context = context;
        this.replicator = replicator;
        this.file = file;
        this.self = Membership.address(context.getSystem()).toString();
    }

    static SpoolFile<Book> in(Path folder) {
        return new SpoolFile<>(folder.resolve("failbacks.json"), Book.class, Book.EMPTY);
    }

    /** @param file empty: kept as long as the fleet system of this view runs */
    static Behavior<Command> create(Optional<SpoolFile<Book>> file) {
        return Behaviors.setup(context -> DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, FailbackEntry>> replicator) -> {
                    var spool = new FailbackSpool(context, replicator, file);
                    spool.read();
                    replicator.subscribe(FailbackBook.KEY, Replicated::new);
                    return Behaviors.receiveMessage(spool::on);
                }));
    }

    /**
     * Reads what is on disk, unless it has been, and tells the others. Gives what went wrong: then it may be read later, and as
     * long as it is not, nothing is written over it, and it does not pass for an empty one.
     */
    private Optional<String> read() {
        if (isRead) {
            return Optional.empty();
        }
        try {
            book = file.isPresent() ? file.get().open() : Book.EMPTY;
        } catch (IOException broken) {
            return failed("what is kept of failbacks cannot be read", broken);
        }
        isRead = true;
        isFailing = false;
        var found = book.failbacks();
        var writer = DistributedData.get(context.getSystem()).selfUniqueAddress();
        replicator.askUpdate(
                replyTo -> new Replicator.Update<>(
                        FailbackBook.KEY,
                        LWWMap.create(),
                        Replicator.writeLocal(),
                        replyTo,
                        all -> FailbackBook.withMissing(all, found, writer)),
                Remembered::new);
        write(ofViews);
        return Optional.empty();
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Keep(var entry, var replyTo) ->
                replyTo.tell(isOfFleet(replyTo) ? keep(entry) : new NotKept(self, "asked by another fleet"));
            case Tell(var replyTo) -> {
                if (isOfFleet(replyTo)) {
                    replyTo.tell(read().<Answer>map(why -> new NotKept(self, why))
                            .orElseGet(() -> new Held(self, book.failbacks())));
                }
            }
            case Replicated(var response) -> {
                if (response instanceof Replicator.Changed<LWWMap<String, FailbackEntry>> changed) {
                    ofViews = FailbackBook.of(changed.get(FailbackBook.KEY));
                    if (read().isEmpty()) {
                        write(ofViews);
                    }
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
        var unread = read();
        if (unread.isPresent()) {
            return new NotKept(self, unread.get());
        }
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
            return failed("failbacks are not kept on disk", broken);
        }
    }

    private Optional<String> failed(String what, IOException broken) {
        if (!isFailing) {
            context.getLog().error("{}: {}", what, broken.toString());
        }
        isFailing = true;
        return Optional.of(broken.toString());
    }
}
