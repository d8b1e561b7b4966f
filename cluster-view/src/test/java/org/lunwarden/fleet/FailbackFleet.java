package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.get;
import static org.lunwarden.fleet.FleetOnLoopback.hears;
import static org.lunwarden.fleet.FleetOnLoopback.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

import com.typesafe.config.Config;

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
import org.lunwarden.model.fleet.HostCommand.MayFailBack;
import org.lunwarden.model.fleet.MapSummary;

/** Three views and three hosts that share two LUNs, all of them off their best group. The oldest view coordinates. */
final class FailbackFleet implements AutoCloseable {

    private static final Component CONTROLLER =
            new Component(ComponentClass.CONTROLLER, String.format("500a%012x", 0) + "/tpg-1");

    /** What a failback's log says of a step that is about to go out: the question, then the order. */
    private static final List<String> STAGES = List.of("are asked", "are to move");

    /** By age, oldest first. */
    final List<FleetNode> views = new ArrayList<>();

    private final List<Integer> ages = new ArrayList<>(List.of(0, 1, 2));
    final List<SyntheticHost> hosts = new ArrayList<>();
    final List<FleetNode> nodes = new ArrayList<>();
    /** What hosts were asked and told, whether they answered or not. */
    final List<HostCommand.OfFailback> told = new CopyOnWriteArrayList<>();

    final List<String> switched = new CopyOnWriteArrayList<>();
    /** Of {@link #told} what most of the views had not on their disks when it came. */
    final List<HostCommand.OfFailback> ahead = new CopyOnWriteArrayList<>();
    /** What hosts leave unanswered, and do not do. */
    volatile BiPredicate<SyntheticHost, HostCommand.OfFailback> isLost = (host, command) -> false;
    /** The same, of what they do. */
    volatile BiPredicate<SyntheticHost, HostCommand.OfFailback> isUnanswered = (host, command) -> false;

    private final Path folder;
    private final FailbackSettings pace;
    private final FleetOnLoopback fleet;

    FailbackFleet(Path folder, FailbackSettings pace, FleetTimings timings, Config membership) {
        this.folder = folder;
        this.pace = pace;
        this.fleet = new FleetOnLoopback(3, settings -> kept(settings.with(timings)), membership);
    }

    private FleetSettings kept(FleetSettings settings) {
        return settings.with(new Failbacks(
                pace, AutoPolicy.OFF, Optional.of(disk(settings.host().value()))));
    }

    private Path disk(String view) {
        return folder.resolve(view);
    }

    /** The controller was lost, and is well again. */
    void start() {
        for (var number : ages) {
            views.add(fleet.view(number));
            await("a member, the youngest", views.getLast()::isMember);
        }
        for (var number = 0; number < 3; number++) {
            hosts.add(new SyntheticHost(number, 4, 2));
        }
        startHosts();
        hosts.forEach(host -> host.fail(CONTROLLER));
        publishAll();
        await("an incident", () -> views.stream().allMatch(view -> openIncidents(view) > 0));
        hosts.forEach(host -> host.restore(CONTROLLER));
        publishAll();
        await("no incident", () -> views.stream().allMatch(view -> openIncidents(view) == 0));
    }

    private void startHosts() {
        hosts.forEach(host -> nodes.add(fleet.host(host.id().value(), command -> carryOut(host, command))));
        publishAll();
        await(
                "all heard",
                () -> views.stream()
                        .allMatch(view -> hosts.stream().allMatch(host -> hears(view, host, Contact.REPORTING))));
    }

    String begin() {
        var start = ask();
        assertThat(start).isInstanceOf(FailbackStart.Started.class);
        return ((FailbackStart.Started) start).progress().id();
    }

    FailbackStart ask() {
        var view = views.getLast().view().orElseThrow();
        return get(view.startFailback(Optional.of(CONTROLLER), Optional.empty(), "eve"));
    }

    void replaceTheOldest() {
        fleet.stop(views.removeFirst());
        replaced();
    }

