package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.apache.pekko.actor.Address;
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
import org.apache.pekko.cluster.typed.Cluster;

/**
 * Measures how old is what a view knows of what the views share: each counts up a number there, and hears when those of the
 * others move.
 */
final class ReplicationWatch {

    static final Duration PULSE = Duration.ofSeconds(5);

    private static final Key<LWWMap<String, Long>> KEY = LWWMapKey.create("pulses");

    sealed interface Command {}

    private record Pulse() implements Command {}

    private record Updated(Replicator.UpdateResponse<LWWMap<String, Long>> response) implements Command {}

    private record Replicated(Replicator.SubscribeResponse<LWWMap<String, Long>> response) implements Command {}

    private final ActorContext<Command> context;
    private final ReplicatorMessageAdapter<Command, LWWMap<String, Long>> replicator;
    private final ViewCounts counts;
    private final InstantSource clock;
    private final SelfUniqueAddress self;
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<String, Instant> heard = new HashMap<>();
    private long number;

    private ReplicationWatch(
            ActorContext<Command> context,
            ReplicatorMessageAdapter<Command, LWWMap<String, Long>> replicator,
            ViewCounts counts,
            InstantSource clock) {
        this.context = context;
        this.replicator = replicator;
        this.counts = counts;
        this.clock = clock;
        this.self = DistributedData.get(context.getSystem()).selfUniqueAddress();
        this.number = clock.millis();
    }

    static Behavior<Command> create(ViewCounts counts, InstantSource clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, Long>> replicator) -> {
                    var watch = new ReplicationWatch(context, replicator, counts, clock);
                    replicator.subscribe(KEY, Replicated::new);
                    timers.startTimerWithFixedDelay(new Pulse(), Duration.ZERO, PULSE);
                    return Behaviors.receiveMessage(watch::on);
                })));
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Pulse() -> pulse();
            case Updated(var anyway) -> {}
            case Replicated(var response) -> {
                if (response instanceof Replicator.Changed<LWWMap<String, Long>> changed) {
                    changed.get(KEY).getEntries().forEach(this::hear);
                }
            }
        }
        return Behaviors.same();
    }

    private void hear(String view, Long now) {
        if (!now.equals(numbers.put(view, now))) {
            heard.put(view, clock.instant());
        }
    }

    /** A view that is none any more is not waited for; one that is new, from now on. */
    private void pulse() {
        var views = views();
        var me = address(Cluster.get(context.getSystem()).selfMember().address());
        numbers.keySet().retainAll(views);
        heard.keySet().retainAll(views);
        views.forEach(view -> heard.putIfAbsent(view, clock.instant()));
        var others = new HashMap<>(heard);
        others.remove(me);
        counts.replicated(others);
        number++;
        replicator.askUpdate(
                replyTo -> new Replicator.Update<>(
                        KEY, LWWMap.create(), Replicator.writeLocal(), replyTo, all -> with(all, me, views)),
                Updated::new);
    }

    private LWWMap<String, Long> with(LWWMap<String, Long> all, String me, Set<String> views) {
        var next = all.put(self, me, number);
        for (var view : all.getEntries().keySet()) {
            if (!views.contains(view) && !view.equals(me)) {
                next = next.remove(self, view);
            }
        }
        return next;
    }

    private Set<String> views() {
        var views = new HashSet<String>();
        for (var member : Cluster.get(context.getSystem()).state().getMembers()) {
            if (member.hasRole(FleetRole.VIEW.word())) {
                views.add(address(member.address()));
            }
        }
        return views;
    }

    private static String address(Address address) {
        return address.hostPort().substring(address.hostPort().indexOf('@') + 1);
    }
}
