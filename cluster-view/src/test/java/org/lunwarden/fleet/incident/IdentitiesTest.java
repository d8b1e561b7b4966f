package org.lunwarden.fleet.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.diagnosis.SanPlan.component;
import static org.lunwarden.model.ComponentClass.HBA_PORT;
import static org.lunwarden.model.ComponentClass.SWITCH;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.fleet.diagnosis.Diagnosis;
import org.lunwarden.fleet.diagnosis.DiagnosisSettings;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.diagnosis.SanPlan;
import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/** Views that hear of the same failure in different ways, and what they call it. */
class IdentitiesTest {

    private static final int HOSTS = 48;
    private static final SanPlan SAN = SanPlan.coreEdge(HOSTS, 4, 4, 2);
    private static final Component CORE = component(SWITCH, "A/1");
    private static final Component EDGE = component(SWITCH, "A/12");
    private static final Component PORT_OF_H2 = component(HBA_PORT, "10a%012x".formatted(2));
    private static final Component PORT_OF_H6 = component(HBA_PORT, "10a%012x".formatted(6));

    private final View early = new View();
    private final View late = new View();

    @Test
    void viewsThatSawDifferentCausesFirstAgreeOnTheOlderId() {
        early.at(0).sees(EDGE);
        early.at(1_000).sees(CORE);
        late.at(1_000).sees(CORE);
        var before = late.open().id();
        assertThat(before).isNotEqualTo(early.open().id());

        agree(early, late);
        early.at(1_250).sees(CORE);
        late.at(1_250).sees(CORE);

        assertThat(late.open().id()).isEqualTo(early.open().id());
        assertThat(late.open().formerIds()).containsExactly(before);
        assertThat(late.open().openedAt()).isEqualTo(early.open().openedAt());
        assertThat(late.open().onset()).isEqualTo(early.open().onset());
        assertThat(late.incidents.find(before)).contains(late.open());
        assertThat(late.told).containsExactly(Change.Kind.OPENED, Change.Kind.RENAMED);
        assertThat(early.told).doesNotContain(Change.Kind.RENAMED);
        agree(early, late);
        assertThat(early.shared.isClosed(before)).isTrue();
    }

    @Test
    void aViewThatHearsOfItLaterOpensItUnderTheIdThatOthersGave() {
        early.at(0).sees(CORE);
        agree(early, late);

        late.at(500).sees(EDGE);

        assertThat(late.open().id()).isEqualTo(early.open().id());
        assertThat(late.told).containsExactly(Change.Kind.OPENED);
    }

    @Test
    void aViewThatWasRestartedFindsTheIdOfAnIncidentThatHasGrownAndIsHalfOver() {
        early.at(0).sees(EDGE);
        agree(early, late);
        early.at(1_000).sees(CORE);
        agree(early, late);
        var restarted = new View();

        agree(early, restarted);
        restarted.at(60_000).seesFailed(row -> row.crosses(CORE) && number(row) > 24);

        assertThat(restarted.open().id()).isEqualTo(early.open().id());
        assertThat(restarted.told).containsExactly(Change.Kind.OPENED);
    }

    @Test
    void twoIncidentsThatMergeOnOneViewAreOneIncidentOfTheSameIdOnAll() {
        for (var millis : List.of(0, 2_000)) {
            early.at(millis).sees(PORT_OF_H2, PORT_OF_H6);
        }
        assertThat(early.incidents.open()).hasSize(2);
        late.at(2_500).sees(EDGE);
        agree(early, late);

        late.at(3_000).sees(EDGE);
        early.at(3_000).sees(EDGE);
        agree(early, late);
        late.at(3_250).sees(EDGE);
        early.at(3_250).sees(EDGE);

        assertThat(late.open().id()).isEqualTo(early.open().id());
        assertThat(early.incidents.all())
                .extracting(Incident::mergedInto)
                .filteredOn(into -> into.isPresent())
                .containsExactly(java.util.Optional.of(early.open().id()));
        agree(early, late);
        assertThat(openIdentities(early)).containsExactly(early.open().id());
    }

    @Test
    void whatFailsAgainAfterItWasResolvedIsAnotherIncidentEvenForAViewThatHadNotYetResolvedIt() {
        both(0, EDGE);
        agree(early, late);
        var first = early.open().id();
        both(2_000);
        early.at(7_000).sees();
        assertThat(early.incidents.open()).isEmpty();
        agree(early, late);

        both(7_100, EDGE);
        agree(early, late);
        both(7_350, EDGE);

        assertThat(early.open().id()).isNotEqualTo(first).isEqualTo(late.open().id());
    }

    @Test
    void anIdThatNoViewHoldsAnyMoreIsClosedOnceNothingOfItFails() {
        early.at(0).sees(EDGE);
        agree(early, late);

        late.at(59_000).sees();
        assertThat(openIdentities(late)).isNotEmpty();
        late.at(61_000).sees();

        assertThat(openIdentities(late)).isEmpty();
    }

