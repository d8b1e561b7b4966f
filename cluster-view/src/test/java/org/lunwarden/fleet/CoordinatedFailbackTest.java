package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.get;
import static org.lunwarden.fleet.FleetOnLoopback.hears;
import static org.lunwarden.fleet.FleetOnLoopback.snapshot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import org.lunwarden.fleet.FleetView.FailbackStart;
import org.lunwarden.fleet.failback.AutoPolicy;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.MapSummary;

/** The tests build on each other: the last ones lose a view, and an epoch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CoordinatedFailbackTest {

    private static final Component CONTROLLER =
            new Component(ComponentClass.CONTROLLER, String.format("500a%012x", 0) + "/tpg-1");

    private static final Failbacks QUICK = new Failbacks(
            FailbackSettings.DEFAULTS.watching(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(300)),
            AutoPolicy.OFF,
            Optional.empty());

    private final FleetOnLoopback fleet = new FleetOnLoopback(3, settings -> settings.with(QUICK));
    private final List<FleetNode> views = new ArrayList<>();
    private final List<SyntheticHost> hosts = new ArrayList<>();
    private final List<FleetNode> nodes = new ArrayList<>();
    private final List<HostCommand.OfFailback> steps = new CopyOnWriteArrayList<>();
    private volatile Optional<SyntheticHost> unwilling = Optional.empty();
    /** By all hosts, of a coordinator whose clock was ahead. */
    private volatile Epoch seenEpoch = Epoch.NONE;

    private volatile boolean isHolding;
    private final AtomicReference<Epoch> highestEpoch = new AtomicReference<>(Epoch.NONE);

    @BeforeAll
    void startAll() {
        views.add(fleet.view(0));
        views.add(fleet.view(1));
        views.add(fleet.view(2));
        for (var i = 0; i < 3; i++) {
            var host = new SyntheticHost(i, 4, 6);
            hosts.add(host);
            var node = fleet.host(host.id().value(), command -> carryOut(host, command));
            nodes.add(node);
            node.reports().publish(host.report());
        }
        await(
                "all heard",
                () -> views.stream()
                        .allMatch(view -> hosts.stream().allMatch(host -> hears(view, host, Contact.REPORTING))));
    }

    @AfterAll
    void stopAll() {
        fleet.close();
    }

    @Test
    @Order(1)
    void mapsThatLostTheirControllerComeBackOnAllHostsOrStayWhenOneHostSurprises() {
        loseAndRegainTheController();
        unwilling = Optional.of(hosts.get(1));

        var surprised = started(views.getFirst());
        await(
                "stopped on both",
                () -> views.stream()
                        .allMatch(view ->
                                phase(view, surprised.id()).equals(Optional.of(FailbackProgress.Phase.STOPPED))));
        assertThat(progress(views.getLast(), surprised.id()).orElseThrow().reason())
                .contains("h0001", "held");
        assertThat(steps).allMatch(step -> step.maps().size() == 1);
        unwilling = Optional.empty();
        publishAll();
        steps.clear();
        seenEpoch = new Epoch(surprised.epoch().term() + Duration.ofHours(1).toMillis(), "elsewhere");

        var plan = get(views.getLast().view().orElseThrow().planFailback(Optional.of(CONTROLLER)));
        assertThat(plan.waves()).isNotEmpty();
        assertThat(steps).isEmpty();
        var good = started(views.getLast());
        await(
                "done on both",
                () -> views.stream()
                        .allMatch(view -> phase(view, good.id()).equals(Optional.of(FailbackProgress.Phase.DONE))));
        assertThat(good.epoch()).isGreaterThan(surprised.epoch());
        assertThat(progress(views.getFirst(), good.id()).orElseThrow().epoch()).isGreaterThan(seenEpoch);
        assertThat(steps.getFirst().epoch()).isEqualTo(good.epoch());
        assertThat(steps)
                .filteredOn(step -> !seenEpoch.isOlderThan(step.epoch()))
                .allMatch(step -> step.epoch().equals(good.epoch()));
        await(
                "nothing is off its best group",
                () -> snapshot(views.getFirst()).hosts().stream()
                        .flatMap(host -> host.maps().stream())
                        .noneMatch(MapSummary::isOffBestGroup));
    }

    @Test
    @Order(2)
    void aFailbackWhoseCoordinatorDiesInTheMiddleIsTakenOnByTheNextOneUnderAHigherEpoch() {
        loseAndRegainTheController();
        steps.clear();
        isHolding = true;
        var begun = started(views.getLast());
        await("a step is under way", () -> !steps.isEmpty());
        var survivors = views.subList(1, 3);

        fleet.cut(views.getFirst());
        isHolding = false;

        await(
                "done under another coordinator",
                Duration.ofSeconds(60),
                () -> survivors.stream()
                        .allMatch(view -> phase(view, begun.id()).equals(Optional.of(FailbackProgress.Phase.DONE))));
        var done = progress(survivors.getFirst(), begun.id()).orElseThrow();
        assertThat(done.epoch()).isGreaterThan(begun.epoch());
        assertThat(done.log())
                .extracting(FailbackProgress.Entry::text)
                .anyMatch(text -> text.contains("new coordinator"));
        assertThat(steps.getFirst().epoch()).isEqualTo(begun.epoch());
        assertThat(steps.getLast().epoch()).isEqualTo(done.epoch());
        assertThat(steps).isSortedAccordingTo(Comparator.comparing(HostCommand.OfFailback::epoch));
        await(
                "nothing is off its best group",
                () -> snapshot(survivors.getFirst()).hosts().stream()
                        .flatMap(host -> host.maps().stream())
                        .noneMatch(MapSummary::isOffBestGroup));
    }

    @Test
    @Order(3)
    void aHostThatHasSeenANewerCoordinatorRefusesAndTheFailbackStops() {
        views.removeFirst();
        loseAndRegainTheController();
        steps.clear();
        highestEpoch.set(new Epoch(Long.MAX_VALUE, ""));

        var outdated = started(views.getFirst());

        await(
                "stopped on both",
                () -> views.stream()
                        .allMatch(view ->
                                phase(view, outdated.id()).equals(Optional.of(FailbackProgress.Phase.STOPPED))));
        assertThat(progress(views.getFirst(), outdated.id()).orElseThrow().reason())
                .contains("older epoch");
        assertThat(hosts).allMatch(host -> host.report().maps().stream().anyMatch(MapSummary::isOffBestGroup));
    }

    private void loseAndRegainTheController() {
        hosts.forEach(host -> host.fail(CONTROLLER));
        publishAll();
        await(
                "an incident",
                () -> views.stream()
                        .allMatch(view -> snapshot(view).incidents().stream().anyMatch(incident -> incident.isOpen())));
        hosts.forEach(host -> host.restore(CONTROLLER));
        publishAll();
        await(
                "no incident",
                () -> views.stream()
                        .allMatch(
                                view -> snapshot(view).incidents().stream().noneMatch(incident -> incident.isOpen())));
    }

    private FailbackProgress started(FleetNode view) {
        var start = get(view.view().orElseThrow().startFailback(Optional.of(CONTROLLER), Optional.empty(), "eve"));
        assertThat(start).isInstanceOf(FailbackStart.Started.class);
        return ((FailbackStart.Started) start).progress();
    }

    private static Optional<FailbackProgress> progress(FleetNode view, String id) {
        return get(view.view().orElseThrow().failback(id));
    }

    private static Optional<FailbackProgress.Phase> phase(FleetNode view, String id) {
        return progress(view, id).map(FailbackProgress::phase);
    }

    private void publishAll() {
        for (var i = 0; i < hosts.size(); i++) {
            nodes.get(i).reports().publish(hosts.get(i).report());
        }
    }

    private CompletionStage<HostAnswer> carryOut(SyntheticHost host, HostCommand command) {
        if (isHolding && command instanceof HostCommand.OfFailback step) {
            steps.add(step);
            return new CompletableFuture<>();
        }
        return CompletableFuture.completedStage(
                switch (command) {
                    case HostCommand.OfFailback step -> failBack(host, step);
                    case HostCommand.CheckNexuses check -> new HostAnswer.Accepted();
                    case HostCommand.DescribeMaps describe -> new HostAnswer.Maps(List.of());
                    case HostCommand.RescanPaths rescan -> new HostAnswer.Refused("not asked for here");
                    case HostCommand.Resize resize -> new HostAnswer.Refused("not asked for here");
                });
    }

    private HostAnswer failBack(SyntheticHost host, HostCommand.OfFailback step) {
        if (step.epoch().isOlderThan(highestEpoch.accumulateAndGet(step.epoch(), Epoch::max))) {
            return new HostAnswer.Refused("older epoch " + step.epoch());
        }
        steps.add(step);
        if (unwilling.equals(Optional.of(host))) {
            return new HostAnswer.Refused("held by its operator");
        }
        if (!seenEpoch.isOlderThan(step.epoch())) {
            return new HostAnswer.Refused("epoch " + step.epoch() + " is old", Optional.of(seenEpoch));
        }
        var asked = step instanceof HostCommand.MayFailBack;
        var outcomes = step.maps().stream()
                .map(map -> new Outcome(
                        map,
                        asked
                                ? host.isMoved(map) ? Move.READY : Move.IN_PLACE
                                : host.failBack(map) ? Move.SWITCHED : Move.IN_PLACE,
                        ""))
                .toList();
        nodes.get(hosts.indexOf(host)).reports().publish(host.report());
        return new HostAnswer.FailedBack(outcomes);
    }
}
