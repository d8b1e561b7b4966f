package org.lunwarden.fleet;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

import org.lunwarden.fleet.FailbackCoordinator.Command;
import org.lunwarden.model.fleet.Epoch;

/** How the coordinator reads and writes what the views know of failbacks; its answers come as commands. */
interface SharedBook {

    /** For a majority of the views, and most of the seeds, to answer. */
    Duration MAJORITY = Duration.ofSeconds(5);

    String NO_MAJORITY = "no majority of the views answers";

    sealed interface Answer extends Command {}

    /** @param failbacks as the views and the disks of seeds know them, most of both at least, newest first */
    record Read(long number, List<FailbackEntry> failbacks) implements Answer {}

    /** @param why in words */
    record NotRead(long number, String why) implements Answer {}

    /** A majority of the views knows what was written by this number, and most of the seeds have it on disk. */
    record Written(long number) implements Answer {}

    /**
     * Some may know it all the same.
     *
     * @param why in words
     */
    record NotWritten(long number, String why) implements Answer {}

    /**
     * A later coordinator has written: this one has nothing to say any more.
     *
     * @param epoch its, or a lower one when that is not known
     */
    record Surpassed(long number, Epoch epoch) implements Answer {}

    /**
     * Finds what others have left. All seeds are waited for, as long as that takes no longer than {@link #MAJORITY}: one of
     * most of them may have a new disk, and know nothing of what it had on the one before.
     */
    void read(long number);

    /**
     * Finds what has come since an own write, or since this coordinator read. Most of the seeds are enough, since most have
     * what was there by then.
     *
     * @param number of the write that it comes after; 0 when that is none
     */
    default void readAgain(long number) {
        read(number);
    }

    void write(long number, FailbackEntry entry);

    /** With a majority of the views, and on the disks of most of the seeds. */
    static SharedBook durable(ActorContext<Command> context, SeedSpools spools) {
        return new Durable(context, spools);
    }

    /** See {@link #durable}. */
    record Durable(ActorContext<Command> context, SeedSpools spools) implements SharedBook {

        @Override
        public void read(long number) {
            watched(
                    replyTo -> BookPoll.read(number, Replicated::in, spools, replyTo),
                    broken -> new NotRead(number, broken));
        }

        @Override
        public void readAgain(long number) {
            watched(
                    replyTo -> BookPoll.readAgain(number, Replicated::in, spools, replyTo),
                    broken -> new NotRead(number, broken));
        }

        @Override
        public void write(long number, FailbackEntry entry) {
            watched(
                    replyTo -> BookPoll.write(number, entry, Replicated::in, spools, replyTo),
                    broken -> new NotWritten(number, broken));
        }

        private void watched(
                Function<ActorRef<Answer>, Behavior<BookPoll.Event>> poll, Function<String, Answer> broken) {
            context.spawnAnonymous(
                    PollWatch.create(poll, broken, context.getSelf().narrow()));
        }
    }

    /** Over Distributed Data, read from and written to a majority of the views, in memory. */
    record Replicated(
            ReplicatorMessageAdapter<BookPoll.Event, LWWMap<String, FailbackEntry>> data, SelfUniqueAddress self)
            implements SharedBook {

        static SharedBook in(ActorContext<BookPoll.Event> context) {
            var data = DistributedData.get(context.getSystem());
            return new Replicated(
                    new ReplicatorMessageAdapter<>(context, data.replicator(), MAJORITY.multipliedBy(2)),
                    data.selfUniqueAddress());
        }

        @Override
        public void read(long number) {
            data.askGet(
                    replyTo -> new Replicator.Get<>(FailbackBook.KEY, new Replicator.ReadMajority(MAJORITY), replyTo),
                    response -> new BookPoll.OfViews(
                            switch (response) {
                                case Replicator.GetSuccess<LWWMap<String, FailbackEntry>> found ->
                                    new Read(number, FailbackBook.of(found.get(FailbackBook.KEY)));
                                case Replicator.NotFound<LWWMap<String, FailbackEntry>> none ->
                                    new Read(number, List.of());
                                default -> new NotRead(number, NO_MAJORITY);
                            }));
        }

        @Override
        public void write(long number, FailbackEntry entry) {
            data.askUpdate(
                    replyTo -> new Replicator.Update<>(
                            FailbackBook.KEY,
                            LWWMap.create(),
                            new Replicator.WriteMajority(MAJORITY),
                            replyTo,
                            entries -> FailbackBook.with(entries, entry, self)),
                    response -> new BookPoll.OfViews(
                            switch (response) {
                                case Replicator.UpdateSuccess<LWWMap<String, FailbackEntry>> done ->
                                    new Written(number);
                                case Replicator.ModifyFailure<LWWMap<String, FailbackEntry>> refused ->
                                    new Surpassed(number, Epoch.NONE);
                                default -> new NotWritten(number, NO_MAJORITY);
                            }));
        }
    }
}
