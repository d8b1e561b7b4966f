package org.lunwarden.fleet.failback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.lunwarden.fleet.failback.ThreeHosts.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.fleet.failback.FailbackPlan.Step;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;

class FailbackPlanTest {

    private final ThreeHosts fleet = new ThreeHosts();

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
                arguments("host h2 is silent", (Consumer<ThreeHosts>) fleet -> fleet.silent("h2")),
                arguments("host h2 has no usable group", (Consumer<ThreeHosts>)
                        fleet -> fleet.map("h2", SHARED, map -> withGroups(map, 0, 0))),
                arguments("preferred nexus a2 -> ta of host h2 is down", (Consumer<ThreeHosts>)
                        fleet -> fleet.down("h2", "a2")));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void whatHindersOneHostKeepsASharedLunWhereItIsOnAllHosts(String reason, Consumer<ThreeHosts> obstacle) {
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
}
