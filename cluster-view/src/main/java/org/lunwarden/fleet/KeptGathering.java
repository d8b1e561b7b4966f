package org.lunwarden.fleet;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;

import org.lunwarden.fleet.alert.KeptAlerts;

/**
 * Asks every view what it had kept of alerts, and ends when all seeds have told it; or, once its patience is over, when most
 * of them have: what was agreed on is known to one of any such. With fewer it goes on asking.
 */
final class KeptGathering {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    sealed interface Event {}

    private record Found(Set<ActorRef<KeptAsked.Ask>> views) implements Event {}

    private record Told(KeptAlerts kept) implements Event {}

    private record AskAgain() implements Event {}

    private record Late() implements Event {}

    private final ActorContext<Event> context;
    private final List<MemberAddress> seeds;
    private final Consumer<Collection<KeptAlerts>> done;
    private final ActorRef<KeptAlerts> me;
    private final Map<String, KeptAlerts> told = new TreeMap<>();
    private Set<ActorRef<KeptAsked.Ask>> views = Set.of();
    private boolean isLate;

    private KeptGathering(
            ActorContext<Event> context, List<MemberAddress> seeds, Consumer<Collection<KeptAlerts>> done) {
        this.context = context;
        this.seeds = seeds;
        this.done = done;
        this.me = context.messageAdapter(KeptAlerts.class, Told::new);
    }

    /** @param done is told once, in this actor's thread */
    static Behavior<Event> create(List<MemberAddress> seeds, Duration patience, Consumer<Collection<KeptAlerts>> done) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var found = context.messageAdapter(
                    Receptionist.Listing.class,
                    listing -> new Found(Set.copyOf(listing.getServiceInstances(KeptAsked.ALL))));
            context.getSystem().receptionist().tell(Receptionist.subscribe(KeptAsked.ALL, found));
            timers.startTimerWithFixedDelay(new AskAgain(), ASK_AGAIN);
            timers.startSingleTimer(new Late(), patience);
            return Behaviors.receiveMessage(new KeptGathering(context, seeds, done)::on);
        }));
    }

    private Behavior<Event> on(Event event) {
        switch (event) {
            case Found(var now) -> {
                views = now;
                ask();
            }
            case AskAgain() -> {
                if (told.size() < views.size()) {
                    ask();
                }
            }
            case Told(var kept) -> told.put(kept.view(), kept);
            case Late() -> {
                isLate = true;
                context.getLog().warn("these views have not told what they kept of alerts: {}", missing());
            }
        }
        if (!isEnough(told.keySet(), views(), isLate)) {
            return Behaviors.same();
        }
        if (!missing().isEmpty()) {
            context.getLog().warn("going on without what these views kept of alerts: {}", missing());
        }
        done.accept(List.copyOf(told.values()));
        return Behaviors.stopped();
    }

    /** One may have been started anew since it told: what it says then is not less. */
    private void ask() {
        views.forEach(view -> view.tell(new KeptAsked.Ask(me)));
    }

    /** A seed that is no view keeps nothing. */
    private List<MemberAddress> views() {
        var others = Membership.addressesWithout(context.getSystem(), FleetRole.VIEW);
        return seeds.stream().filter(seed -> !others.contains(seed.toString())).toList();
    }

    private List<String> missing() {
        return views().stream()
                .map(MemberAddress::toString)
                .filter(seed -> !told.containsKey(seed))
                .toList();
    }

    /** @param told addresses of the views that did */
    static boolean isEnough(Set<String> told, List<MemberAddress> seeds, boolean isLate) {
        return seeds.stream().allMatch(seed -> told.contains(seed.toString()))
                ? !told.isEmpty()
                : isLate && Membership.areMost(told, seeds);
    }
}
