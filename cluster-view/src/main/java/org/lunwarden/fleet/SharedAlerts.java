package org.lunwarden.fleet;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

import org.lunwarden.fleet.AlertNotifier.Command;
import org.lunwarden.fleet.alert.AlertEntry;

/**
 * How the notifier reads and writes what the views know of alerts: from and to a majority of them; the answers come as
 * commands.
 */
record SharedAlerts(ReplicatorMessageAdapter<Command, LWWMap<String, AlertEntry>> data, SelfUniqueAddress self) {

    /** For a majority of the views to answer. */
    private static final Duration MAJORITY = Duration.ofSeconds(5);

    sealed interface Answer extends Command {}

    /** @param isBegun whether any notifier has written since all views were started, be the book empty or not */
    record Read(List<AlertEntry> entries, boolean isBegun) implements Answer {}

    record NotRead() implements Answer {}

    /** A majority of the views knows what was written. */
    record Written() implements Answer {}

    record NotWritten() implements Answer {}

    static SharedAlerts of(ActorContext<Command> context) {
        var data = DistributedData.get(context.getSystem());
        return new SharedAlerts(
                new ReplicatorMessageAdapter<>(context, data.replicator(), MAJORITY.multipliedBy(2)),
                data.selfUniqueAddress());
    }

    void read() {
        data.askGet(
                replyTo -> new Replicator.Get<>(AlertBook.KEY, new Replicator.ReadMajority(MAJORITY), replyTo),
                response -> switch (response) {
                    case Replicator.GetSuccess<LWWMap<String, AlertEntry>> found ->
                        new Read(
                                List.copyOf(
                                        found.get(AlertBook.KEY).getEntries().values()),
                                true);
                    case Replicator.NotFound<LWWMap<String, AlertEntry>> none -> new Read(List.of(), false);
                    default -> new NotRead();
                });
    }

    void write(Collection<AlertEntry> entries, Collection<AlertEntry> dropped) {
        data.askUpdate(
                replyTo -> new Replicator.Update<>(
                        AlertBook.KEY,
                        LWWMap.create(),
                        new Replicator.WriteMajority(MAJORITY),
                        replyTo,
                        book -> AlertBook.with(book, entries, dropped, self)),
                response -> response instanceof Replicator.UpdateSuccess<LWWMap<String, AlertEntry>>
                        ? new Written()
                        : new NotWritten());
    }
}
