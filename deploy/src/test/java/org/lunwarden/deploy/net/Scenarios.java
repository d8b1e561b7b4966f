package org.lunwarden.deploy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;

import org.lunwarden.deploy.lab.Await;
import org.lunwarden.io.simulated.Part;

/**
 * What networks and machines do to a fleet while its SAN has a fault. Each begins and ends with a fleet that is well, and
 * gives its figures in words.
 */
final class Scenarios {

    /** Those that the build runs. */
    static final List<String> SHORT = List.of("kill-notifier");

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final NetFleet fleet;
    private final List<Part> edges;
    private final Map<String, Supplier<String>> all = new LinkedHashMap<>();
    private int begun;

    Scenarios(NetFleet fleet, List<Part> edges, Part fabric) {
        this.fleet = fleet;
        this.edges = edges;
        all.put("undisturbed", () -> during(() -> {}, () -> {}));
        all.put("views-1-2", () -> cutOff(List.of(notifier())));
        all.put("hosts-20-80", () -> cutOff(fifth()));
        all.put("half-and-half", this::halfAndHalf);
        all.put("one-way-view", () -> oneWay(notifier()));
        all.put("one-way-hosts", () -> oneWay(fleet.groups().getFirst()));
        all.put("flapping-view", () -> flapping("v3"));
        all.put("flapping-hosts", () -> flapping(fleet.groups().getFirst()));
        all.put("blackout", this::blackout);
        all.put("slow-notifier", () -> frozen(notifier()));
        all.put("slow-hosts", () -> frozen(fleet.groups().getFirst()));
        all.put("kill-leader", () -> killed("v1"));
        all.put("kill-notifier", this::killedBeforeItTells);
        all.put("kill-coordinator", () -> new CoordinatorDeaths(fleet, this::notifier).during(fabric));
        all.put("clock-skew", this::skewed);
        all.put("restart-views", () -> restarted(NetFleet.VIEWS));
        all.put("restart-all", this::restartedAll);
        var restarts = new ViewRestarts(fleet, this::notifier);
        all.put(
                "restart-silence",
                () -> restarts.whileHostsAreMissed(fleet.groups().getFirst()));
        all.put("restart-untold", () -> restarts.withSomethingUntold(edge()));
    }

    List<String> names() {
        return List.copyOf(all.keySet());
    }

    String run(String name) {
        var scenario = all.get(name);
        if (scenario == null) {
            throw new IllegalArgumentException("no scenario " + name + "; there are " + names());
        }
        fleet.awaitWell();
        return scenario.get();
    }

    /** The fault comes while the fleet is disturbed, and stays until it is not any more. */
    private String during(Runnable disturb, Runnable calm) {
        disturb.run();
        var episode = Episode.begin(fleet, edge());
        episode.told();
        calm.run();
        return episode.agreed().acknowledge("v3").over();
    }

    /** A fifth of the hosts' processes, one at least. */
    private List<String> fifth() {
        return fleet.groups().subList(0, Math.max(1, fleet.groups().size() / 5));
    }

    private String cutOff(List<String> some) {
        return during(() -> fleet.wires().cutOff(some), () -> fleet.wires().mendAll());
    }

    /**
     * One view with half of the hosts on one side, two with the other half on the other side, for so long that the one founds
     * a fleet of its own. It may tell nobody anything.
     */
    private String halfAndHalf() {
        var founder = NetFleet.SEEDS.getFirst();
        var side = new ArrayList<>(List.of(founder));
        side.addAll(fleet.groups().subList(0, fleet.groups().size() / 2));
        return during(() -> fleet.wires().cutOff(side), () -> {
            Await.until(
                    PATIENCE,
                    founder + " is in no fleet",
                    () -> fleet.get(founder, "/api/v1/fleet")
                            .map(JsonNode::toString)
                            .orElse("no answer"),
                    seen -> seen.contains("\"member\":false"));
            Await.until(
                    PATIENCE,
                    founder + " has founded a fleet of its own",
                    () -> fleet.get(founder, "/api/v1/fleet")
                            .map(JsonNode::toString)
                            .orElse("no answer"),
                    seen -> seen.contains("\"member\":true,\"majority\":false")
                            && !seen.contains("\"hostsReporting\":0"));
            pass(Duration.ofSeconds(5));
            fleet.wires().mendAll();
        });
    }

    /** It hears all, and nobody hears it. */
    private String oneWay(String name) {
        return during(
                () -> fleet.wires().cut(List.of(name), fleet.wires().others(List.of(name))),
                () -> fleet.wires().mendAll());
    }