    @Test
    void differentIncidentsKeepDifferentIds() {
        both(0, EDGE, component(SWITCH, "B/13"));
        agree(early, late);
        both(250, EDGE, component(SWITCH, "B/13"));

        assertThat(early.incidents.open()).hasSize(2);
        assertThat(early.ids()).hasSize(2).isEqualTo(late.ids());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void viewsThatHearHostsInAnyOrderEndWithTheSameIdFromTheEndOfTheStormToItsResolution(long seed) {
        var random = new Random(seed);
        var views = List.of(new View(), new View(), new View());
        var orders = views.stream().map(view -> shuffled(random)).toList();
        for (var tick = 1; tick <= 24; tick++) {
            for (var at = 0; at < views.size(); at++) {
                var heard = Set.copyOf(orders.get(at).subList(0, Math.min(HOSTS, tick * (2 + at))));
                views.get(at)
                        .at(tick * 250L + 80L * at)
                        .seesFailed(row -> row.crosses(CORE) && heard.contains(number(row)));
            }
            if (random.nextInt(4) == 0) {
                agree(views.toArray(View[]::new));
            }
        }
        agree(views.toArray(View[]::new));
        var restarted = new View();
        var all = Stream.concat(views.stream(), Stream.of(restarted)).toArray(View[]::new);
        agree(all);
        for (var tick = 25; tick < 28; tick++) {
            for (var view : all) {
                view.at(tick * 250L).sees(CORE);
            }
            agree(all);
        }

        assertThat(all).extracting(View::ids).containsOnly(early(all));
        assertThat(early(all)).hasSize(1);
        for (var seconds : List.of(10, 20, 30)) {
            for (var view : all) {
                view.at(seconds * 1_000L).sees();
            }
            agree(all);
        }
        assertThat(all).allMatch(view -> view.incidents.open().isEmpty());
        assertThat(openIdentities(all[0])).isEmpty();
    }

    private static Set<String> early(View[] all) {
        return all[0].ids();
    }

    private static List<Integer> shuffled(Random random) {
        var order = new ArrayList<>(IntStream.range(0, HOSTS).boxed().toList());
        Collections.shuffle(order, random);
        return order;
    }

    private void both(long millis, Component... broken) {
        early.at(millis).sees(broken);
        late.at(millis).sees(broken);
    }

    private static List<String> openIdentities(View view) {
        return view.shared.byId().values().stream()
                .filter(one -> !one.closed())
                .map(Identity::id)
                .toList();
    }

    /** What each of them shares reaches all. */
    private static void agree(View... views) {
        var all = Stream.of(views)
                .flatMap(view -> view.shared.byId().values().stream())
                .toList();
        for (var view : views) {
            view.shared = view.shared.with(all);
        }
    }

    private static int number(SanPlan.Row row) {
        return Integer.parseInt(row.host().value().substring(1));
    }

    /** One view: what it sees at which millisecond, and what it makes of that. */
    private static final class View {

        private Incidents incidents = Incidents.NONE;
        private Identities shared = Identities.NONE;
        private final List<Change.Kind> told = new ArrayList<>();
        private final Map<String, Instant> failedSince = new HashMap<>();
        private long millis;

        View at(long newMillis) {
            millis = newMillis;
            return this;
        }

        void sees(Component... broken) {
            seesFailed(row -> List.of(broken).stream().anyMatch(row::crosses));
        }

        void seesFailed(Predicate<SanPlan.Row> isDown) {
            var now = SanPlan.START.plusMillis(millis);
            var rows = SAN.rows().stream()
                    .map(row -> observed(row.host(), row.nexus(), row.components(), isDown.test(row), now))
                    .toList();
            var verdict = Diagnosis.of(rows, DiagnosisSettings.DEFAULTS);
            var step = Incidents.next(incidents, verdict, shared, now, IncidentSettings.DEFAULTS);
            incidents = step.incidents();
            shared = shared.with(step.toShare());
            step.changes().forEach(change -> told.add(change.kind()));
        }

        private Observation observed(
                HostId host, Nexus nexus, List<Component> components, boolean isDown, Instant now) {
            var key = host + " " + nexus;
            if (isDown) {
                failedSince.putIfAbsent(key, now);
            } else {
                failedSince.remove(key);
            }
            return new Observation(
                    host,
                    nexus,
                    components,
                    isDown ? NexusState.DOWN : NexusState.UP,
                    4,
                    isDown ? 4 : 0,
                    failedSince.getOrDefault(key, SanPlan.START),
                    Duration.ZERO);
        }

        Incident open() {
            assertThat(incidents.open()).hasSize(1);
            return incidents.open().getFirst();
        }

        Set<String> ids() {
            var ids = new HashSet<String>();
            incidents.open().forEach(incident -> ids.add(incident.id()));
            return ids;
        }
    }
}
