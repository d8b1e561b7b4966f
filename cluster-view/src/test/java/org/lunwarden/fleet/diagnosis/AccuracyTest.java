package org.lunwarden.fleet.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.NexusState;

/** Random faults from fixed seeds: how often exactly the broken components are named. Prints what it measures. */
class AccuracyTest {

    private static final SanPlan SAN = SanPlan.coreEdge(200, 10, 12, 2);
    private static final List<Component> SHARED = SAN.components().stream()
            .filter(component -> component.kind().reach() == ComponentClass.Reach.FLEET)
            .filter(component -> component.kind() != ComponentClass.HBA_FIRMWARE)
            .toList();
    private static final Map<Component, Set<SanPlan.Row>> THROUGH = throughEach();

    /** @param silent share of hosts that are silent; {@code stale} share that still says up */
    record Weather(double noise, double silent, double stale) {}

    private static final Weather FINE = new Weather(0, 0, 0);
    private static final Weather BAD = new Weather(1e-3, 0.10, 0.05);

    static Stream<Arguments> series() {
        return Stream.of(
                arguments("single hard, fine weather", 1, 1.0, FINE, 100, 1.00),
                arguments("double hard, fine weather", 2, 1.0, FINE, 150, 0.97),
                arguments("triple hard, fine weather", 3, 1.0, FINE, 100, 0.93),
                arguments("single partial 0.3", 1, 0.3, FINE, 100, 0.97),
                arguments("single partial 0.6", 1, 0.6, FINE, 100, 0.97),
                arguments("single hard, noise, silent and stale hosts", 1, 1.0, BAD, 100, 0.95),
                arguments("double hard, noise, silent and stale hosts", 2, 1.0, BAD, 100, 0.90));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("series")
    void brokenComponentsAreNamedExactly(
            String name, int faults, double share, Weather weather, int trials, double least) {
        var exact = 0;
        for (var seed = 0; seed < trials; seed++) {
            var random = new Random(1_000L * faults + seed);
            var broken = pick(faults, random);
            var verdict = Diagnosis.of(observe(broken, share, weather, random), DiagnosisSettings.DEFAULTS);
            if (namesThem(verdict, broken)) {
                exact++;
            } else {
                System.out.printf("%s, seed %d: broken %s, found %s%n", name, seed, broken, SanPlan.named(verdict));
            }
        }
        System.out.printf("%s: %d of %d exact%n", name, exact, trials);
        assertThat(exact / (double) trials).isGreaterThanOrEqualTo(least);
    }

    @Test
    void noiseAloneIsNoFinding() {
        for (var seed = 0; seed < 200; seed++) {
            var rows = observe(List.of(), 1, new Weather(1e-3, 0, 0), new Random(seed));
            assertThat(Diagnosis.of(rows, DiagnosisSettings.DEFAULTS).findings())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void aThousandHostsAreDiagnosedBetweenTwoTicks() {
        var san = SanPlan.coreEdge(1000, 20, 16, 4);
        var random = new Random(42);
        for (var broken : List.of(
                List.<Component>of(),
                List.of(new Component(ComponentClass.SWITCH, "A/12")),
                List.of(new Component(ComponentClass.FABRIC, "A")))) {
            var rows = san.observed(row -> broken.stream().anyMatch(row::crosses) || random.nextDouble() < 1e-3);
            var millis = new double[40];
            for (var round = 0; round < millis.length; round++) {
                var start = System.nanoTime();
                var verdict = Diagnosis.of(rows, DiagnosisSettings.DEFAULTS);
                millis[round] = (System.nanoTime() - start) / 1e6;
                assertThat(SanPlan.named(verdict)).containsExactlyElementsOf(broken);
            }
            var warm = Arrays.copyOfRange(millis, 20, millis.length);
            Arrays.sort(warm);
            System.out.printf(
                    "%,d rows, broken %s: median %.1f ms, worst %.1f ms of %d%n",
                    rows.size(), broken, warm[warm.length / 2], warm[warm.length - 1], warm.length);
        }
    }

    private static List<Component> pick(int count, Random random) {
        var broken = new ArrayList<Component>();
        while (broken.size() < count) {
            var one = SHARED.get(random.nextInt(SHARED.size()));
            if (broken.stream().noneMatch(other -> areNested(one, other))) {
                broken.add(one);
            }
        }
        return broken;
    }

    /** Whether all nexuses through one cross the other: then nobody could see the fault of the one. */
    private static boolean areNested(Component one, Component other) {
        var ofOne = THROUGH.getOrDefault(one, Set.of());
        var ofOther = THROUGH.getOrDefault(other, Set.of());
        return ofOne.containsAll(ofOther) || ofOther.containsAll(ofOne);
    }

    private static Map<Component, Set<SanPlan.Row>> throughEach() {
        var through = new HashMap<Component, Set<SanPlan.Row>>();
        for (var row : SAN.rows()) {
            row.components()
                    .forEach(component -> through.computeIfAbsent(component, one -> new HashSet<>())
                            .add(row));
        }
        return through;
    }

    private static List<Observation> observe(List<Component> broken, double share, Weather weather, Random random) {
        var fates = new HashMap<String, Double>();
        var rows = new ArrayList<Observation>();
        for (var row : SAN.rows()) {
            var fate = fates.computeIfAbsent(row.host().value(), host -> random.nextDouble());
            var failed = random.nextDouble() < weather.noise();
            for (var component : broken) {
                failed |= row.crosses(component) && random.nextDouble() < share;
            }
            var isStale = fate >= weather.silent() && fate < weather.silent() + weather.stale();
            var seen = SanPlan.observation(row, failed && !isStale ? NexusState.DOWN : NexusState.UP);
            rows.add(fate < weather.silent() ? SanPlan.aged(seen, Duration.ofSeconds(60)) : seen);
        }
        return rows;
    }

    private static boolean namesThem(Verdict verdict, List<Component> broken) {
        var faults = verdict.findings().stream()
                .filter(finding -> finding.kind() == Finding.Kind.FAULT)
                .toList();
        return faults.size() == broken.size()
                && broken.stream()
                        .allMatch(component -> faults.stream()
                                .anyMatch(finding -> finding.isNamed()
                                        && finding.first().components().contains(component)));
    }
}
