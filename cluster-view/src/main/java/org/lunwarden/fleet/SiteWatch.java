package org.lunwarden.fleet;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

/**
 * Tells the other views which site file this one follows, by its digest, and notes which they do: with another file, a view
 * that takes over the notifier or the coordinator judges otherwise.
 */
final class SiteWatch {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Key<LWWMap<String, String>> KEY = LWWMapKey.create("site-files");

    sealed interface Command {}

    private record Look() implements Command {}

    private record Updated(Replicator.UpdateResponse<LWWMap<String, String>> response) implements Command {}

    private record Replicated(Replicator.SubscribeResponse<LWWMap<String, String>> response) implements Command {}

    private final ActorContext<Command> context;
    private final ReplicatorMessageAdapter<Command, LWWMap<String, String>> replicator;
    private final ViewMemory memory;
    private final String me;
    private final SelfUniqueAddress self;
    private LWWMap<String, String> known = LWWMap.create();
    private List<String> told = List.of();

    private SiteWatch(
            ActorContext<Command> context,
            ReplicatorMessageAdapter<Command, LWWMap<String, String>> replicator,
            ViewMemory memory,
            MemberAddress me) {
        this.context = context;
        this.replicator = replicator;
        this.memory = memory;
        this.me = me.toString();
        this.self = DistributedData.get(context.getSystem()).selfUniqueAddress();
    }

    static Behavior<Command> create(ViewMemory memory, MemberAddress me) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, String>> replicator) -> {
                    var watch = new SiteWatch(context, replicator, memory, me);
                    replicator.subscribe(KEY, Replicated::new);
                    timers.startTimerWithFixedDelay(new Look(), LOOK);
                    return Behaviors.receiveMessage(watch::on);
                })));
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Look() -> look();
            case Updated(var anyway) -> {}
            case Replicated(var response) -> {
                if (response instanceof Replicator.Changed<LWWMap<String, String>> changed) {
                    known = changed.get(KEY);
                }
            }
        }
        return Behaviors.same();
    }

    /** What a view said that is none any more counts no more. */
    private void look() {
        var digest = memory.site().digest();
        var views = Membership.addressesWith(context.getSystem(), FleetRole.VIEW);
        var all = known.getEntries();
        var others = new TreeMap<>(all);
        others.keySet().retainAll(views);
        others.remove(me);
        memory.keepSitesOfOthers(others);
        var differing = memory.viewsWithAnotherSite();
        if (!differing.equals(told)) {
            if (differing.isEmpty()) {
                context.getLog().info("no view follows another site file than this one any more");
            } else {
                context.getLog().warn("views with another site file than this one: {}", differing);
            }
            told = differing;
        }
        var gone = new HashSet<>(all.keySet());
        gone.removeAll(views);
        gone.remove(me);
        if (!digest.equals(all.get(me)) || !gone.isEmpty()) {
            replicator.askUpdate(
                    replyTo -> new Replicator.Update<>(
                            KEY, LWWMap.create(), Replicator.writeLocal(), replyTo, book -> with(book, digest, gone)),
                    Updated::new);
        }
    }

    private LWWMap<String, String> with(LWWMap<String, String> book, String digest, Set<String> gone) {
        var next = book.put(self, me, digest);
        for (var view : gone) {
            if (next.contains(view)) {
                next = next.remove(self, view);
            }
        }
        return next;
    }
}
