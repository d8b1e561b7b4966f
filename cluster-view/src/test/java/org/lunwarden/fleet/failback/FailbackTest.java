package org.lunwarden.fleet.failback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.fleet.diagnosis.Diagnosis;
import org.lunwarden.fleet.diagnosis.DiagnosisSettings;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.failback.FailbackPlan.Step;
import org.lunwarden.fleet.failback.FailbackRun.Stage;
import org.lunwarden.fleet.incident.Identities;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.incident.IncidentSettings;
import org.lunwarden.fleet.incident.Incidents;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.PathCounts;

class FailbackTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final FailbackSettings SETTINGS = FailbackSettings.DEFAULTS;
    private static final Component SWITCH_A = new Component(ComponentClass.SWITCH, "A/1");
    private static final Wwid SHARED = new Wwid("3600a0");
    private static final Wwid OF_H1 = new Wwid("3600b1");
    private static final Wwid OF_H2 = new Wwid("3600b2");
    private static final Wwid OF_H3 = new Wwid("3600b3");

    private final Fleet fleet = new Fleet();

    @Test
    void thePlanMovesACanaryFirstAndASharedLunOnAllItsHostsTogether() {
        var plan = plan(Optional.of(SWITCH_A));

        assertThat(plan.waves()).hasSize(4);
        assertThat(plan.waves().getFirst().steps()).containsExactly(new Step(new HostId("h1"), List.of(OF_H1)));
        assertThat(plan.waves().get(1).steps())
                .containsExactly(
                        new Step(new HostId("h1"), List.of(SHARED)),
                        new Step(new HostId("h2"), List.of(SHARED)),
                        new Step(new HostId("h3"), List.of(SHARED)));
        assertThat(plan.leftOut()).isEmpty();
    }

    @Test
    void mapsOnTheirBestGroupAreNeverMoved() {
        fleet.map("h2", SHARED, map -> offBest(map, false));

        assertThat(plan(Optional.empty()).waves().get(1).steps())
                .extracting(Step::host)
                .containsExactly(new HostId("h1"), new HostId("h3"));
    }

    @Test
    void mapsThatDoNotPreferTheComponentAreNotPlanned() {
        assertThat(plan(Optional.of(new Component(ComponentClass.SWITCH, "B/1")))
                        .isEmpty())
                .isTrue();
    }

    static Stream<Arguments> obstacles() {
        return Stream.of(
                arguments("host h2 is silent", (Consumer<Fleet>) fleet -> fleet.silent("h2")),
                arguments("host h2 has no usable group", (Consumer<Fleet>)
                        fleet -> fleet.map("h2", SHARED, map -> withGroups(map, 0, 0))),
                arguments("preferred nexus a2 -> ta of host h2 is down", (Consumer<Fleet>)
                        fleet -> fleet.down("h2", "a2")));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void whatHindersOneHostKeepsASharedLunWhereItIsOnAllHosts(String reason, Consumer<Fleet> obstacle) {
        fleet.map("h2", OF_H2, map -> offBest(map, false));
        obstacle.accept(fleet);

        var plan = plan(Optional.of(SWITCH_A));

        assertThat(plan.waves().stream().flatMap(wave -> wave.steps().stream()).flatMap(step -> step.maps().stream()))
                .containsExactly(OF_H1, OF_H3);
        assertThat(plan.leftOut()).filteredOn(left -> left.map().equals(SHARED)).isNotEmpty();
        assertThat(plan.leftOut()).allMatch(left -> left.reason().equals(reason));
    }

    @Test
    void nothingMovesWhileAnIncidentOnTheComponentIsOpen() {
        var incident = incidentOn(SWITCH_A);

        var plan = FailbackPlan.of(Optional.empty(), fleet.hosts(), List.of(incident), SETTINGS);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.leftOut())
                .hasSize(6)
                .allMatch(left ->
                        left.reason().contains("is open") && left.reason().contains("switch 1 of fabric A"));
    }

    @Test
    void aRunGoesWaveByWaveAndIsDoneWhenAllMapsAreSeenOnTheirBestGroup() {
        var story = new ArrayList<String>();
        var next = start();
        var now = NOW;
        while (!next.run().isOver()) {
            for (var order : next.orders()) {
                story.add(next.run().wave() + " " + order.host() + " "
                        + order.command().maps());
                assertThat(order.command().epoch()).isEqualTo(7);
                assertThat(Optional.of(order.command().daemon()))
                        .isEqualTo(daemon(order.host().value()));
                next = new FailbackRun.Next(
                        next.run()
                                .answered(order.host(), fleet.moves(order), now, SETTINGS)
                                .run(),
                        List.of());
            }
            now = now.plusMillis(250);
            next = next.run().seen(fleet.hosts(), List.of(), now, SETTINGS);
        }

        assertThat(next.run().stage()).isEqualTo(Stage.DONE);
        assertThat(next.run().moved()).isEqualTo(6);
        assertThat(story)
                .containsExactly(
                        "0 h1 [3600b1]",
                        "1 h1 [3600a0]",
                        "1 h2 [3600a0]",
                        "1 h3 [3600a0]",
                        "2 h2 [3600b2]",
                        "3 h3 [3600b3]");
        assertThat(plan(Optional.empty()).isEmpty()).isTrue();
    }

    @Test
    void anEmptyPlanIsDoneAtOnce() {
        var empty = new FailbackPlan(Optional.empty(), List.of(), List.of());

        var next = FailbackRun.start("p", 7, empty, fleet.hosts(), List.of(), NOW, SETTINGS);

        assertThat(next.run().stage()).isEqualTo(Stage.DONE);
        assertThat(next.orders()).isEmpty();
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                arguments(new HostAnswer.Refused("older epoch"), "host h1 refused: older epoch"),
                arguments(new HostAnswer.Accepted(), "host h1 did not say what became of its maps"),
                arguments(new HostAnswer.Maps(List.of()), "host h1 did not say what became of its maps"),
                arguments(new HostAnswer.FailedBack(List.of()), "host h1 did not say what became of map 3600b1"),
                arguments(
                        new HostAnswer.FailedBack(
                                List.of(new HostAnswer.Outcome(OF_H1, Move.NOT_MOVED, "best group is not fit"))),
                        "host h1 did not move map 3600b1: best group is not fit"));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void aBadAnswerStopsTheRun(HostAnswer answer, String reason) {
        var next = start().run().answered(new HostId("h1"), answer, NOW, SETTINGS);

        assertThat(next.run().stage()).isEqualTo(Stage.STOPPED);
        assertThat(next.run().reason()).isEqualTo(reason);
        assertThat(next.orders()).isEmpty();
    }

    @Test
    void aHostThatDoesNotAnswerInTimeStopsTheRun() {
        var run = start().run();

        var before = run.seen(fleet.hosts(), List.of(), NOW.plusMillis(29_999), SETTINGS);
        var late = run.seen(fleet.hosts(), List.of(), NOW.plusSeconds(30), SETTINGS);

        assertThat(before.run().stage()).isEqualTo(Stage.MOVING);
        assertThat(late.run().reason()).isEqualTo("no answer from host h1");
    }

    @Test
    void aMapThatIsNotSeenOnItsBestGroupInTimeStopsTheRun() {
        var watching = watchingTheCanary(false);

        var before = watching.seen(fleet.hosts(), List.of(), NOW.plusMillis(29_999), SETTINGS);
        var late = watching.seen(fleet.hosts(), List.of(), NOW.plusSeconds(30), SETTINGS);

        assertThat(before.run().stage()).isEqualTo(Stage.WATCHING);
        assertThat(late.run().reason()).isEqualTo("map 3600b1 of host h1 is not on its best group");
    }

    static Stream<Arguments> surprises() {
        return Stream.of(
                arguments("host h3 is silent", (Consumer<Fleet>) fleet -> fleet.silent("h3")),
                arguments("host h3 is silent", (Consumer<Fleet>) fleet -> fleet.gone("h3")),
                arguments("the daemon of host h3 was restarted", (Consumer<Fleet>) fleet -> fleet.restarted("h3")),
                arguments("nexus b2 -> tb of host h2 is down", (Consumer<Fleet>) fleet -> fleet.down("h2", "b2")));
    }

    @ParameterizedTest
    @MethodSource("surprises")
    void aSurpriseStopsTheRunInEveryStage(String reason, Consumer<Fleet> surprise) {
        var moving = start().run();
        var watching = watchingTheCanary(true);

        surprise.accept(fleet);

        for (var run : List.of(moving, watching)) {
            var next = run.seen(fleet.hosts(), List.of(), NOW.plusSeconds(1), SETTINGS);
            assertThat(next.run().stage()).isEqualTo(Stage.STOPPED);
            assertThat(next.run().reason()).isEqualTo(reason);
        }
    }

    @Test
    void anIncidentThatOpensOnAHostOfThePlanStopsTheRun() {
        var incident = incidentOn(SWITCH_A);

        var next = start().run().seen(fleet.hosts(), List.of(incident), NOW, SETTINGS);

        assertThat(next.run().reason()).startsWith("incident " + incident.id());
    }

    @Test
    void anIncidentThatWasOpenBeforeUnderAnotherIdDoesNotStopTheRun() {
        var before = incidentOn(SWITCH_A);
        var plan = plan(Optional.of(SWITCH_A));
        var run = FailbackRun.start("p", 7, plan, fleet.hosts(), List.of(before), NOW, SETTINGS)
                .run();

        var renamed = renamed(before, "20260101-000000-00000001");

        assertThat(run.seen(fleet.hosts(), List.of(renamed), NOW, SETTINGS)
                        .run()
                        .stage())
                .isEqualTo(Stage.MOVING);
    }

    @Test
    void anIncidentThatWasOpenBeforeDoesNotStopTheRun() {
        var incident = incidentOn(SWITCH_A);
        var plan = plan(Optional.of(SWITCH_A));

        var run = FailbackRun.start("p", 7, plan, fleet.hosts(), List.of(incident), NOW, SETTINGS)
                .run();

        assertThat(run.seen(fleet.hosts(), List.of(incident), NOW, SETTINGS)
                        .run()
                        .stage())
                .isEqualTo(Stage.MOVING);
    }

    @Test
    void theNextWaveWaitsUntilTheFleetHasBeenWellForTheCalmTime() {
        var watching = watchingTheCanary(true);

        var first = watching.seen(fleet.hosts(), List.of(), NOW, SETTINGS);
        var early = first.run().seen(fleet.hosts(), List.of(), NOW.plusMillis(499), SETTINGS);
        var calm = early.run().seen(fleet.hosts(), List.of(), NOW.plusMillis(500), SETTINGS);

        assertThat(early.orders()).isEmpty();
        assertThat(calm.orders()).hasSize(3);
        assertThat(calm.run().wave()).isEqualTo(1);
    }

    @Test
    void aRunThatIsOverStaysOver() {
        var stopped = start().run().stopped("asked for");

        assertThat(stopped.answered(new HostId("h1"), new HostAnswer.Accepted(), NOW, SETTINGS)
                        .run())
                .isEqualTo(stopped);
        assertThat(stopped.seen(List.of(), List.of(), NOW, SETTINGS).run()).isEqualTo(stopped);
        assertThat(stopped.stopped("again").reason()).isEqualTo("asked for");
    }

    @Test
    void answersOfHostsThatAreNotAwaitedChangeNothing() {
        var run = start().run();

        assertThat(run.answered(new HostId("h2"), new HostAnswer.Refused("late"), NOW, SETTINGS)
                        .run())
                .isEqualTo(run);
    }

    @Test
    void inRandomFleetsASharedLunIsInOneWaveOrLeftOutEverywhere() {
        for (var seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var hosts = randomFleet(random);

            var plan = FailbackPlan.of(Optional.empty(), hosts, List.of(), SETTINGS);

            var waveOf = new TreeMap<Wwid, Integer>();
            var planned = new ArrayList<String>();
            for (var wave = 0; wave < plan.waves().size(); wave++) {
                for (var step : plan.waves().get(wave).steps()) {
                    for (var map : step.maps()) {
                        assertThat(waveOf.merge(map, wave, (one, other) -> one)).isEqualTo(wave);
                        planned.add(step.host() + " " + map);
                    }
                }
            }
            var left = plan.leftOut().stream()
                    .map(one -> one.host() + " " + one.map())
                    .toList();
            assertThat(plan.leftOut()).noneMatch(one -> waveOf.containsKey(one.map()));
            var off = hosts.stream()
                    .flatMap(host -> host.maps().stream()
                            .filter(MapSummary::isOffBestGroup)
                            .map(map -> host.host() + " " + map.wwid()))
                    .toList();
            assertThat(Stream.concat(planned.stream(), left.stream()))
                    .as("seed %s", seed)
                    .containsExactlyInAnyOrderElementsOf(off);
        }
    }

    private static List<HostState> randomFleet(Random random) {
        var hosts = new ArrayList<HostState>();
        for (var h = 0; h < 2 + random.nextInt(6); h++) {
            var one = row("a" + h, "ta", "A", random.nextInt(8) > 0);
            var other = row("b" + h, "tb", "B", true);
            var maps = new ArrayList<MapSummary>();
            for (var lun = 0; lun < 6; lun++) {
                if (random.nextBoolean()) {
                    maps.add(summary(new Wwid("36" + lun), random.nextBoolean(), one.nexus()));
                }
            }
            hosts.add(new HostState(
                    new HostId("h" + h), daemon("h" + h), random.nextInt(10) > 0, List.of(one, other), maps));
        }
        return hosts;
    }

    private FailbackPlan plan(Optional<Component> component) {
        return FailbackPlan.of(component, fleet.hosts(), List.of(), SETTINGS);
    }

    private FailbackRun.Next start() {
        return FailbackRun.start("p", 7, plan(Optional.of(SWITCH_A)), fleet.hosts(), List.of(), NOW, SETTINGS);
    }

    private FailbackRun watchingTheCanary(boolean moved) {
        var next = start();
        var order = next.orders().getFirst();
        var answer = new HostAnswer.FailedBack(List.of(new HostAnswer.Outcome(OF_H1, Move.SWITCHED, "")));
        if (moved) {
            fleet.moves(order);
        }
        return next.run().answered(order.host(), answer, NOW, SETTINGS).run();
    }

    /** As when the views agree on the id that another of them gave. */
    private static Incident renamed(Incident incident, String id) {
        return new Incident(
                id,
                List.of(incident.id()),
                incident.phase(),
                incident.kind(),
                incident.suspects(),
                incident.doubt(),
                incident.runnerUp(),
                incident.gap(),
                incident.members(),
                incident.hosts(),
                incident.back(),
                incident.onset(),
                incident.openedAt(),
                incident.lastJoinedAt(),
                incident.confirmedAt(),
                incident.backSince(),
                incident.resolvedAt(),
                incident.mergedInto(),
                incident.title(),
                incident.words(),
                incident.timeline());
    }

    private static Incident incidentOn(Component component) {
        var rows = new ArrayList<Observation>();
        for (var host = 1; host <= 3; host++) {
            for (var fabric : List.of("a", "b")) {
                var row = row(fabric + host, "t" + fabric, fabric.toUpperCase(Locale.ROOT), fabric.equals("b"));
                rows.add(Observation.of(new HostId("h" + host), row, NOW, Duration.ZERO));
            }
        }
        var verdict = Diagnosis.of(rows, DiagnosisSettings.DEFAULTS);
        var incident = Incidents.next(Incidents.NONE, verdict, Identities.NONE, NOW, IncidentSettings.DEFAULTS)
                .incidents()
                .all()
                .getFirst();
        assertThat(incident.first().components()).contains(component);
        return incident;
    }

    private static NexusRow row(String initiator, String target, String fabric, boolean up) {
        return new NexusRow(
                new Nexus(initiator, target),
                Transport.FC,
                List.of(new Component(ComponentClass.SWITCH, fabric + "/1")),
                new PathCounts(4, up ? 4 : 0, up ? 0 : 4, 0, 0, 0),
                Duration.ofSeconds(60));
    }

    private static MapSummary summary(Wwid wwid, boolean off, Nexus preferred) {
        return new MapSummary(wwid, wwid.value(), 2048, 2, 2, 1, off ? 2 : 1, false, List.of(preferred));
    }

    private static MapSummary withGroups(MapSummary map, int best, int next) {
        return new MapSummary(
                map.wwid(),
                map.name(),
                map.sizeSectors(),
                map.paths(),
                map.usablePaths(),
                best,
                next,
                map.queueing(),
                map.preferred());
    }

    private static Optional<DaemonRun> daemon(String host) {
        return Optional.of(new DaemonRun("boot", "first of " + host));
    }

    private static MapSummary offBest(MapSummary map, boolean off) {
        return withGroups(map, 1, off ? 2 : 1);
    }

    /** Three hosts, each with a LUN of its own and one that all share; all prefer fabric A and run on fabric B. */
    static final class Fleet {

        private final TreeMap<String, HostState> states = new TreeMap<>();

        Fleet() {
            var own = List.of(OF_H1, OF_H2, OF_H3);
            for (var h = 1; h <= 3; h++) {
                var preferred = row("a" + h, "ta", "A", true);
                states.put(
                        "h" + h,
                        new HostState(
                                new HostId("h" + h),
                                daemon("h" + h),
                                true,
                                List.of(preferred, row("b" + h, "tb", "B", true)),
                                List.of(
                                        summary(SHARED, true, preferred.nexus()),
                                        summary(own.get(h - 1), true, preferred.nexus()))));
            }
        }

        List<HostState> hosts() {
            return List.copyOf(states.values());
        }

        void silent(String host) {
            change(host, state -> new HostState(state.host(), state.run(), false, state.nexuses(), state.maps()));
        }

        void gone(String host) {
            states.remove(host);
        }

        void restarted(String host) {
            change(
                    host,
                    state -> new HostState(
                            state.host(),
                            Optional.of(new DaemonRun("boot", "another")),
                            state.reporting(),
                            state.nexuses(),
                            state.maps()));
        }

        void down(String host, String initiator) {
            change(
                    host,
                    state -> new HostState(
                            state.host(),
                            state.run(),
                            state.reporting(),
                            state.nexuses().stream()
                                    .map(row -> row.nexus().initiatorPort().equals(initiator)
                                            ? row(initiator, row.nexus().targetPort(), "A", false)
                                            : row)
                                    .toList(),
                            state.maps()));
        }

        void map(String host, Wwid wwid, UnaryOperator<MapSummary> change) {
            change(
                    host,
                    state -> new HostState(
                            state.host(),
                            state.run(),
                            state.reporting(),
                            state.nexuses(),
                            state.maps().stream()
                                    .map(map -> map.wwid().equals(wwid) ? change.apply(map) : map)
                                    .toList()));
        }

        HostAnswer moves(FailbackRun.Order order) {
            var outcomes = new ArrayList<HostAnswer.Outcome>();
            for (var wwid : order.command().maps()) {
                map(order.host().value(), wwid, map -> offBest(map, false));
                outcomes.add(new HostAnswer.Outcome(wwid, Move.SWITCHED, ""));
            }
            return new HostAnswer.FailedBack(outcomes);
        }

        private void change(String host, UnaryOperator<HostState> change) {
            states.computeIfPresent(host, (name, state) -> change.apply(state));
        }
    }
}
