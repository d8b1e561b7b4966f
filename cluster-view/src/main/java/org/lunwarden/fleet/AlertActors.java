package org.lunwarden.fleet;

import java.time.Duration;

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
        var file = alerting.spool().map(Spooler::in);
        var kept = file.map(SpoolFile::open).orElse(Spooler.Kept.NOTHING);
        context.spawn(
                Behaviors.supervise(KeptAsked.create(
                                new KeptAlerts(settings.address().toString(), kept.until(), kept.alerts())))
                        .onFailure(SupervisorStrategy.restart()),
                "kept-alerts");
        file.ifPresent(spool -> context.spawn(
                Behaviors.supervise(Spooler.create(spool, kept, parts.memory().counts, parts.clock()))
                        .onFailure(SupervisorStrategy.restart()),
                "spooler",
                DispatcherSelector.blocking()));
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
        return context.spawn(
                Behaviors.supervise(WindowBook.create(parts.memory(), kept.windows(), parts.clock()))
                        .onFailure(SupervisorStrategy.restart()),
                "windows");
    }
}
