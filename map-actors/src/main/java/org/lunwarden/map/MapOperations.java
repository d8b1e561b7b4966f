package org.lunwarden.map;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.model.settings.QueueWithoutDaemon;

/**
 * Runs the operations on the maps of a host, one at a time for each map, whoever asks for them. It outlives the actors:
 * what a thread has begun comes to its end, whatever becomes of the actor that asked, and an actor that follows waits for
 * it. Safe for use by several threads.
 */
public final class MapOperations {

    private static final String STOPS = "the daemon stops";
    private static final String NOT_RESUMED = "it is not resumed yet";

    /** How long a map that udev does not deal with keeps the next one from being made. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(5);

    private final DeviceMapper dm;
    private final Executor talk;
    private final Executor change;

    /** The newest operation of each map, from when it is asked for to its end. */
    private final Map<Wwid, CompletableFuture<Ended>> newest = new HashMap<>();

    private final SortedMap<Wwid, String> underWay = new TreeMap<>();

    /** Maps beside whose own operations others are changed. */
    private final Set<Wwid> beside = new TreeSet<>();

    /** Maps that an operation left suspended: their I/O hangs until they are resumed. */
    private final Set<Wwid> leftSuspended = new TreeSet<>();

    private final Farewells farewells = new Farewells();
    private final OperatorWords words = new OperatorWords();

    private final CompletableFuture<Void> quiet = new CompletableFuture<>();
    private final Turns creations;
    private boolean closed;

    /**
     * @param talk runs what asks a map or tells it something, and waits for no I/O
     * @param change runs what makes, reloads, renames or removes a map, and may wait for its I/O or for udev
     */
    public MapOperations(DeviceMapper dm, Executor talk, Executor change) {
        this(
                dm,
                talk,
                change,
                new Turns(
                        dm.mostUnsettled(),
                        CompletableFuture.delayedExecutor(LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS)));
    }

    MapOperations(DeviceMapper dm, Executor talk, Executor change, Turns creations) {
        this.dm = dm;
        this.talk = talk;
        this.change = change;
        this.creations = creations;
    }

    /**
     * One thing to do.
     *
     * @param name the map's present name
     * @param udev what holds for all that is done to the map
     * @param taken called when a thread takes it up, which may be long after it was asked for
     * @param veto asked then: a reason not to begin any more
     * @param isFresh asked on the way: whether what paths reported when it was asked for may still be taken as it was
     */
    record Order(
            Wwid wwid,
            MapAction action,
            String name,
            UdevFlags udev,
            Runnable taken,
            Supplier<Optional<String>> veto,
            BooleanSupplier isFresh) {

        Order(
                Wwid wwid,
                MapAction action,
                String name,
                UdevFlags udev,
                Runnable taken,
                Supplier<Optional<String>> veto) {
            this(wwid, action, name, udev, taken, veto, () -> true);
        }
    }

    /** What became of an order. */
    sealed interface Ended {}

    record Performed(DmOperation.Outcome outcome) implements Ended {}

    record NotBegun(MapAction action, String reason) implements Ended {}

    /** Begins when what was asked for before has ended. Fails when an executor refuses, or when our own code breaks. */
    CompletionStage<Ended> start(Order order) {
        var end = new CompletableFuture<Ended>();
        CompletableFuture<Ended> before;
        synchronized (this) {
            before = Optional.ofNullable(newest.put(order.wwid(), end))
                    .orElseGet(() -> CompletableFuture.completedFuture(new NotBegun(order.action(), "")));
        }
        var unused = before.handle((ended, broke) -> order.action() instanceof MapAction.Create)
                .thenCompose(creates -> creates ? creations.next() : Turns.FREE)
                .thenCompose(turn -> inTurn(order, turn))
                .whenComplete((ended, broke) -> end(order, end, ended, broke));
        return end;
    }

    private CompletionStage<Ended> inTurn(Order order, Turns.Turn turn) {
        return CompletableFuture.completedFuture(order)
                .thenApplyAsync(this::perform, ActNature.isTalk(order.action()) ? talk : change)
                .thenCompose(ended -> settled(ended, turn))
                .whenComplete((ended, broke) -> turn.end());
    }

    /** A map is made when udev has made its node. No thread is kept for that: a start makes hundreds. */
    private CompletionStage<Ended> settled(Ended ended, Turns.Turn turn) {
        if (ended instanceof Performed(var outcome)
                && outcome.action() instanceof MapAction.Create(var wanted, var name)) {
            creations.bound(turn);
            return dm.settled(name).handle((dealtWith, broke) -> ended);
        }
        return CompletableFuture.completedFuture(ended);
    }

    /**
     * Begins what changes other devices for the sake of a map, beside the map's own operations, which it does not hold up:
     * one for each map at a time.
     */
    CompletionStage<Ended> startBeside(Order order) {
        synchronized (this) {
            if (closed || !beside.add(order.wwid())) {
                return CompletableFuture.completedFuture(
                        new NotBegun(order.action(), closed ? STOPS : "the one before it is under way"));
            }
        }
        return CompletableFuture.completedFuture(order)
                .thenApplyAsync(this::performBeside, change)
                .whenComplete((ended, broke) -> {
                    synchronized (this) {
                        beside.remove(order.wwid());
                        completeWhenQuiet();
                    }
                });
    }

    private Ended performBeside(Order order) {
        order.taken().run();
        return order.veto()
                .get()
                .<Ended>map(reason -> new NotBegun(order.action(), reason))
                .orElseGet(() -> new Performed(new DmOperation(dm, order.wwid(), order.udev())
                        .perform(order.action(), order.name(), order.veto(), order.isFresh())));
    }

    /** Whether a thread is at work on the map. */
    synchronized boolean isUnderWay(Wwid wwid) {
        return underWay.containsKey(wwid);
    }

