package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

import org.lunwarden.fleet.alert.Window;

/** Silences and maintenance, as the views agree on them: tells this view of them, and writes to a majority what is new. */
final class WindowBook {

    static final Key<LWWMap<String, Window>> KEY = LWWMapKey.create("windows");

    private static final Duration MAJORITY = Duration.ofSeconds(5);

    /** Those that are over are shown for so long, and no more than {@link #MOST} of them. */
    private static final Duration KEPT = Duration.ofDays(7);

    private static final int MOST = 200;

    /** What was changed is newer than what a view that was stopped remembers, whatever the clocks of the views say. */
    private static final LWWRegister.Clock<Window> BY_CHANGE =
            (current, window) -> Math.max(current + 1, window.createdAt().toEpochMilli());

    sealed interface Command {}

    /** Writes one, new or changed. */
    record Put(Window window, ActorRef<Answer> replyTo) implements Command {}

    /**
     * What this view knew before it was stopped.
     *
     * @param kept as it was on its disk
     */
    record Recall(List<Window> kept) implements Command {

        Recall {
            kept = List.copyOf(kept);
        }
    }

    private record Replicated(Replicator.SubscribeResponse<LWWMap<String, Window>> response) implements Command {}

    private record Remembered(Replicator.UpdateResponse<LWWMap<String, Window>> response) implements Command {}

    private record Done(Replicator.UpdateResponse<LWWMap<String, Window>> response, Put put) implements Command {}

    /** @param refused why it does not hold; empty when it does, on a majority of the views */
    record Answer(Window window, Optional<String> refused) {}

    private WindowBook() {}

    static Behavior<Command> create(ViewMemory memory, InstantSource clock) {
        return Behaviors.setup(context -> DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWMap<String, Window>> replicator) -> {
                    var self = DistributedData.get(context.getSystem()).selfUniqueAddress();
                    var begun = clock.instant();
                    var kept = new ArrayList<Window>();
                    replicator.subscribe(KEY, Replicated::new);
                    return Behaviors.receiveMessage(command -> {
                        switch (command) {
                            case Put put
                            when isFull(memory.windows(), put.window(), clock.instant()) ->
                                put.replyTo()
                                        .tell(new Answer(
                                                put.window(),
                                                Optional.of("there are " + MOST + " already; end some first")));
                            case Put put ->
                                replicator.askUpdate(
                                        replyTo -> new Replicator.Update<>(
                                                KEY,
                                                LWWMap.create(),
                                                new Replicator.WriteMajority(MAJORITY),
                                                replyTo,
                                                all -> with(all, put.window(), self, clock.instant())),
                                        response -> new Done(response, put));
                            case Done(var response, var put) ->
                                put.replyTo()
                                        .tell(new Answer(
                                                put.window(),
                                                response instanceof Replicator.UpdateSuccess<LWWMap<String, Window>>
                                                        ? Optional.empty()
                                                        : Optional.of("no majority of the views answers; it may"
                                                                + " hold when one does")));
                            case Recall(var windows) -> {
                                kept.addAll(windows);
                                remember(replicator, windows, self, clock);
                            }
                            case Remembered(var anyway) -> {}
                            case Replicated(var response) -> {
                                if (response instanceof Replicator.Changed<LWWMap<String, Window>> changed) {
                                    var known = changed.get(KEY).getEntries();
                                    var ended = kept.stream()
                                            .filter(window -> isLonger(known, window))
                                            .toList();
                                    if (!ended.isEmpty()) {
                                        remember(replicator, ended, self, clock);
                                    }
                                    var all = newestFirst(changed.get(KEY));
                                    news(memory.windows(), all, begun)
                                            .forEach(window -> memory.events.add(
                                                    clock.instant(), new FleetEvent.WindowChanged(window)));
                                    memory.keep(all);
                                }
                            }
                        }
                        return Behaviors.same();
                    });
                }));
    }

    private static void remember(
            ReplicatorMessageAdapter<Command, LWWMap<String, Window>> replicator,
            List<Window> kept,
            SelfUniqueAddress self,
            InstantSource clock) {
        replicator.askUpdate(
                replyTo -> new Replicator.Update<>(
                        KEY,
                        LWWMap.create(),
                        Replicator.writeLocal(),
                        replyTo,
                        all -> withMissing(all, kept, self, clock.instant())),
                Remembered::new);
    }

    /** What this view did not know. What others knew before it began is none: it was told then. */
    static List<Window> news(List<Window> before, List<Window> now, Instant begun) {
        return now.stream()
                .filter(window -> !before.contains(window))
                .filter(window -> !window.createdAt().isBefore(begun)
                        || before.stream().anyMatch(known -> known.id().equals(window.id())))
                .toList();
    }

    /** What is over takes nobody's place. */
    static boolean isFull(Collection<Window> all, Window window, Instant now) {
        return all.stream().noneMatch(each -> each.id().equals(window.id()))
                && all.stream().filter(each -> each.until().isAfter(now)).count() >= MOST;
    }

    /** What is over, and for long or with many that ended later. */
    static List<Window> outdated(Collection<Window> all, Instant now) {
        var over = all.stream()
                .filter(each -> !each.until().isAfter(now))
                .sorted(Comparator.comparing(Window::until)
                        .thenComparing(Window::id)
                        .reversed())
                .toList();
        return IntStream.range(0, over.size())
                .filter(at -> at >= MOST || over.get(at).until().plus(KEPT).isBefore(now))
                .mapToObj(over::get)
                .toList();
    }

    private static List<Window> newestFirst(LWWMap<String, Window> all) {
        return all.getEntries().values().stream()
                .sorted(Comparator.comparing(Window::createdAt)
                        .thenComparing(Window::id)
                        .reversed())
                .toList();
    }

    private static LWWMap<String, Window> with(
            LWWMap<String, Window> all, Window window, SelfUniqueAddress writer, Instant now) {
        var next = all.put(writer, window.id(), window, BY_CHANGE);
        for (var old : outdated(all.getEntries().values(), now)) {
            if (!old.id().equals(window.id())) {
                next = next.remove(writer, old.id());
            }
        }
        return next;
    }

    /** Whether another view remembers it from before it was ended: a window only ever gets shorter. */
    static boolean isLonger(Map<String, Window> known, Window kept) {
        return Optional.ofNullable(known.get(kept.id()))
                .filter(window -> window.until().isAfter(kept.until()))
                .isPresent();
    }

    private static LWWMap<String, Window> withMissing(
            LWWMap<String, Window> all, List<Window> kept, SelfUniqueAddress writer, Instant now) {
        var next = all;
        for (var window : kept) {
            var isToKeep = !next.contains(window.id()) || isLonger(next.getEntries(), window);
            if (isToKeep && window.until().plus(KEPT).isAfter(now)) {
                next = next.put(writer, window.id(), window, BY_CHANGE);
            }
        }
        return next;
    }
}
