package org.lunwarden.fleet.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.diagnosis.SanPlan.component;
import static org.lunwarden.model.ComponentClass.HBA_PORT;
import static org.lunwarden.model.ComponentClass.SWITCH;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.fleet.diagnosis.Diagnosis;
import org.lunwarden.fleet.diagnosis.DiagnosisSettings;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.diagnosis.SanPlan;
import org.lunwarden.fleet.incident.Incident.Phase;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.NexusState;

/** A switch fails at once, but hosts are heard one after the other: what is seen first looks like something smaller. */
class StaggeredOnsetTest {

    private static final int HOSTS = 160;
    private static final int EDGES = 10;
    private static final SanPlan SAN = SanPlan.coreEdge(HOSTS, EDGES, 4, 2);
    private static final Component CORE = component(SWITCH, "A/1");
    private static final Component EDGE = component(SWITCH, "A/12");
    private static final Duration TICK = Duration.ofMillis(250);
    private static final IncidentSettings SETTINGS = IncidentSettings.DEFAULTS;

    @Test
    void hostsHeardEdgeByEdgeWithoutAPauseAreOneIncidentThatIsConfirmedOnceAllAreHeard() {
        var fleet = new Heard(List.of(), 1);

        fleet.hear(CORE, edgeByEdge(), Duration.ofMillis(4_400));

        fleet.endsWith(CORE);
        assertThat(fleet.opened()).isEqualTo(1);
        assertThat(fleet.confirmedAt()).isBetween(fleet.lastHeard, fleet.lastHeard.plus(Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void hostsHeardInAnyOrderAreOneIncidentThatIsConfirmedOnceAllAreHeard(long seed) {
        var fleet = new Heard(List.of(), seed);

        fleet.hear(CORE, shuffled(seed), Duration.ofMillis(500 + 800 * seed));

        fleet.endsWith(CORE);
        assertThat(fleet.opened()).isEqualTo(1);
        assertThat(fleet.confirmedAt()).isBetween(fleet.lastHeard, fleet.lastHeard.plus(Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void rowsThatFailForOtherReasonsDoNotMisleadIt(long seed) {
        var random = new Random(seed);
        var rowsOfHost = SAN.rows().size() / HOSTS;
        var noise = random.ints(0, HOSTS)
                .distinct()
                .limit(6)
                .map(host -> host * rowsOfHost + random.nextInt(rowsOfHost))
                .boxed()
                .toList();
        var fleet = new Heard(noise, seed);

        fleet.hear(CORE, seed % 2 == 0 ? edgeByEdge() : shuffled(seed), Duration.ofMillis(4_400));

        fleet.endsWith(CORE);
        assertThat(fleet.opened()).isEqualTo(1);
        assertThat(fleet.confirmedAt()).isBetween(fleet.lastHeard, fleet.lastHeard.plus(Duration.ofSeconds(3)));
    }

    @Test
    void whatIsConfirmedInALongPauseSharpensIntoTheGreaterCauseAndKeepsItsIdAndHistory() {
        var fleet = new Heard(List.of(), 1);
        var order = edgeByEdge();

        fleet.hear(CORE, order.subList(0, HOSTS / EDGES), Duration.ofMillis(300));
        fleet.rest(Duration.ofSeconds(4));
        var early = fleet.onlyOpen();
        assertThat(early.phase()).isEqualTo(Phase.CONFIRMED);
        fleet.hear(CORE, order.subList(HOSTS / EDGES, HOSTS), Duration.ofSeconds(3));

        fleet.endsWith(CORE);
        assertThat(fleet.onlyOpen().id()).isEqualTo(early.id());
        assertThat(fleet.onlyOpen().timeline())
                .extracting(Incident.Entry::what)
                .contains(Change.Kind.OPENED, Change.Kind.CONFIRMED, Change.Kind.SHARPENED);
        assertThat(fleet.onlyOpen().openedAt()).isEqualTo(early.openedAt());
    }

    @Test
    void edgesHeardWithPausesBetweenThemEndAsOneIncidentOfTheCore() {
        var fleet = new Heard(List.of(), 1);
        var order = edgeByEdge();

        for (var edge = 0; edge < EDGES; edge++) {
            var size = HOSTS / EDGES;
            fleet.hear(CORE, order.subList(edge * size, (edge + 1) * size), Duration.ofMillis(200));
            fleet.rest(Duration.ofSeconds(3));
        }

        fleet.endsWith(CORE);
        assertThat(fleet.incidents.all().stream().filter(one -> !one.isOpen()))
                .allMatch(one ->
                        one.mergedInto().equals(Optional.of(fleet.onlyOpen().id())));
    }

    @Test
    void anEdgeSwitchThatFailsAloneIsNamedWithoutDelay() {
        var fleet = new Heard(List.of(), 1);

        fleet.hear(EDGE, shuffled(5), Duration.ofMillis(300));

        fleet.endsWith(EDGE);
        assertThat(fleet.confirmedAt()).isBefore(fleet.lastHeard.plus(Duration.ofSeconds(1)));
    }

    @Test
    void twoEdgeSwitchesThatFailTogetherAreTwoIncidentsInTheEnd() {
        var fleet = new Heard(List.of(), 1);
        var other = component(SWITCH, "A/15");

        fleet.hear(Set.of(EDGE, other), shuffled(6), Duration.ofMillis(300));
        fleet.rest(Duration.ofSeconds(5));

        assertThat(fleet.incidents.open())
                .extracting(one -> one.first().component())
                .containsExactlyInAnyOrder(EDGE, other);
        assertThat(fleet.incidents.open()).extracting(Incident::phase).containsOnly(Phase.CONFIRMED);
    }

    @Test
    void aPortThatFlapsElsewhereForEverDoesNotKeepASwitchFromBeingConfirmed() {
        var fleet = new Heard(List.of(), 1);
        var port = component(HBA_PORT, "10b%012x".formatted(3));
        fleet.flapping = Set.of(port);

        fleet.hear(CORE, shuffled(7), Duration.ofSeconds(1));
        fleet.rest(Duration.ofSeconds(4));

        assertThat(fleet.incidents.open())
                .filteredOn(one -> one.first().component().equals(CORE))
                .extracting(Incident::phase)
                .containsExactly(Phase.CONFIRMED);
    }

    private static List<Integer> edgeByEdge() {
        return IntStream.range(0, HOSTS)
                .boxed()
                .sorted((one, other) -> one % EDGES != other % EDGES
                        ? Integer.compare(one % EDGES, other % EDGES)
                        : Integer.compare(one, other))
                .toList();
    }

    private static List<Integer> shuffled(long seed) {
        var order = new ArrayList<>(IntStream.range(0, HOSTS).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return order;
    }

    /** What one view makes of hosts that it hears one by one. */
    private static final class Heard {

        private Incidents incidents = Incidents.NONE;
        private Instant now = SanPlan.START;
        private Instant lastHeard = SanPlan.START;
        private Instant broke = Instant.MAX;
        private Set<Component> broken = Set.of();
        private Set<Component> flapping = Set.of();
        private final Set<Integer> heard = new HashSet<>();
        private final List<Integer> noise;
        private final List<Change> changes = new ArrayList<>();
        private int step;

        Heard(List<Integer> noise, long seed) {
            this.noise = noise;
            System.out.println("seed " + seed + ", noise " + noise);
            next();
        }

        void hear(Component component, List<Integer> order, Duration within) {
            hear(Set.of(component), order, within);
        }

        void hear(Set<Component> components, List<Integer> order, Duration within) {
            broken = components;
            broke = broke.equals(Instant.MAX) ? now : broke;
            var ticks = (int) Math.max(1, within.dividedBy(TICK));
            for (var tick = 1; tick <= ticks; tick++) {
                heard.addAll(order.subList(0, order.size() * tick / ticks));
                next();
            }
            lastHeard = now;
        }

        void rest(Duration pause) {
            for (var end = now.plus(pause); now.isBefore(end); ) {
                next();
            }
        }

        private void next() {
            now = now.plus(TICK);
            step++;
            var rows = new ArrayList<Observation>();
            for (var at = 0; at < SAN.rows().size(); at++) {
                rows.add(observed(SAN.rows().get(at), at));
            }
            var verdict = Diagnosis.of(rows, DiagnosisSettings.DEFAULTS);
            var next = Incidents.next(incidents, verdict, Identities.NONE, now, SETTINGS);
            incidents = next.incidents();
            changes.addAll(next.changes());
        }

        private Observation observed(SanPlan.Row row, int at) {
            var number = Integer.parseInt(row.host().value().substring(1));
            var isDown = (heard.contains(number) && broken.stream().anyMatch(row::crosses))
                    || (!heard.isEmpty() && noise.contains(at))
                    || (step % 3 == 0 && flapping.stream().anyMatch(row::crosses));
            return new Observation(
                    row.host(),
                    row.nexus(),
                    row.components(),
                    isDown ? NexusState.DOWN : NexusState.UP,
                    4,
                    isDown ? 4 : 0,
                    isDown ? broke : SanPlan.START,
                    Duration.ZERO);
        }

        long opened() {
            return changes.stream()
                    .filter(change -> change.kind() == Change.Kind.OPENED)
                    .count();
        }

        Incident onlyOpen() {
            assertThat(incidents.open()).extracting(Incident::title).hasSize(1);
            return incidents.open().getFirst();
        }

        Instant confirmedAt() {
            return onlyOpen().confirmedAt().orElseThrow();
        }

        /** After the dust has settled there is one incident, confirmed, of this cause and of no other. */
        void endsWith(Component cause) {
            rest(SETTINGS.settle().plus(Duration.ofSeconds(1)));
            var incident = onlyOpen();
            assertThat(incident.phase()).isEqualTo(Phase.CONFIRMED);
            assertThat(incident.first().component()).isEqualTo(cause);
            assertThat(incident.isNamed()).isTrue();
            assertThat(incident.members().stream().map(member -> member.nexus()).toList())
                    .containsAll(SAN.rows().stream()
                            .filter(row -> row.crosses(cause))
                            .map(SanPlan.Row::nexus)
                            .toList());
        }
    }
}
