package org.lunwarden.fleet;

import java.time.Duration;
import java.util.List;

import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

import org.lunwarden.fleet.FailbackCoordinator.Command;

/** How the coordinator reads and writes what the views know of failbacks; its answers come as commands. */
interface SharedBook {

    /** For a majority of the views to answer. */
    Duration MAJORITY = Duration.ofSeconds(5);

    sealed interface Answer extends Command {}

    /** @param failbacks as a majority of the views knows them, newest first */
    record Read(long number, List<FailbackEntry> failbacks) implements Answer {}

    record NotRead(long number) implements Answer {}

    /** A majority of the views knows what was written by this number. */
    record Written(long number) implements Answer {}

    record NotWritten(long number) implements Answer {}

    /** A later coordinator has written: this one has nothing to say any more. */
    record Surpassed(long number) implements Answer {}

    /** @param number of the write that it comes after */
    void read(long number);

    void write(long number, FailbackEntry entry);

    /** Over Distributed Data, read from and written to a majority of the views. */
    static SharedBook replicated(ActorContext<Command> context) {
        var data = DistributedData.get(context.getSystem());
        return new Replicated(
                new ReplicatorMessageAdapter<>(context, data.replicator(), MAJORITY.multipliedBy(2)),
                data.selfUniqueAddress());
    }

    /** See {@link #replicated}. */
    record Replicated(ReplicatorMessageAdapter<Command, LWWMap<String, FailbackEntry>> data, SelfUniqueAddress self)
            implements SharedBook {

        @Override
        public void read(long number) {
            data.askGet(
                    replyTo -> new Replicator.Get<>(FailbackBook.KEY, new Replicator.ReadMajority(MAJORITY), replyTo),
                    response -> switch (response) {
                        case Replicator.GetSuccess<LWWMap<String, FailbackEntry>> found ->
                            new Read(number, FailbackBook.of(found.get(FailbackBook.KEY)));
                        case Replicator.NotFound<LWWMap<String, FailbackEntry>> none -> new Read(number, List.of());
                        default -> new NotRead(number);
                    });
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
                    response -> switch (response) {
                        case Replicator.UpdateSuccess<LWWMap<String, FailbackEntry>> done -> new Written(number);
                        case Replicator.ModifyFailure<LWWMap<String, FailbackEntry>> refused -> new Surpassed(number);
                        default -> new NotWritten(number);
                    });
        }
    }
}