    /** It is started again at once, as a supervisor would. */
    void killTheOldest() {
        fleet.kill(views.removeFirst());
        nodes.forEach(fleet::heal);
        replaced();
    }

    private void replaced() {
        var oldest = ages.removeFirst();
        var fresh = fleet.view(oldest);
        ages.add(oldest);
        views.add(fresh);
        await("it is back", fresh::isMember);
    }

    void killAll() {
        fleet.kill(views);
        fleet.kill(nodes);
        views.clear();
        nodes.clear();
    }

    void startAgain() {
        for (var number = 0; number < 3; number++) {
            views.add(fleet.view(number));
        }
        startHosts();
    }

    /** Nothing reaches them until a view is killed, and nobody has noticed by then. */
    void cutHosts() {
        nodes.forEach(fleet::cut);
    }

    /** From now on the disk takes nothing, and what it had is out of reach. */
    void breakDisk(int view) {
        try {
            if (Files.exists(disk("v" + view))) {
                Files.move(disk("v" + view), disk("away-" + view));
            }
            Files.writeString(disk("v" + view), "no folder");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void repairDisk(int view) {
        try {
            Files.delete(disk("v" + view));
            if (Files.exists(disk("away-" + view))) {
                Files.move(disk("away-" + view), disk("v" + view));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitAll(String id, FailbackProgress.Phase phase) {
        await(
                phase + " on all views",
                Duration.ofSeconds(90),
                () -> views.stream()
                        .allMatch(view ->
                                progress(view, id).map(FailbackProgress::phase).equals(Optional.of(phase))));
    }

    static Optional<FailbackProgress> progress(FleetNode view, String id) {
        return view.view()
                .orElseThrow()
                .failback(id)
                .toCompletableFuture()
                .exceptionally(unavailable -> Optional.empty())
                .join();
    }

    /** What was done of it and seen, in words. */
    static List<String> log(FleetNode view, String id) {
        return progress(view, id).map(FailbackProgress::log).orElse(List.of()).stream()
                .map(FailbackProgress.Entry::text)
                .toList();
    }

    List<MapSummary> offTheirBestGroup(FleetNode view) {
        return snapshot(view).hosts().stream()
                .flatMap(host -> host.maps().stream())
                .filter(MapSummary::isOffBestGroup)
                .toList();
    }

    private static long openIncidents(FleetNode view) {
        return snapshot(view).incidents().stream().filter(Incident::isOpen).count();
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
        if (!isOnMostDisks(step)) {
            ahead.add(step);
        }
        told.add(step);
        if (isLost.test(host, step)) {
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
        return isUnanswered.test(host, step)
                ? new CompletableFuture<>()
                : CompletableFuture.completedStage(new HostAnswer.FailedBack(outcomes));
    }

    /** An earlier step's word on disk is no proof for this one: the last one counts. */
    private boolean isOnMostDisks(HostCommand.OfFailback step) {
        var words = step instanceof MayFailBack ? STAGES.getFirst() : STAGES.getLast();
        return isOnMostDisks(entry -> entry.epoch().equals(step.epoch())
                && entry.course().isPresent()
                && entry.progress().log().stream()
                        .map(FailbackProgress.Entry::text)
                        .filter(text -> STAGES.stream().anyMatch(text::contains))
                        .reduce((before, last) -> last)
                        .filter(last -> last.contains(words))
                        .isPresent());
    }

    boolean isOnMostDisks(Predicate<FailbackEntry> which) {
        var disks = ages.stream()
                .filter(view -> keptOn(view).stream().anyMatch(which))
                .count();
        return disks >= 2;
    }

    /** Nothing, where the disk is broken. */
    private List<FailbackEntry> keptOn(int view) {
        try {
            return FailbackSpool.in(disk("v" + view)).read().failbacks();
        } catch (IOException broken) {
            return List.of();
        }
    }

    @Override
    public void close() {
        fleet.close();
    }
}
