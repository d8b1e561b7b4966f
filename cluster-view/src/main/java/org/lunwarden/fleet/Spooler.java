package org.lunwarden.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;

import org.lunwarden.fleet.alert.AlertEntry;
import org.lunwarden.fleet.alert.KeptAlerts;
import org.lunwarden.fleet.alert.Window;

/**
 * Keeps what the views agree on about alerts, silences and maintenance on this view's disk: tells what is there when it is
 * started, and writes what changes shortly after. It blocks while the disk does.
 */
final class Spooler {

    private static final Duration SHORTLY = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** What is kept. */
    record Kept(List<AlertEntry> alerts, List<Window> windows) {

        static final Kept NOTHING = new Kept(List.of(), List.of());

        Kept {
            alerts = List.copyOf(alerts);
            windows = List.copyOf(windows);
        }
    }

    static SpoolFile<Kept> in(Path folder) {
        return new SpoolFile<>(folder.resolve("alerts.json"), Kept.class, Kept.NOTHING);
    }

    sealed interface Command {}

    private record Alerts(List<AlertEntry> all) implements Command {}

    private record Windows(List<Window> all) implements Command {}

    private record Write() implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final SpoolFile<Kept> file;
    private final ViewCounts counts;
    private Kept kept;
    private boolean isFailing;

    private Spooler(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            SpoolFile<Kept> file,
            Kept kept,
            ViewCounts counts) {
        this.context = context;
        this.timers = timers;
        this.file = file;
        this.counts = counts;
        this.kept = kept;
    }

    /**
     * Writes at once, though nothing is new: so that a disk that takes nothing shows before it matters.
     *
     * @param view address of this one
     * @param book is told which windows were kept
     */
    static Behavior<Command> create(
            SpoolFile<Kept> file, MemberAddress view, ActorRef<WindowBook.Command> book, ViewCounts counts) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> opening(context, timers, file, counts, kept -> {
                    book.tell(new WindowBook.Recall(kept.windows()));
                    context.spawn(
                            Behaviors.supervise(KeptAsked.create(new KeptAlerts(view.toString(), kept.alerts())))
                                    .onFailure(SupervisorStrategy.restart()),
                            "kept-alerts");
                })));
    }

    /** A disk that does not give what was kept may do so later: nothing is written over it before. */
    private static Behavior<Command> opening(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            SpoolFile<Kept> file,
            ViewCounts counts,
            Consumer<Kept> tell) {
        try {
            var kept = file.open();
            tell.accept(kept);
            return new Spooler(context, timers, file, kept, counts).begin();
        } catch (IOException broken) {
            context.getLog().error("what was told before is not known yet, and nothing is kept: {}", broken.toString());
            counts.spoolWritten(false);
            timers.startSingleTimer(new Write(), AGAIN);
            return Behaviors.receiveMessage(again -> opening(context, timers, file, counts, tell));
        }
    }

    private Behavior<Command> begin() {
        var me = context.getSelf();
        context.spawn(watching(AlertBook.KEY, all -> me.tell(new Alerts(all))), "alerts");
        context.spawn(watching(WindowBook.KEY, all -> me.tell(new Windows(all))), "windows");
        timers.startSingleTimer(new Write(), SHORTLY);
        return Behaviors.receiveMessage(this::on);
    }

    /** An actor can hear of one key only. */
    private static <V> Behavior<Replicator.SubscribeResponse<LWWMap<String, V>>> watching(
            Key<LWWMap<String, V>> key, Consumer<List<V>> hear) {
        return Behaviors.setup(context -> {
            DistributedData.get(context.getSystem())
                    .replicator()
                    .tell(new Replicator.Subscribe<>(key, context.getSelf()));
            return Behaviors.receiveMessage(response -> {
                if (response instanceof Replicator.Changed<LWWMap<String, V>> changed) {
                    hear.accept(List.copyOf(changed.get(key).getEntries().values()));
                }
                return Behaviors.same();
            });
        });
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Alerts(var all) -> keep(new Kept(all, kept.windows()));
            case Windows(var all) -> keep(new Kept(kept.alerts(), all));
            case Write() -> write();
        }
        return Behaviors.same();
    }

    private void keep(Kept now) {
        kept = now;
        if (!timers.isTimerActive(new Write())) {
            timers.startSingleTimer(new Write(), isFailing ? AGAIN : SHORTLY);
        }
    }

    private void write() {
        try {
            file.write(kept);
            isFailing = false;
        } catch (IOException broken) {
            context.getLog().error("what was told is not kept on disk: {}", broken.toString());
            isFailing = true;
            timers.startSingleTimer(new Write(), AGAIN);
        }
        counts.spoolWritten(!isFailing);
    }
}
