package org.lunwarden.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import org.lunwarden.fleet.cleanup.ViewWord;
import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToView;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/** Asks every view that a host knows about one of its maps, and ends with their answers, or with none when one is missing. */
final class ViewsAsked {

    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** @param words empty when a view did not answer */
    record Words(Optional<List<ViewWord>> words) {}

    sealed interface Event {}

    private record Said(ToHost message) implements Event {}

    private record Late() implements Event {}

    private ViewsAsked() {}

    static Behavior<Event> create(HostId host, Wwid wwid, Set<ActorRef<ToView>> views, ActorRef<Words> replyTo) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startSingleTimer(new Late(), PATIENCE);
            var me = context.messageAdapter(ToHost.class, Said::new);
            views.forEach(view -> view.tell(new ToView.MayCleanUp(host, wwid, me)));
            var words = new ArrayList<ViewWord>();
            return Behaviors.receiveMessage(event -> switch (event) {
                case Said(ToHost.CleanupWord(var word)) -> {
                    words.add(word);
                    yield words.size() < views.size()
                            ? Behaviors.same()
                            : ending(replyTo, Optional.of(List.copyOf(words)));
                }
                case Said(var other) -> Behaviors.same();
                case Late() -> ending(replyTo, Optional.empty());
            });
        }));
    }

    private static Behavior<Event> ending(ActorRef<Words> replyTo, Optional<List<ViewWord>> words) {
        replyTo.tell(new Words(words));
        return Behaviors.stopped();
    }
}
