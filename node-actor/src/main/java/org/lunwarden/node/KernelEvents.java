package org.lunwarden.node;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.FabricEvents;

/** Passes the kernel's events of dm devices, and those of FC fabrics, on to whom they concern. */
final class KernelEvents {

    sealed interface Command {}

    private record Heard(DeviceMapper.Event event) implements Command {}

    private record HeardFabric(FabricEvents.Said said) implements Command {}

    private KernelEvents() {}

    static Behavior<Command> create(DeviceMapper dm, FabricEvents fabrics, ActorRef<PathRegistry.Command> registry) {
        return Behaviors.setup(context -> {
            var self = context.getSelf();
            var subscription = dm.onEvent(event -> self.tell(new Heard(event)));
            var fabric = fabrics.onFabricEvent(event -> self.tell(new HeardFabric(event)));
            return Behaviors.receive(Command.class)
                    .onMessage(Heard.class, heard -> {
                        registry.tell(new PathRegistry.DmEvent(heard.event()));
                        return Behaviors.same();
                    })
                    .onMessage(HeardFabric.class, told -> {
                        registry.tell(new PathRegistry.FabricSaid(told.said()));
                        return Behaviors.same();
                    })
                    .onSignal(PostStop.class, signal -> {
                        fabric.close();
                        subscription.close();
                        return Behaviors.same();
                    })
                    .onSignal(PreRestart.class, signal -> {
                        fabric.close();
                        subscription.close();
                        return Behaviors.same();
                    })
                    .build();
        });
    }
}
