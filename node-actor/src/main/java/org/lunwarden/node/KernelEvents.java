package org.lunwarden.node;

import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.model.Wwid;

/** Passes the kernel's events of dm devices on to whom they concern. */
final class KernelEvents {

    private static final String UUID_PREFIX = "mpath-";

    sealed interface Command {}

    private record Heard(DeviceMapper.Event event) implements Command {}

    private KernelEvents() {}

    static Behavior<Command> create(DeviceMapper dm, ActorRef<PathRegistry.Command> registry) {
        return Behaviors.setup(context -> {
            var self = context.getSelf();
            var subscription = dm.onEvent(event -> self.tell(new Heard(event)));
            return Behaviors.receive(Command.class)
                    .onMessage(Heard.class, heard -> {
                        registry.tell(new PathRegistry.DmEvent(heard.event().name()));
                        return Behaviors.same();
                    })
                    .onSignal(PostStop.class, signal -> {
                        subscription.close();
                        return Behaviors.same();
                    })
                    .onSignal(PreRestart.class, signal -> {
                        subscription.close();
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    /** The WWID of a multipath map's UUID; empty for any other device. */
    static Optional<Wwid> wwid(String uuid) {
        if (!uuid.startsWith(UUID_PREFIX)) {
            return Optional.empty();
        }
        var text = uuid.substring(UUID_PREFIX.length());
        return Wwid.isValid(text) ? Optional.of(new Wwid(text)) : Optional.empty();
    }
}
