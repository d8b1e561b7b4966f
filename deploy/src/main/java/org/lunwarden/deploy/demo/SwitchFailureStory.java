package org.lunwarden.deploy.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import org.lunwarden.fleet.FailbackProgress;
import org.lunwarden.fleet.FleetEvent;
import org.lunwarden.fleet.FleetEvent.FailbackChanged;
import org.lunwarden.fleet.FleetEvent.IncidentChanged;
import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.FleetView.FailbackStart;
import org.lunwarden.fleet.failback.FailbackPlan;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.http.FaultInjection.Part;

/**
 * The story of one switch: it fails, one incident names it, it comes back, and all hosts that were driven off their best
 * path groups return there together. It ends well only if the incident named exactly that switch and nothing else was
 * blamed.
 */
final class SwitchFailureStory {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DemoFleet fleet;
    private final StoryLine line;
    private final Consumer<Part> injector;
    private final FleetView view;
    private final BlockingQueue<FleetEvent> events = new LinkedBlockingQueue<>();
    private final List<String> opened = new ArrayList<>();

    /** @param injector fails the part that the story is about */
    SwitchFailureStory(DemoFleet fleet, StoryLine line, Consumer<Part> injector) {
        this.fleet = fleet;
        this.line = line;
        this.injector = injector;
        this.view = fleet.view();
    }

    /** Gives 0 when it went as told, 1 with a line {@code failed} otherwise. */
    int tell() throws Exception {
        try (var heard = view.subscribe(Optional.empty(), events::add)) {
            return acts();
        } catch (StoryFailed failed) {
            line.tell("failed", "reason", String.valueOf(failed.getMessage()));
            return 1;
        }
    }

    private int acts() throws InterruptedException {
        if (!fleet.isWell(PATIENCE)) {
            throw new StoryFailed("the fleet did not come up well: " + fleet.complaint());
        }
        var counts = fleet.counts();
        line.tell("cluster-up", "hosts", counts.hosts(), "nexuses", counts.nexuses(), "maps", counts.maps());

        var broken = fleet.storySwitch();
        line.faultIsNow();
        injector.accept(broken);
        line.tell(
                "fault-injected",
                "class",
                broken.component().kind().word(),
                "id",
                broken.component().id());

        var provisional = incident("opened");
        tellIncident("incident-provisional", provisional);
        var confirmed = incident("confirmed");
        tellIncident("incident-confirmed", confirmed);
        requireNamed(confirmed, broken);

        fleet.faults().restore(broken.id());
        line.tell("restored", "id", broken.component().id());
        if (!fleet.nexusesAreUp(PATIENCE)) {
            throw new StoryFailed("not all nexuses came back: " + fleet.complaint());
        }
        if (!fleet.membersAreBack(confirmed.id(), PATIENCE)) {
            throw new StoryFailed("the incident does not see that its members are back: " + fleet.complaint());
        }
        // nothing is moved near an incident that is open
        var resolved = incident("resolved");
        tellIncident("incident-resolved", resolved);
        requireOneIncident(confirmed, resolved);
        failBack(broken);
        if (fleet.failedIo() > 0) {
            throw new StoryFailed(fleet.failedIo() + " I/Os of the hosts failed though each map had a path left");
        }
        return 0;
    }

    private void failBack(Part broken) throws InterruptedException {
        var plan = plan(broken);
        var steps = plan.waves().stream().mapToInt(wave -> wave.steps().size()).sum();
        var maps = plan.waves().stream()
                .flatMap(wave -> wave.steps().stream())
                .mapToInt(step -> step.maps().size())
                .sum();
        line.tell(
                "failback-planned",
                "waves",
                plan.waves().size(),
                "steps",
                steps,
                "maps",
                maps,
                "leftOut",
                plan.leftOut().size());
        if (maps == 0) {
            throw new StoryFailed("no map was driven off its best group, or none may go back: " + plan.leftOut());
        }
        var started = view.startFailback(Optional.of(broken.component()), Optional.of(plan.fingerprint()), "the story")
                .toCompletableFuture()
                .join();
        var id = switch (started) {
            case FailbackStart.Started(var progress) -> progress.id();
            case FailbackStart.Refused(var reason, var running) -> throw new StoryFailed("refused: " + reason);
        };
        var over = await(
                "the failback to end",
                event -> event.what() instanceof FailbackChanged(var progress, var hosts)
                                && progress.id().equals(id)
                                && progress.phase() != FailbackProgress.Phase.RUNNING
                        ? Optional.of(progress)
                        : Optional.empty());
        line.tell(
                over.phase() == FailbackProgress.Phase.DONE ? "failback-done" : "failback-stopped",
                "maps",
                over.mapsDone(),
                "reason",
                over.reason());
        if (over.phase() != FailbackProgress.Phase.DONE) {
            throw new StoryFailed("the failback stopped: " + over.reason());
        }
    }

    /** What is back for a moment only is not moved to yet. */
    private FailbackPlan plan(Part broken) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var plan = view.planFailback(Optional.of(broken.component()))
                    .toCompletableFuture()
                    .join();
            if (plan.leftOut().isEmpty() || System.nanoTime() > deadline) {
                return plan;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private Incident incident(String change) throws InterruptedException {
        return await("an incident to be " + change, event -> {
            if (!(event.what() instanceof IncidentChanged(var what, var incident))) {
                return Optional.empty();
            }
            if (what.equals("opened")) {
                opened.add(incident.id());
            }
            return what.equals(change) ? Optional.of(incident) : Optional.empty();
        });
    }

    private <T> T await(String what, Function<FleetEvent, Optional<T>> wanted) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new StoryFailed("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
            }
            var found = wanted.apply(event);
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    private void tellIncident(String event, Incident incident) {
        var first = incident.first();
        line.tell(
                event,
                "incident",
                incident.id(),
                "title",
                incident.title(),
                "class",
                first.component().kind().word(),
                "id",
                first.component().id(),
                "named",
                incident.isNamed(),
                "explained",
                first.evidence().explained(),
                "contradicting",
                first.evidence().contradicting(),
                "hosts",
                incident.hosts().size(),
                "words",
                incident.words());
    }

    private static void requireNamed(Incident incident, Part broken) {
        if (!incident.isNamed()
                || !incident.first().component().equals(broken.component())
                || !incident.first().equivalent().isEmpty()) {
            throw new StoryFailed("the incident does not name exactly " + broken.component() + ": " + incident.words());
        }
    }

    private void requireOneIncident(Incident confirmed, Incident resolved) {
        if (opened.size() != 1 || !resolved.id().equals(confirmed.id())) {
            throw new StoryFailed("one fault made more than one incident: " + opened);
        }
    }

    private static final class StoryFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoryFailed(String reason) {
            super(reason);
        }
    }
}
