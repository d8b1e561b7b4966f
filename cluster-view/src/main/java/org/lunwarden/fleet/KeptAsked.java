package org.lunwarden.fleet;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

import org.lunwarden.fleet.alert.KeptAlerts;
import org.lunwarden.fleet.wire.Wire;

/** Tells whichever view runs the notifier what this view had kept of alerts when it was started. */
final class KeptAsked {

    static final ServiceKey<Ask> ALL = ServiceKey.create(Ask.class, "lunwarden-kept-alerts");

    record Ask(ActorRef<KeptAlerts> replyTo) implements Wire {}

    private KeptAsked() {}

    static Behavior<Ask> create(KeptAlerts kept) {
        return Behaviors.setup(context -> {
            context.getSystem().receptionist().tell(Receptionist.register(ALL, context.getSelf()));
            return Behaviors.receiveMessage(ask -> {
                ask.replyTo().tell(kept);
                return Behaviors.same();
            });
        });
    }
}
