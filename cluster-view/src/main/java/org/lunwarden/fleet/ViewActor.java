package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;

import org.lunwarden.fleet.HostEntry.Fact;
import org.lunwarden.fleet.alert.Maintenance;
import org.lunwarden.fleet.cleanup.ViewWord;
import org.lunwarden.fleet.diagnosis.Verdict;
import org.lunwarden.fleet.incident.Acknowledgements;
import org.lunwarden.fleet.incident.Change;
import org.lunwarden.fleet.incident.Identities;
import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToView;
import org.lunwarden.fleet.wire.ToView.Answered;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

/** Holds the state of the fleet on one view: hears every host, diagnoses what changed, and tells what follows. */
final class ViewActor {

    /** How often it is looked for hosts that fell silent. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    sealed interface Command {}

    record GetSnapshot(ActorRef<FleetSnapshot> replyTo) implements Command {}

    /** Asks for the snapshot, unless the view knows no more than it did at that revision. */
    record GetNews(long since, ActorRef<News> replyTo) implements Command {}

    /** @param fleet empty: nothing has changed */
    record News(Optional<FleetSnapshot> fleet) {}

    record GetSeen(ActorRef<Seen> replyTo) implements Command {}

    /** What the newest verdict rests on. */
    record Seen(Verdict verdict, Instant at) {}

    /** Asks a host; always answered, in the end with {@link HostAnswer.Unanswered}. */
    record AskHost(HostId host, HostCommand command, ActorRef<HostAnswer> replyTo) implements Command {}

    /** Always answered, unless a majority of the views does not in time. */
    record Acknowledge(
            String id, String by, String comment, boolean withdrawn, ActorRef<AcknowledgementRegister.Reply> replyTo)
            implements Command {}

    private record FromHost(ToView message) implements Command {}

    private record Agreed(Identities identities) implements Command {}

    private record Said(Acknowledgements acknowledgements) implements Command {}

    private record Sweep() implements Command {}

    private record Diagnose() implements Command {}

    record NoAnswer(long question, Duration waited) implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final FleetSettings settings;
    private final ViewMemory memory;
    private final InstantSource clock;
    private final FleetState state;
    private final FleetDiagnosis diagnosis;
    private final ActorRef<ToView> me;
    private final ActorRef<IncidentRegister.Command> register;
    private final ActorRef<AcknowledgementRegister.Command> acknowledgements;
    private final HostQuestions questions;
    private final FleetChecks checks;
    private long revision;
    private Instant sweptAt;
    private boolean news = true;

