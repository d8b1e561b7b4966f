package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.get;
import static org.lunwarden.fleet.FleetOnLoopback.hears;
import static org.lunwarden.fleet.FleetOnLoopback.snapshot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.FleetView.FailbackStart;
import org.lunwarden.fleet.failback.AutoPolicy;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostCommand.FailBack;
import org.lunwarden.model.fleet.HostCommand.MayFailBack;
import org.lunwarden.model.fleet.MapSummary;

/** Three views and three hosts that share two LUNs. Views end while hosts are asked and told. */
class FailbackOutlivesViewsTest {

    private static final Component CONTROLLER =
            new Component(ComponentClass.CONTROLLER, String.format("500a%012x", 0) + "/tpg-1");
    private static final FailbackSettings QUICK =
            FailbackSettings.DEFAULTS.watching(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(300));

    @TempDir
    private Path folder = Path.of("");

    private final FleetOnLoopback fleet = new FleetOnLoopback(3, this::kept);
    /** The oldest first: it has the coordinator. */
    private final List<Integer> ages = new ArrayList<>(List.of(0, 1, 2));

    private final List<FleetNode> views = new ArrayList<>();
    private final List<SyntheticHost> hosts = new ArrayList<>();
    private final List<FleetNode> nodes = new ArrayList<>();
    private final List<HostCommand.OfFailback> told = new CopyOnWriteArrayList<>();
    private final List<String> switched = new CopyOnWriteArrayList<>();
    /** What hosts leave unanswered, and do not do. */
    private volatile Predicate<HostCommand.OfFailback> isLost = command -> false;

    private FleetSettings kept(FleetSettings settings) {
        return settings.with(new Failbacks(
                QUICK,
                AutoPolicy.OFF,
                Optional.of(folder.resolve(settings.host().value()))));
    }

    @BeforeEach
    void start() {
        for (var number : ages) {
            views.add(fleet.view(number));
            await("a member", views.getFirst()::isMember);
        }
        for (var number = 0; number < 3; number++) {
            var host = new SyntheticHost(number, 4, 2);
            hosts.add(host);
            nodes.add(fleet.host(host.id().value(), command -> carryOut(host, command)));
        }
        publishAll();
        awaitAllHeard();
        hosts.forEach(host -> host.fail(CONTROLLER));
        publishAll();
        await("an incident", () -> views.stream().allMatch(view -> openIncidents(view) > 0));
        hosts.forEach(host -> host.restore(CONTROLLER));
        publishAll();
        await("no incident", () -> views.stream().allMatch(view -> openIncidents(view) == 0));
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void oneFailbackOutlivesItsCoordinatorAtEachOfItsStagesAndNoMapIsSwitchedTwice() {
        var id = begin();
        for (var lun = 0; lun < 2; lun++) {
            var map = SyntheticHost.wwid(lun);
            for (var stage : List.of(MayFailBack.class, FailBack.class)) {
                await(
                        stage.getSimpleName() + " of " + map,
                        Duration.ofSeconds(90),
                        () -> told.stream()
                                .anyMatch(command -> stage.isInstance(command)
                                        && command.maps().contains(map)));
                replaceTheOldest();
            }
        }

        await(
                "done on all views",
                Duration.ofSeconds(90),
                () -> views.stream().allMatch(view -> phase(view, id).equals(Optional.of(Phase.DONE))));

        assertThat(switched).hasSize(6).doesNotHaveDuplicates();
        assertThat(told).isSortedAccordingTo(Comparator.comparing(HostCommand.OfFailback::epoch));
        assertThat(told.stream().map(HostCommand.OfFailback::epoch).distinct().count())
                .isGreaterThan(1);
        assertThat(snapshot(views.getFirst()).hosts().stream()
                        .flatMap(host -> host.maps().stream())
                        .filter(MapSummary::isOffBestGroup))
                .isEmpty();
    }

    @Test
    void aFailbackThatWasUnderWayWhenAllViewsStoppedGoesOnWhereItWas() {
        isLost = command -> command instanceof FailBack && command.maps().contains(SyntheticHost.wwid(1));
        var id = begin();
        await("the second step is told", () -> told.stream().anyMatch(isLost));
        var moved = List.copyOf(switched);
        var epoch = told.getLast().epoch();

        views.forEach(fleet::stop);
        nodes.forEach(fleet::stop);
        isLost = command -> false;
        told.clear();
        views.clear();
        nodes.clear();
        for (var number = 0; number < 3; number++) {
            views.add(fleet.view(number));
        }
        hosts.forEach(host -> nodes.add(fleet.host(host.id().value(), command -> carryOut(host, command))));
        publishAll();

        await(
                "done on all views",
                Duration.ofSeconds(90),
                () -> views.stream().allMatch(view -> phase(view, id).equals(Optional.of(Phase.DONE))));
        assertThat(moved).hasSize(3);
        assertThat(switched).hasSize(6).doesNotHaveDuplicates();
        assertThat(told).allMatch(command -> epoch.isOlderThan(command.epoch()));
        assertThat(told)
                .as("what the first step had moved is not asked for again")
                .noneMatch(command -> command.maps().contains(SyntheticHost.wwid(0)));
    }

    private String begin() {
        var view = views.getFirst().view().orElseThrow();
        var start = get(view.startFailback(Optional.of(CONTROLLER), Optional.empty(), "eve"));
        assertThat(start).isInstanceOf(FailbackStart.Started.class);
        return ((FailbackStart.Started) start).progress().id();
    }

    private void replaceTheOldest() {
        var oldest = ages.removeFirst();
        fleet.stop(views.removeFirst());
        var fresh = fleet.view(oldest);
        ages.add(oldest);
        views.add(fresh);
        await("it is back", fresh::isMember);
    }

    private void awaitAllHeard() {
        await(
                "all heard",
                () -> views.stream()
                        .allMatch(view -> hosts.stream().allMatch(host -> hears(view, host, Contact.REPORTING))));
    }

    private static long openIncidents(FleetNode view) {
        return snapshot(view).incidents().stream().filter(Incident::isOpen).count();
    }

    private static Optional<Phase> phase(FleetNode view, String id) {
        return view.view()
                .orElseThrow()
                .failback(id)
                .toCompletableFuture()
                .exceptionally(unavailable -> Optional.empty())
                .join()
                .map(FailbackProgress::phase);
    }

    private void publishAll() {
        for (var i = 0; i < hosts.size(); i++) {
            nodes.get(i).reports().publish(hosts.get(i).report());
        }
    }

    private CompletionStage<HostAnswer> carryOut(SyntheticHost host, HostCommand command) {
        if (!(command instanceof HostCommand.OfFailback step)) {
            return CompletableFuture.completedStage(new HostAnswer.Accepted());
        }
        told.add(step);
        if (isLost.test(step)) {
            return new CompletableFuture<>();
        }
        var outcomes = new ArrayList<Outcome>();
        for (var map : step.maps()) {
            if (step instanceof MayFailBack) {
                outcomes.add(new Outcome(map, host.isMoved(map) ? Move.READY : Move.IN_PLACE, ""));
            } else if (host.failBack(map)) {
                switched.add(host.id() + " " + map);
                outcomes.add(new Outcome(map, Move.SWITCHED, ""));
            } else {
                outcomes.add(new Outcome(map, Move.IN_PLACE, ""));
            }
        }
        nodes.get(hosts.indexOf(host)).reports().publish(host.report());
        return CompletableFuture.completedStage(new HostAnswer.FailedBack(outcomes));
    }
}