    /** The maps that a thread is at work on or that an operation left suspended, and what goes on or is owed, in a word. */
    public synchronized SortedMap<Wwid, String> unfinished() {
        var unfinished = new TreeMap<>(underWay);
        leftSuspended.forEach(wwid -> unfinished.putIfAbsent(wwid, ActWords.of(new MapAction.Resume())));
        beside.forEach(wwid -> unfinished.putIfAbsent(wwid, "reassign"));
        return unfinished;
    }

    /** Whether an operation left the map suspended. */
    synchronized boolean owesResume(Wwid wwid) {
        return leftSuspended.contains(wwid);
    }

    OperatorWords words() {
        return words;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** What ends a map's queueing at the end, where it does not go on then; in place of what was said before. */
    synchronized void atClose(Order farewell, QueueWithoutDaemon queueing) {
        if (!closed) {
            farewells.put(farewell, queueing);
        }
    }

    /** Nothing is to be done to a map at the end. */
    synchronized void nothingAtClose(Wwid wwid) {
        if (!closed) {
            farewells.remove(wwid);
        }
    }

    /**
     * Lets no more operation begin, but for what was to be done at the end, and what resumes a map which an operation left
     * suspended. The stage ends when none is under way or owed.
     */
    public CompletionStage<Void> close(Ending ending) {
        List<Order> last;
        synchronized (this) {
            last = closed ? List.of() : farewells.dueAt(ending);
            closed = true;
            completeWhenQuiet();
        }
        for (var order : last) {
            sayFarewell(order);
        }
        return quiet.minimalCompletionStage();
    }

    private void sayFarewell(Order order) {
        var unused = start(order).whenComplete((ended, broke) -> farewellEnded(order, ended));
    }

    private void farewellEnded(Order order, @Nullable Ended ended) {
        if (ended instanceof Performed(var outcome)) {
            outcome.refusal().ifPresent(refusal -> AuditTrail.note(order.wwid(), "refused: " + refusal));
        }
        boolean again;
        synchronized (this) {
            var awaitsResume = ended instanceof NotBegun(var action, var reason) && reason.equals(NOT_RESUMED);
            again = awaitsResume && !leftSuspended.contains(order.wwid());
            if (!awaitsResume) {
                farewells.remove(order.wwid());
                completeWhenQuiet();
            } else if (!again) {
                farewells.postpone(order.wwid());
            }
        }
        if (again) {
            sayFarewell(order);
        }
    }

    private void completeWhenQuiet() {
        if (closed && underWay.isEmpty() && beside.isEmpty() && leftSuspended.isEmpty() && farewells.isEmpty()) {
            quiet.complete(null);
        }
    }

    private Ended perform(Order order) {
        if (isFarewell(order)) {
            return farewell(order);
        }
        if (!begin(order)) {
            return new NotBegun(order.action(), STOPS);
        }
        order.taken().run();
        var operation = new DmOperation(dm, order.wwid(), order.udev());
        return order.veto()
                .get()
                .or(() -> suspendedByOthers(order, operation))
                .<Ended>map(reason -> new NotBegun(order.action(), reason))
                .orElseGet(() -> new Performed(
                        operation.perform(order.action(), order.name(), Optional::empty, order.isFresh())));
    }

    private synchronized boolean isFarewell(Order order) {
        return closed && farewells.has(order);
    }

    private Ended farewell(Order order) {
        if (owesResume(order.wwid())) {
            return new NotBegun(order.action(), NOT_RESUMED);
        }
        begin(order);
        return Farewells.say(dm, order);
    }

    /** A table that is loaded ends with a resume, and who suspended the map since it was looked at did not ask for that. */
    private static Optional<String> suspendedByOthers(Order order, DmOperation operation) {
        var loads = order.action() instanceof MapAction.Reload || order.action() instanceof MapAction.Resize;
        return loads && operation.isSuspended(order.name())
                ? Optional.of("somebody has suspended the map")
                : Optional.empty();
    }

    private synchronized boolean begin(Order order) {
        var may = !closed
                || farewells.has(order)
                || (leftSuspended.contains(order.wwid()) && ActNature.leadsToResume(order.action()));
        if (may) {
            underWay.put(order.wwid(), ActWords.of(order.action()));
        }
        return may;
    }

    /** What waits for the end may begin only when the books say that it came. */
    private void end(Order order, CompletableFuture<Ended> end, @Nullable Ended ended, @Nullable Throwable broke) {
        synchronized (this) {
            var begun = underWay.remove(order.wwid()) != null;
            newest.remove(order.wwid(), end);
            if (ended instanceof Performed(var outcome)) {
                remember(order.wwid(), outcome);
            } else if (ended == null && begun && ActNature.suspends(order.action())) {
                leftSuspended.add(order.wwid());
            }
            completeWhenQuiet();
        }
        resumed(order.wwid()).ifPresent(this::sayFarewell);
        if (ended != null) {
            end.complete(ended);
        } else {
            end.completeExceptionally(broke != null ? broke : new IllegalStateException("no outcome"));
        }
    }

    private synchronized Optional<Order> resumed(Wwid wwid) {
        return leftSuspended.contains(wwid) ? Optional.empty() : farewells.resumed(wwid);
    }

    /** A map that others suspended is theirs to resume; one that cannot be read after a refusal may be suspended. */
    private void remember(Wwid wwid, DmOperation.Outcome outcome) {
        if (outcome.view().isSettled()
                || (ActNature.suspends(outcome.action()) && outcome.refusal().isEmpty())) {
            leftSuspended.remove(wwid);
        } else if (ActNature.suspends(outcome.action()) && !outcome.metAnother()) {
            leftSuspended.add(wwid);
        }
    }
}
