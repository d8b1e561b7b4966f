package org.lunwarden.fleet.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lunwarden.fleet.localization.Fleet.DOWN;
import static org.lunwarden.fleet.localization.Fleet.ONSET;
import static org.lunwarden.fleet.localization.Fleet.UP;
import static org.lunwarden.fleet.localization.LocalizationSettings.DEFAULTS;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.fleet.NexusState;

/** What is summed up in groups, bounded, or counted the other way round is what going through all rows gives. */
class HypothesisTest {

    private static final double NEAR = 1e-6;
    private static final int MIN_FAILED = 2;
    private static final Fleet FLEET = Fleet.of(48);

    /** Much failed: the half of a fabric, a part of an array, some hosts, and single rows. */
    private static Observed seen(Random random) {
        var hosts = random.ints(3, 0, 48).boxed().toList();
        var array = "arr" + random.nextInt(6);
        var loss = random.nextDouble();
        var index = FLEET.read(row -> {
            if (hosts.contains(row.host()) || (row.crosses("fabric", "A") && random.nextDouble() < loss)) {
                return DOWN;
            }
            return row.crosses("array", array) || random.nextInt(30) == 0
                    ? new RowReading(NexusState.PARTIAL, (1 + random.nextInt(15)) / 16.0, ONSET, ONSET)
                    : UP;
        });
        return new Observed(index, new BitSet(), new BitSet());
    }

    private static Hypothesis.Scale scale(Observed seen) {
        return new Hypothesis.Scale(1e-3, new ClassPriors(seen.index, DEFAULTS), MIN_FAILED);
    }

    private static List<Fault> faults(Observed seen, Random random) {
        return random.ints(0, seen.candidates.length)
                .distinct()
                .limit(5)
                .mapToObj(candidate ->
                        new Fault(candidate, 0.05 + 0.9 * random.nextDouble(), 0.05 + 0.9 * random.nextDouble()))
                .toList();
    }

    private static double cost(Observed seen, Fault fault) {
        return seen.working.log(fault.candidate(), fault.activity())
                + scale(seen).priors().of(seen.candidates[fault.candidate()]);
    }

    private static double caused(Observed seen, List<Fault> faults, int number) {
        var untouched = 1.0;
        var works = 1.0;
        for (var fault : faults) {
            if (crosses(seen, number, fault.candidate())) {
                untouched *= 1 - fault.activity();
                works *= 1 - fault.fraction();
            }
        }
        return untouched == 1 ? 0 : Likelihood.caused(seen.share[number], untouched, works);
    }

    private static boolean crosses(Observed seen, int number, int candidate) {
        return seen.index.crosses(seen.failed[number], seen.candidates[candidate]);
    }

    private static double rowByRow(Observed seen, List<Fault> faults) {
        return IntStream.range(0, seen.failed.length)
                        .mapToDouble(number -> Likelihood.ofFailed(1e-3, caused(seen, faults, number)))
                        .sum()
                + faults.stream().mapToDouble(fault -> cost(seen, fault)).sum();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void itsLikelihoodIsThatOfAllRowsOneByOne(long seed) {
        var random = new Random(seed);
        var seen = seen(random);
        var faults = faults(seen, random);

        var set = Hypothesis.of(seen, scale(seen), faults);

        assertThat(set.logLikelihood()).isCloseTo(rowByRow(seen, faults), within(NEAR));
        for (var number = 0; number < seen.failed.length; number++) {
            assertThat(set.caused(number)).isCloseTo(caused(seen, faults, number), within(NEAR));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theWorthOfAFaultIsWhatTheSetLosesWithoutIt(long seed) {
        var random = new Random(seed);
        var seen = seen(random);
        var faults = faults(seen, random);

        var worths = Hypothesis.of(seen, scale(seen), faults).worths();

        for (var at = 0; at < worths.length; at++) {
            var others = new ArrayList<>(faults);
            others.remove(at);
            assertThat(worths[at]).isCloseTo(rowByRow(seen, faults) - rowByRow(seen, others), within(NEAR));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void eachTimeThatIsTakenWhichGainsMostOnWhatIsLeft(long seed) {
        var random = new Random(seed);
        var seen = seen(random);
        var scale = scale(seen);
        var set = new Hypothesis(seen, scale);
        var greedy = new Greedy(seen, scale, set, new Alone(seen, scale), new boolean[seen.candidates.length]);
        for (var step = 0; step < 6; step++) {
            var taken = set.faults();
            var left = IntStream.range(0, seen.failed.length)
                    .filter(number -> caused(seen, taken, number) < 0.01)
                    .toArray();
            var best = IntStream.range(0, seen.candidates.length)
                    .filter(candidate -> taken.stream().noneMatch(fault -> fault.candidate() == candidate))
                    .mapToObj(candidate -> gained(seen, candidate, left))
                    .max(Comparator.comparingDouble(Gained::gain))
                    .orElseThrow();

            greedy.take(0, 1);

            if (best.gain() <= 0) {
                assertThat(set.faults()).isEqualTo(taken);
                return;
            }
            var last = set.faults().getLast();
            assertThat(gained(seen, last.candidate(), left).gain()).isCloseTo(best.gain(), within(NEAR));
            assertThat(last.fraction())
                    .isCloseTo(gained(seen, last.candidate(), left).fraction(), within(NEAR));
        }
    }

    private record Gained(double gain, double fraction) {}

    private static Gained gained(Observed seen, int candidate, int[] left) {
        var mine = IntStream.of(left)
                .filter(number -> crosses(seen, number, candidate))
                .toArray();
        if (mine.length < MIN_FAILED) {
            return new Gained(0, 0);
        }
        var share = IntStream.of(mine).mapToDouble(number -> seen.share[number]).sum();
        var fault = seen.working.fitted(candidate, mine.length, share, seen.up[candidate]);
        var rows = IntStream.of(mine)
                .mapToDouble(number -> scale(seen).log(fault, seen.share[number]))
                .sum();
        return new Gained(rows + cost(seen, fault), fault.fraction());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.4, 0.6, 0.95})
    void openRowsAreCountedRightWhetherFewOrMostAreOpen(double part) {
        var random = new Random(Math.round(100 * part));
        var seen = seen(random);
        var open = new OpenRows(seen);
        for (var round = 0; round < 3; round++) {
            var share = round == 1 ? 1 - part : part;
            var numbers = IntStream.range(0, seen.failed.length)
                    .filter(number -> random.nextDouble() < share)
                    .toArray();

            open.set(numbers);

            for (var candidate = 0; candidate < seen.candidates.length; candidate++) {
                var its = candidate;
                var mine = IntStream.of(numbers)
                        .filter(number -> crosses(seen, number, its))
                        .toArray();
                assertThat(open.count[candidate]).isEqualTo(mine.length);
                assertThat(open.down[candidate]).isEqualTo((int) IntStream.of(mine)
                        .filter(number -> seen.share[number] >= 1)
                        .count());
                assertThat(open.failed[candidate])
                        .isCloseTo(
                                IntStream.of(mine)
                                        .mapToDouble(number -> seen.share[number])
                                        .sum(),
                                within(NEAR));
                assertThat(IntStream.of(open.candidates()).anyMatch(one -> one == its))
                        .isEqualTo(mine.length > 0);
            }
        }
    }
}