    private String flapping(String name) {
        return during(() -> {}, () -> {
            for (var i = 0; i < 8; i++) {
                fleet.wires().cutOff(List.of(name));
                pass(Duration.ofMillis(1500));
                fleet.wires().mendAll();
                pass(Duration.ofMillis(1500));
            }
        });
    }

    /** For a while nobody reaches anybody; the fault comes meanwhile. */
    private String blackout() {
        var everybody = new ArrayList<>(NetFleet.VIEWS);
        everybody.addAll(fleet.groups());
        fleet.wires().cut(everybody, everybody);
        pass(Duration.ofSeconds(5));
        var episode = Episode.begin(fleet, edge());
        pass(Duration.ofSeconds(30));
        fleet.wires().mendAll();
        episode.told();
        return episode.agreed().acknowledge("v1").over();
    }

    /** Stopped as soon as the fault is there, and for a while after people were told. */
    private String frozen(String name) {
        var episode = Episode.begin(fleet, edge());
        fleet.member(name).signal("STOP");
        episode.told();
        pass(Duration.ofSeconds(5));
        fleet.member(name).signal("CONT");
        return episode.agreed().acknowledge("v3").over();
    }

    private String killed(String view) {
        var episode = Episode.begin(fleet, edge());
        episode.told();
        episode.agreed().acknowledge("v3");
        fleet.member(view).kill();
        fleet.start(view);
        return episode.agreed().acknowledged().over();
    }

    private String killedBeforeItTells() {
        var notifier = notifier();
        var episode = Episode.begin(fleet, edge());
        Await.until(
                PATIENCE,
                "the notifier has an incident",
                () -> fleet.open(notifier, "fault")
                        .filter(open -> !open.isEmpty())
                        .isPresent());
        fleet.member(notifier).kill();
        episode.told();
        fleet.start(notifier);
        return episode.agreed().acknowledge("v3").over();
    }

    /** A view is an hour ahead, some hosts are half an hour behind. */
    private String skewed() {
        var ahead = "v3";
        var behind = fleet.groups().getLast();
        clock(ahead, "+3600s");
        clock(behind, "-1800s");
        try {
            return during(() -> {}, () -> {});
        } finally {
            clock(ahead, "");
            clock(behind, "");
        }
    }

    private void clock(String name, String offset) {
        fleet.member(name).kill();
        fleet.environment(
                name,
                offset.isEmpty()
                        ? Map.of()
                        : Map.of(
                                "LD_PRELOAD",
                                Optional.ofNullable(System.getenv("LUNWARDEN_CLOCK"))
                                        .orElseThrow(() -> new AssertionError("LUNWARDEN_CLOCK says no library")),
                                "FAKETIME",
                                offset,
                                "FAKETIME_FORCE_MONOTONIC_FIX",
                                "0",
                                "FAKETIME_DONT_FAKE_MONOTONIC",
                                "1"));
        if (NetFleet.VIEWS.contains(name)) {
            fleet.start(name);
        } else {
            fleet.startHosts(List.of(name));
        }
        fleet.awaitWell();
    }

    private String restarted(List<String> views) {
        var episode = Episode.begin(fleet, edge());
        episode.told();
        episode.agreed().acknowledge("v3");
        views.forEach(view -> fleet.member(view).kill());
        views.forEach(fleet::start);
        return episode.agreed().acknowledged().over();
    }

    private String restartedAll() {
        var episode = Episode.begin(fleet, edge());
        episode.told();
        episode.agreed().acknowledge("v3");
        var failed = fleet.failedReads();
        NetFleet.VIEWS.forEach(view -> fleet.member(view).kill());
        fleet.groups().forEach(hosts -> fleet.member(hosts).kill());
        NetFleet.VIEWS.forEach(fleet::start);
        fleet.startHosts(fleet.groups());
        assertThat(failed).as("reads that failed before").isZero();
        var figures = episode.agreed().acknowledged().over();
        fleet.read(fleet.groups());
        return figures;
    }

    /** Another one each time: what comes back soon is the same incident, and is told of after a while only. */
    private Part edge() {
        return edges.get(begun++ % edges.size());
    }

    /** The oldest view, with which all singletons are: the one that told last, unless it was started since. */
    private String notifier() {
        var heard = fleet.inbox().all();
        return NetFleet.VIEWS.stream()
                .filter(view -> !heard.isEmpty()
                        && fleet.wires().address(view).equals(heard.getLast().from())
                        && fleet.startedAt(view) < heard.getLast().nanos())
                .findFirst()
                .orElseGet(() -> NetFleet.VIEWS.stream()
                        .min(Comparator.comparingLong(fleet::startedAt))
                        .orElseThrow());
    }

    /** Part of what is done to the fleet, not a wait for it. */
    private static void pass(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
