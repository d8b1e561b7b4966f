package org.lunwarden.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

import org.lunwarden.fleet.FleetGuardian.Actors;
import org.lunwarden.fleet.FleetGuardian.ViewActors;
import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.failback.FailbackPlan;
import org.lunwarden.fleet.history.History;
import org.lunwarden.fleet.history.HistoryPage;
import org.lunwarden.fleet.history.HistoryQuery;
import org.lunwarden.fleet.history.HistoryStatus;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.resize.ResizePlan;
import org.lunwarden.fleet.resize.ResizeProgress;
import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.model.Component;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

/** The view as others see it, over whichever fleet system runs at the moment. */
final class ViewDoor implements FleetView {

    /** For what needs no other member. */
    private static final Duration HERE = Duration.ofSeconds(5);

    /** For what a majority of the views must know, and the disks of most of the seeds if it is a failback. */
    private static final Duration COORDINATED = Duration.ofSeconds(15);

    private final Supplier<Optional<Actors>> running;
    private final ViewMemory memory;
    private final InstantSource clock;
    private final FleetSettings settings;

    ViewDoor(Supplier<Optional<Actors>> running, ViewMemory memory, InstantSource clock, FleetSettings settings) {
        this.running = running;
        this.memory = memory;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public CompletionStage<FleetSnapshot> snapshot() {
        return this.<FleetSnapshot>with(
                        (view, scheduler) -> AskPattern.ask(view.state(), ViewActor.GetSnapshot::new, HERE, scheduler))
                .exceptionally(unavailable -> memory.lastSnapshot()
                        .orElseGet(() -> new FleetSnapshot(
                                settings.host(),
                                clock.instant(),
                                0,
                                List.of(),
                                memory.incidents().all()))
                        .old());
    }

    @Override
    public CompletionStage<ViewFigures> figures() {
        return snapshot()
                .thenCombineAsync(
                        failbacks().exceptionally(unavailable -> List.of()),
                        (fleet, failbacks) -> ViewFigures.of(
                                fleet,
                                failbacks,
                                memory.windows(),
                                memory.site(),
                                memory.otherSites(),
                                memory.counts,
                                historyStatus(),
                                clock.instant()));
    }

    @Override
    public CompletionStage<HostAnswer> describeMaps(HostId host, Optional<Wwid> wwid) {
        return with((view, scheduler) -> AskPattern.ask(
                view.state(),
                replyTo -> new ViewActor.AskHost(host, new HostCommand.DescribeMaps(wwid), replyTo),
                settings.timings().answer().plus(HERE),
                scheduler));
    }

    @Override
    public CompletionStage<FailbackPlan> planFailback(Optional<Component> component) {
        return this.<FleetSnapshot>with(
                        (view, scheduler) -> AskPattern.ask(view.state(), ViewActor.GetSnapshot::new, HERE, scheduler))
                .thenApply(snapshot -> FailbackPlan.of(
                        component,
                        FailbackFacts.situation(snapshot, memory.windows(), clock.instant()),
                        settings.failbacks().pace()));
    }

    @Override
    public CompletionStage<FailbackStart> startFailback(
            Optional<Component> component, Optional<String> plan, String by) {
        return this.<FailbackAsked.StartReply>with((view, scheduler) -> AskPattern.ask(
                        view.coordinator(),
                        replyTo -> new FailbackAsked.Start(component, plan, by, replyTo),
                        COORDINATED,
                        scheduler))
                .thenApply(reply -> reply.started()
                        .<FailbackStart>map(FailbackStart.Started::new)
                        .orElseGet(() -> new FailbackStart.Refused(reply.refused(), reply.running())));
    }

    @Override
    public CompletionStage<Optional<FailbackProgress>> stopFailback(String id) {
        return steer(id, FailbackAsked.Steering.STOP);
    }

    @Override
    public CompletionStage<Optional<FailbackProgress>> pauseFailback(String id, boolean paused) {
        return steer(id, paused ? FailbackAsked.Steering.PAUSE : FailbackAsked.Steering.GO_ON);
    }

    private CompletionStage<Optional<FailbackProgress>> steer(String id, FailbackAsked.Steering steering) {
        return this.<FailbackAsked.SteerReply>with((view, scheduler) -> AskPattern.ask(
                        view.coordinator(),
                        replyTo -> new FailbackAsked.Steer(id, steering, replyTo),
                        COORDINATED,
                        scheduler))
                .thenApply(reply -> {
                    reply.refused().ifPresent(why -> {
                        throw new FleetUnavailable(why);
                    });
                    return reply.failback();
                });
    }

    @Override
    public CompletionStage<Optional<FailbackProgress>> failback(String id) {
        return failbacks()
                .thenApply(all -> all.stream()
                        .filter(progress -> progress.id().equals(id))
                        .findFirst());
    }

    @Override
    public CompletionStage<List<FailbackProgress>> failbacks() {
        return this.<FailbackBoard.Shown>with(
                        (view, scheduler) -> AskPattern.ask(view.board(), FailbackBoard.Show::new, HERE, scheduler))
                .thenApply(FailbackBoard.Shown::failbacks);
    }

    @Override
    public CompletionStage<Acknowledging> acknowledge(String id, String by, String comment, boolean withdrawn) {
        return this.<AcknowledgementRegister.Reply>with((view, scheduler) -> AskPattern.ask(
                        view.state(),
                        replyTo -> new ViewActor.Acknowledge(id, by, comment, withdrawn, replyTo),
                        COORDINATED,
                        scheduler))
                .thenCompose(reply -> switch (reply) {
                    case AcknowledgementRegister.Known(var said) ->
                        CompletableFuture.completedStage(new Acknowledging.Said(said));
                    case AcknowledgementRegister.Over() ->
                        CompletableFuture.completedStage(new Acknowledging.NotOpen());
                    case AcknowledgementRegister.NoMajority() ->
                        CompletableFuture.failedStage(new FleetUnavailable("no majority of the views answers"));
                });
    }

    @Override
    public Names names() {
        return memory.site().names(settings.names());
    }

    @Override
    public List<String> viewsWithAnotherSite() {
        return memory.viewsWithAnotherSite();
    }

    @Override
    public SiteFile site() {
        return memory.site();
    }

    @Override
    public CompletionStage<HistoryPage> history(HistoryQuery query) {
        return memory.history
                .map(history -> history.happenings(query))
                .orElseGet(() -> CompletableFuture.failedStage(new FleetUnavailable("this view keeps no history")))
                .exceptionallyCompose(ViewDoor::noHistory);
    }

    @Override
    public CompletionStage<Optional<Incident>> pastIncident(String id) {
        return memory.history
                .map(history -> history.incident(id))
                .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()))
                .exceptionallyCompose(ViewDoor::noHistory);
    }

    private static <T> CompletionStage<T> noHistory(Throwable broke) {
        return CompletableFuture.failedStage(
                broke instanceof FleetUnavailable
                        ? broke
                        : new FleetUnavailable("the history does not answer: " + broke.getMessage()));
    }

    @Override
    public CompletionStage<byte[]> observations() {
        return this.<ViewActor.Seen>with(
                        (view, scheduler) -> AskPattern.ask(view.state(), ViewActor.GetSeen::new, HERE, scheduler))
                .thenApplyAsync(seen -> ViewMemory.packed(seen.verdict(), seen.at()));
    }

    @Override
    public CompletionStage<Optional<byte[]>> observations(String incident) {
        return memory.history
                .map(history -> history.observed(incident))
                .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()))
                .exceptionallyCompose(ViewDoor::noHistory);
    }

    @Override
    public HistoryStatus historyStatus() {
        return memory.history.map(History::status).orElseGet(HistoryStatus::none);
    }

    @Override
    public CompletionStage<List<Window>> windows() {
        return CompletableFuture.completedStage(memory.windows());
    }

    @Override
    public CompletionStage<Window> agree(Window window) {
        return this.<WindowBook.Answer>with((view, scheduler) -> AskPattern.ask(
                        view.windows(), replyTo -> new WindowBook.Put(window, replyTo), COORDINATED, scheduler))
                .thenApply(answer -> {
                    answer.refused().ifPresent(why -> {
                        throw new FleetUnavailable(why);
                    });
                    return window;
                });
    }

    @Override
    public CompletionStage<ResizePlan> planResize(Wwid wwid) {
        return snapshot().thenApply(fleet -> ResizePlan.of(fleet, wwid));
    }

    @Override
    public CompletionStage<ResizeProgress> startResize(Wwid wwid, String by) {
        return with((view, scheduler) -> AskPattern.ask(
                view.resizes(), replyTo -> new Resizes.Start(wwid, by, replyTo), COORDINATED, scheduler));
    }

    @Override
    public CompletionStage<Optional<ResizeProgress>> resize(String id) {
        return this.<Resizes.Found>with((view, scheduler) ->
                        AskPattern.ask(view.resizes(), replyTo -> new Resizes.Find(id, replyTo), HERE, scheduler))
                .thenApply(Resizes.Found::resize);
    }

    @Override
    public AutoCloseable subscribe(Optional<String> afterEventId, Consumer<FleetEvent> listener) {
        return memory.events.subscribe(afterEventId, clock.instant(), listener);
    }

    private <T> CompletionStage<T> with(BiFunction<ViewActors, Scheduler, CompletionStage<T>> ask) {
        var actors = running.get();
        return actors.flatMap(Actors::view)
                .map(view -> ask.apply(view, actors.get().scheduler()))
                .orElseGet(() -> CompletableFuture.failedStage(
                        new FleetUnavailable("the fleet system of " + settings.host() + " is being started")))
                .exceptionallyCompose(broke -> CompletableFuture.failedStage(
                        broke instanceof FleetUnavailable
                                ? broke
                                : new FleetUnavailable(String.valueOf(broke.getMessage()))));
    }
}
