package org.lunwarden.fleet.failback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.lunwarden.fleet.failback.ThreeHosts.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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

        var plan = FailbackPlan.of(Optional.empty(), fleet.at(NOW, incident), SETTINGS);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.leftOut())
                .hasSize(6)
                .allMatch(left ->
                        left.reason().contains("is open") && left.reason().contains("switch 1 of fabric A"));
    }

    @Test
    void whatHasNotBeenWellForTheHoldTimeIsNotMovedTo() {
        var hold = SETTINGS.watching(Duration.ofHours(1), Duration.ofSeconds(6), Duration.ofSeconds(1));

        var plan = FailbackPlan.of(Optional.empty(), fleet.at(NOW), hold);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.leftOut())
                .extracting(FailbackPlan.LeftOut::reason)
                .contains("preferred nexus a1 -> ta of host h1 is up for 3540000 ms only, 3600000 ms are wanted");
    }

    @Test
    void nothingMovesOntoWhatIsInMaintenanceNorOnAHostThatIs() {
        var onSwitch = new Situation(NOW, true, fleet.hosts(), List.of(), Set.of(SWITCH_A), List.of());
        var host = new Component(ComponentClass.HOST, "h2");
        var onHost = new Situation(NOW, true, fleet.hosts(), List.of(), Set.of(host), List.of());

        assertThat(FailbackPlan.of(Optional.empty(), onSwitch, SETTINGS).isEmpty())
                .isTrue();
        assertThat(FailbackPlan.of(Optional.empty(), onHost, SETTINGS).leftOut())
                .hasSize(4)
                .allMatch(left -> left.reason().equals("host h2 is in maintenance"));
    }

    @Test
    void aViewWithoutAMajorityMovesNothing() {
        var alone = new Situation(NOW, false, fleet.hosts(), List.of(), Set.of(), List.of());

        assertThat(FailbackPlan.of(Optional.empty(), alone, SETTINGS).leftOut())
                .hasSize(6)
                .allMatch(left -> left.reason().contains("majority"));
    }

    @Test
    void aLunThatHostsTakeFromEachOtherIsLeftAlone() {
        var dispute = new Dispute(SHARED, new HostId("h1"), new HostId("h2"), 7, NOW, NOW, "");
        var disputed = new Situation(NOW, true, fleet.hosts(), List.of(), Set.of(), List.of(dispute));

        assertThat(FailbackPlan.of(Optional.empty(), disputed, SETTINGS).leftOut())
                .hasSize(3)
                .allMatch(left -> left.map().equals(SHARED) && left.reason().contains("h1 and h2 take map 3600a0"));
    }

    static Stream<Arguments> preferences() {
        return Stream.of(
                arguments(
                        "hosts h1 and h2 prefer different controllers: [controller c/0], [controller c/1]",
                        "c/0",
                        "c/1"),
                arguments("hosts h1 and h2 prefer different controllers: [controller c/0], unknown", "c/0", ""),
                arguments("", "c/0", "c/0"));
    }

    @ParameterizedTest
    @MethodSource("preferences")
    void aLunThatHostsWouldTakeToDifferentControllersIsNotMoved(String reason, String ofH1, String ofH2) {
        fleet.through("h1", "a1", ofH1);
        fleet.through("h2", "a2", ofH2);
        fleet.through("h3", "a3", ofH1);
        for (var host : List.of("h1", "h2", "h3")) {
            // each reaches both
            fleet.through(host, "b" + host.substring(1), "c/1");
        }

        var left = plan(Optional.empty()).leftOut();

        assertThat(left).hasSize(reason.isEmpty() ? 0 : 3);
        assertThat(left)
                .allMatch(each -> each.map().equals(SHARED) && each.reason().equals(reason));
    }

    @Test
    void whereControllersAreNotKnownHostsMustPreferAPortInCommon() {
        var other = row("a2", "ta2", "A", true);
        fleet.prefers("h2", SHARED, other);

        assertThat(plan(Optional.empty()).leftOut())
                .hasSize(3)
                .allMatch(left -> left.map().equals(SHARED)
                        && left.reason()
                                .equals("hosts h1 and h2 prefer different ports of unknown controllers:"
                                        + " [targetPort ta], [targetPort ta2]"));
    }

    @Test
    void nothingMovesWhileAMemberThatIsAHostWasNotHeard() {
        var fresh =
                new Situation(NOW, true, fleet.hosts(), List.of(), Set.of(), List.of(), List.of("fleet@10.0.0.4:7400"));

        assertThat(FailbackPlan.of(Optional.empty(), fresh, SETTINGS).leftOut())
                .hasSize(6)
                .allMatch(left -> left.reason()
                        .equals("host fleet@10.0.0.4:7400 has not reported yet: it may have the LUN, too"));
    }

    @Test
    void nothingMovesWhileAHostThatMayHaveTheLunHasNotReported() {
        fleet.expected("h4");

        assertThat(plan(Optional.empty()).leftOut())
                .hasSize(6)
                .allMatch(left -> left.reason().equals("host h4 has not reported yet: it may have the LUN, too"));
    }

    @Test
    void aWaveMovesNoMoreThanTheLimitsOfAHostAndOfAPlan() {
        var all = SETTINGS.atOnce(1, 16, 8, 1000);
        var one = SETTINGS.atOnce(1, 16, 1, 1000);
        var few = SETTINGS.atOnce(1, 16, 8, 4);

        assertThat(FailbackPlan.of(Optional.empty(), fleet.at(NOW), all).waves())
                .hasSize(2);
        assertThat(FailbackPlan.of(Optional.empty(), fleet.at(NOW), one).waves())
                .hasSize(3)
                .allSatisfy(wave ->
                        assertThat(wave.steps()).allMatch(step -> step.maps().size() == 1));
        assertThat(FailbackPlan.of(Optional.empty(), fleet.at(NOW), few).leftOut())
                .hasSize(2)
                .allMatch(left -> left.reason().startsWith("a plan moves and watches 4 maps"));
    }

    @Test
    void aFingerprintTellsPlansThatDoTheSame() {
        var before = plan(Optional.empty());
        fleet.map("h2", OF_H2, map -> offBest(map, false));
        var after = plan(Optional.empty());

        assertThat(FailbackPlan.of(Optional.empty(), fleet.at(NOW.plusSeconds(60)), SETTINGS)
                        .fingerprint())
                .isEqualTo(after.fingerprint())
                .isNotEqualTo(before.fingerprint());
    }

    @Test
    void whatIsLeftOutIsToldInFullBeforeAndInBriefWithEachWrite() {
        var plan = FailbackPlan.of(Optional.empty(), fleet.at(NOW), SETTINGS);
        var left = IntStream.range(0, 5_000)
                .mapToObj(host -> new FailbackPlan.LeftOut(new HostId("h" + host), ThreeHosts.SHARED, "it is silent"))
                .toList();
        var large = new FailbackPlan(
                plan.fingerprint(), plan.component(), plan.waves(), left, plan.madeAt(), plan.expiresAt());

        var brief = large.inBrief();

        assertThat(brief.leftOut()).isEqualTo(left.subList(0, FailbackPlan.LEFT_OUT_TOLD));
        assertThat(brief.waves()).isEqualTo(plan.waves());
        assertThat(plan.inBrief()).isEqualTo(plan);
    }

    @Test
    void inRandomFleetsASharedLunIsInOneWaveOrLeftOutEverywhere() {
        for (var seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var hosts = randomFleet(random);

            var plan = FailbackPlan.of(Optional.empty(), new Situation(NOW, hosts, List.of()), SETTINGS);

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
                    new HostId("h" + h), daemon("h" + h), random.nextInt(10) > 0, BOOTED, List.of(one, other), maps));
        }
        return hosts;
    }

    private FailbackPlan plan(Optional<Component> component) {
        return FailbackPlan.of(component, fleet.at(NOW), SETTINGS);
    }
}
