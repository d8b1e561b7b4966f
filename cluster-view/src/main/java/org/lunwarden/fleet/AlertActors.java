package org.lunwarden.fleet;

import java.time.Duration;
import java.util.List;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

import org.lunwarden.fleet.alert.KeptAlerts;
import org.lunwarden.fleet.channel.Channels;

/** What a view starts so that people are told: a book of silences and maintenance of its own, and the fleet's one notifier. */
final class AlertActors {

    private AlertActors() {}

    /** A notifier that restarts finds in the book what was told. */
    static ActorRef<WindowBook.Command> spawn(
            ActorContext<FleetGuardian.Command> context, FleetGuardian.Parts parts, ActorRef<ViewActor.Command> state) {
        var settings = parts.settings();
        var alerting = settings.alerting();
        var windows = context.spawn(
                Behaviors.supervise(WindowBook.create(parts.memory(), parts.clock()))
                        .onFailure(SupervisorStrategy.restart()),
                "windows");
        alerting.spool()
                .ifPresentOrElse(
                        folder -> context.spawn(
                                Behaviors.supervise(Spooler.create(
                                                Spooler.in(folder), settings.address(), windows, parts.memory().counts))
                                        .onFailure(SupervisorStrategy.restart()),
                                "spooler",
                                DispatcherSelector.blocking()),
                        () -> context.spawn(
                                Behaviors.supervise(KeptAsked.create(new KeptAlerts(
                                                settings.address().toString(), List.of())))
                                        .onFailure(SupervisorStrategy.restart()),
                                "kept-alerts"));
        var told = new AlertNotifier.Parts(
                alerting,
                () -> parts.memory().site().names(settings.names()),
                Channels.of(alerting.channels(), settings.cluster()),
                parts.memory()::windows,
                parts.memory()::site,
                settings.seeds(),
                parts.memory().counts,
                parts.clock());
        ClusterSingleton.get(context.getSystem())
                .init(SingletonActor.of(
                                Behaviors.supervise(AlertNotifier.create(state, told))
                                        .onFailure(SupervisorStrategy.restartWithBackoff(
                                                Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2)),
                                "notifier")
                        .withSettings(ClusterSingletonSettings.create(context.getSystem())
                                .withRole(FleetRole.VIEW.word())));
        return windows;
    }
}