    private ViewActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            FleetSettings settings,
            ViewMemory memory,
            InstantSource clock) {
        this.context = context;
        this.timers = timers;
        this.settings = settings;
        this.memory = memory;
        this.clock = clock;
        this.state = new FleetState(settings.timings());
        this.diagnosis = new FleetDiagnosis(settings, memory.incidents());
        this.me = context.messageAdapter(ToView.class, FromHost::new);
        this.register = context.spawn(
                Behaviors.supervise(IncidentRegister.create(context.messageAdapter(Identities.class, Agreed::new)))
                        .onFailure(SupervisorStrategy.restart()),
                "incident-register");
        this.acknowledgements = context.spawn(
                Behaviors.supervise(AcknowledgementRegister.create(
                                context.messageAdapter(Acknowledgements.class, Said::new)))
                        .onFailure(SupervisorStrategy.restart()),
                "acknowledgement-register");
        this.questions = new HostQuestions(state, timers, settings.timings().answer(), me);
        this.checks = new FleetChecks(
                state, () -> Membership.isOldestView(context.getSystem(), settings.seeds()), me, memory.counts);
        this.sweptAt = clock.instant();
    }

    static Behavior<Command> create(FleetSettings settings, ViewMemory memory, InstantSource clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var view = new ViewActor(context, timers, settings, memory, clock);
            view.open();
            return Behaviors.receiveMessage(view::on);
        }));
    }

    private void open() {
        state.follow(memory.site(), clock.instant());
        diagnosis.call(memory.site().names(settings.names()));
        context.getSystem().receptionist().tell(Receptionist.register(HostShare.VIEWS, me));
        timers.startTimerWithFixedDelay(new Sweep(), SWEEP);
        if (diagnosis.isBusy()) {
            diagnoseSoon();
        }
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case FromHost(Answered answered) -> questions.answered(answered);
            case FromHost(ToView.MayCleanUp(var host, var wwid, var replyTo)) ->
                replyTo.tell(new ToHost.CleanupWord(ViewWord.of(snapshot(), host, wwid)));
            case FromHost(ToView.ResizeTold(var resize)) ->
                memory.events.add(clock.instant(), new FleetEvent.ResizeChanged(resize));
            case FromHost(var message) -> heard(message);
            case Agreed(var identities) -> {
                diagnosis.agreed(identities);
                diagnoseSoon();
            }
            case Said(var said) -> {
                diagnosis.agreed(said);
                diagnoseSoon();
            }
            case Sweep() -> sweep();
            case Diagnose() -> timed(this::diagnose);
            case GetSnapshot(var replyTo) -> replyTo.tell(snapshot());
            case GetNews(var since, var replyTo) ->
                replyTo.tell(new News(
                        Optional.of(since).filter(known -> known != revision).map(any -> snapshot())));
            case GetSeen(var replyTo) -> replyTo.tell(new Seen(diagnosis.verdict(), clock.instant()));
            case AskHost ask -> questions.ask(ask, clock.instant());
            case NoAnswer(var question, var waited) -> questions.noAnswer(question, waited);
            case Acknowledge wish -> acknowledge(wish);
        }
        return Behaviors.same();
    }

    private void heard(ToView message) {
        var heard = state.heard(message, clock.instant());
        heard.lacking().ifPresent(host -> host.tell(new ToHost.SendFullReport(me)));
        note(heard.facts());
    }

    /** A view that itself stood still heard nobody, and may not blame the hosts for it. */
    private void sweep() {
        var now = clock.instant();
        checks.look(now);
        var deaf = Duration.between(sweptAt, now).minus(SWEEP);
        sweptAt = now;
        if (deaf.compareTo(SWEEP) > 0) {
            context.getLog().warn("this view stood still for {} ms", deaf.toMillis());
            state.excuseAll(deaf);
        }
        note(state.sweep(now));
        if (state.follow(memory.site(), now)) {
            diagnosis.call(memory.site().names(settings.names()));
            revision++;
            news = true;
            diagnoseSoon();
        }
        restore(now);
        if (diagnosis.isNews(Maintenance.of(memory.windows(), memory.site(), now), state.booting(now))) {
            diagnoseSoon();
        }
    }

    private void note(List<Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        revision++;
        news = true;
        facts.forEach(this::publish);
        diagnosis.heard(facts, clock.instant());
        diagnoseSoon();
    }

    private void diagnoseSoon() {
        if (!timers.isTimerActive(new Diagnose())) {
            timers.startSingleTimer(new Diagnose(), settings.timings().diagnosisTick());
        }
    }

    private void timed(Runnable look) {
        var began = System.nanoTime();
        look.run();
        memory.counts.diagnosed(Duration.ofNanos(System.nanoTime() - began));
    }

    private void diagnose() {
        var now = clock.instant();
        restore(now);
        news |= diagnosis.beside(Maintenance.of(memory.windows(), memory.site(), now), state.booting(now));
        var outcome = diagnosis.next(news ? Optional.of(state.observations()) : Optional.empty(), now);
        news = false;
        tell(outcome.changes(), now);
        memory.observe(outcome.changes(), diagnosis.verdict(), now);
        if (!outcome.toShare().isEmpty()) {
            register.tell(new IncidentRegister.Share(outcome.toShare()));
        }
        if (!outcome.toRemember().isEmpty()) {
            acknowledgements.tell(new AcknowledgementRegister.Restore(outcome.toRemember()));
        }
        checks.ask(outcome.worthChecking(), now);
        if (diagnosis.isBusy()) {
            diagnoseSoon();
        }
    }

    /** Takes over what an earlier run of this view knew, as soon as the history has told it. */
    private void restore(Instant now) {
        var earlier = memory.restored();
        if (!earlier.isEmpty()) {
            var step = diagnosis.restored(earlier, now);
            register.tell(new IncidentRegister.Share(step.toShare()));
            tell(step.changes(), now);
            memory.keepRestored(diagnosis.incidents());
            revision++;
            diagnoseSoon();
        }
    }

    private void tell(List<Change> changes, Instant now) {
        if (!changes.isEmpty()) {
            revision++;
            memory.keep(diagnosis.incidents());
        }
        for (var change : changes) {
            memory.events.add(now, new FleetEvent.IncidentChanged(change.kind().word(), change.incident()));
            context.getLog()
                    .info(
                            "{} {}: {}",
                            change.incident().id(),
                            change.kind().word(),
                            change.incident().words());
        }
    }

    private void acknowledge(Acknowledge wish) {
        var word = diagnosis.word(wish.id(), wish.by(), wish.comment(), wish.withdrawn(), clock.instant());
        word.ifPresentOrElse(
                said -> acknowledgements.tell(new AcknowledgementRegister.Say(said, wish.replyTo())),
                () -> wish.replyTo().tell(new AcknowledgementRegister.Over()));
    }

    private FleetSnapshot snapshot() {
        var snapshot = new FleetSnapshot(
                settings.host(),
                clock.instant(),
                revision,
                state.hosts(),
                diagnosis.incidents().all(),
                diagnosis.verdict().unexplained(),
                diagnosis.verdict().notObservable(),
                Membership.isMember(context.getSystem()),
                Membership.hasMajority(context.getSystem(), settings.seeds()),
                state.disputes(clock.instant()),
                Membership.unheard(context.getSystem(), state.addresses()));
        memory.keep(snapshot);
        return snapshot;
    }

    private void publish(Fact fact) {
        if (fact instanceof Fact.Doubled(var host)) {
            context.getLog().warn("two daemons report as host {}", host);
        }
        var now = clock.instant();
        Happenings.of(fact).forEach(what -> memory.events.add(now, what));
    }
}
