package org.lunwarden.path.marginal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.settings.ShakyPathRule;
import org.lunwarden.path.marginal.Marginality.Cleared;
import org.lunwarden.path.marginal.Marginality.Event;
import org.lunwarden.path.marginal.Marginality.Failed;
import org.lunwarden.path.marginal.Marginality.Good;
import org.lunwarden.path.marginal.Marginality.Marked;
import org.lunwarden.path.marginal.Marginality.Needed;
import org.lunwarden.path.marginal.Marginality.SampleBegun;
import org.lunwarden.path.marginal.Marginality.SampleEnded;
import org.lunwarden.path.marginal.Marginality.SampleLost;
import org.lunwarden.path.marginal.Marginality.Warned;

class MarginalityTest {

    private static final ShakyPathRule.Counted COUNTED = new ShakyPathRule.Counted(2, 3, Duration.ofSeconds(30));
    private static final ShakyPathRule.Sampled SAMPLED =
            new ShakyPathRule.Sampled(Duration.ofSeconds(60), Duration.ofMinutes(2), 10, Duration.ofMinutes(5));
    private static final Duration READ = Duration.ofMinutes(2);

    static List<ShakyPathRule> rules() {
        return List.of(new ShakyPathRule.None(), new ShakyPathRule.Fabric(), COUNTED, SAMPLED);
    }

    @Test
    void eachFailureOfAPathThatIsHeldBackStartsItsTimeAnew() {
        var path = returning(3);
        assertThat(path.isMarginal()).isTrue();

        path = path.after(new Failed(true), at(40)).after(new Good(), at(45));

        assertThat(path.after(new Good(), at(75)).isMarginal()).isTrue();
        assertThat(path.after(new Good(), at(76)).isMarginal()).isFalse();
    }

    @Test
    void returnsAreForgottenAndBegunAnewAfterARelease() {
        var released = returning(3).after(new Needed(), at(31));

        assertThat(released).isEqualTo(Marginality.under(COUNTED));

        var twice = returning(2);
        for (var check = 0; check < 4; check++) {
            twice = twice.after(new Good(), at(20));
        }
        assertThat(twice.after(new Failed(true), at(50))
                        .after(new Good(), at(55))
                        .isMarginal())
                .isFalse();
    }

    @Test
    void twoFailuresInTimeMakeAPathSuspectAndFewErrorsClearIt() {
        var suspect = failedTwice();

        assertThat(suspect.isMarginal()).isTrue();
        assertThat(suspect.wantsSample()).isFalse();
        var ready = suspect.after(new Good(), at(5));
        assertThat(ready.wantsSample()).isTrue();
        var sampled = ready.after(new SampleBegun(), at(6));
        assertThat(sampled.wantsSample()).isFalse();
        assertThat(sampled.after(new SampleEnded(1_000, 10), at(126)).isMarginal())
                .isFalse();
        assertThat(sampled.after(new SampleEnded(1_000, 11), at(126)).isMarginal())
                .isTrue();
    }

    @Test
    void aPathWithTooManyErrorsIsReadAgainAfterTheGapAndNotBefore() {
        var resting = failedTwice()
                .after(new Good(), at(5))
                .after(new SampleBegun(), at(6))
                .after(new SampleEnded(1_000, 1_000), at(6).plus(READ));

        assertThat(resting.after(new Good(), at(425)).wantsSample()).isFalse();
        assertThat(resting.after(new Good(), at(426)).wantsSample()).isTrue();
    }

    @Test
    void howFarTheTrialOfAPathHasComeChangesNothingOfWhatIsHeldAgainstIt() {
        var suspect = failedTwice();
        var ready = suspect.after(new Good(), at(5));
        var sampled = ready.after(new SampleBegun(), at(6));
        var resting = sampled.after(new SampleEnded(1_000, 500), at(6).plus(READ));

        assertThat(List.of(ready.charge(), sampled.charge())).containsOnly(suspect.charge());
        assertThat(resting.charge()).isEqualTo(resting.why()).startsWith("500 of 1000 reads failed");
        assertThat(suspect.after(new Marked(), at(5)).charge())
                .startsWith("an operator marked it")
                .endsWith(suspect.charge());
    }

    @Test
    void aSampleThatCouldAskNothingIsTakenAgainWithTheNextGoodCheck() {
        var unread = failedTwice()
                .after(new Good(), at(5))
                .after(new SampleBegun(), at(6))
                .after(new SampleEnded(0, 0), at(6).plus(READ));

        assertThat(unread.isMarginal()).isTrue();
        assertThat(unread.wantsSample()).isFalse();
        assertThat(unread.after(new Good(), at(300)).wantsSample()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {61, 600})
    void failuresThatAreFarApartAreBorne(int second) {
        var path = Marginality.under(SAMPLED).after(new Failed(true), at(0)).after(new Failed(true), at(second));

        assertThat(path.isMarginal()).isFalse();
    }

    @Test
    void aPathThatIsDownAnywayDoesNotFailAgain() {
        var path = Marginality.under(SAMPLED).after(new Failed(true), at(0)).after(new Failed(false), at(1));

        assertThat(path.isMarginal()).isFalse();
    }

    @Test
    void theFabricsWarningHoldsUntilItIsTakenBack() {
        var warned = Marginality.under(new ShakyPathRule.Fabric()).after(new Warned(true), at(0));

        assertThat(warned.after(new Good(), at(1_000)).isMarginal()).isTrue();
        assertThat(warned.after(new Warned(false), at(1)).isMarginal()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void anOperatorsMarkHoldsWhateverTheRuleFindsAndGoesWithAllElseWhenHeTakesItBack(ShakyPathRule rule) {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var path = Marginality.under(rule).after(new Marked(), at(0));
        var unmarked = Marginality.under(rule);
        for (var step = 0; step < 2_000; step++) {
            var event = any(random);
            path = path.after(event, at(step)).after(new Needed(), at(step));
            unmarked = unmarked.after(event, at(step)).after(new Needed(), at(step));

            assertThat(path.isMarginal()).as("seed %d", seed).isTrue();
            assertThat(path.why()).startsWith("an operator marked it");
            assertThat(path.found()).as("seed %d", seed).isEqualTo(unmarked);
            assertThat(path.wantsSample()).isEqualTo(unmarked.wantsSample());
            assertThat(path.isSampled()).isEqualTo(unmarked.isSampled());
        }

        assertThat(path.after(new Cleared(), at(3_000)).isMarginal())
                .as("seed %d: %s", seed, path)
                .isFalse();
        assertThat(path.ruledBy(COUNTED).isMarginal()).isTrue();
        assertThat(path.ruledBy(COUNTED).rule()).isEqualTo(COUNTED);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void anOperatorClearsAPathThatTheRuleFoundMarginal(ShakyPathRule rule) {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var path = Marginality.under(rule);
        var cleared = 0;
        for (var step = 0; step < 2_000; step++) {
            path = path.after(any(random), at(step));
            if (path.isMarginal()) {
                path = path.after(new Cleared(), at(step));
                cleared++;
                assertThat(path).as("seed %d", seed).isEqualTo(Marginality.under(rule));
            }
        }

        assertThat(cleared > 0).as("seed %d", seed).isEqualTo(!(rule instanceof ShakyPathRule.None));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whateverBefallsAPathItIsLegalAndSaysWhyAndIsReleasedWhenNeeded(ShakyPathRule rule) {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var path = Marginality.under(rule);
        var now = Duration.ZERO;
        for (var step = 0; step < 20_000; step++) {
            now = now.plusSeconds(random.nextInt(40));
            path = path.after(any(random), now);

            assertThat(path.rule()).as("seed %d", seed).isEqualTo(rule);
            assertThat(path.why().isEmpty()).as("seed %d: %s", seed, path).isEqualTo(!path.isMarginal());
            assertThat(path.wantsSample() && path.isSampled()).isFalse();
            if (!(rule instanceof ShakyPathRule.Fabric)) {
                assertThat(path.after(new Needed(), now).isMarginal())
                        .as("seed %d: %s", seed, path)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aPathThatStaysGoodIsTrustedInTheEnd(ShakyPathRule rule) {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var path = Marginality.under(rule);
        var now = Duration.ZERO;
        for (var step = 0; step < 500; step++) {
            now = now.plusSeconds(random.nextInt(40));
            path = path.after(any(random), now);
        }

        path = path.after(new Warned(false), now);
        for (var check = 0; check < 500 && path.isMarginal(); check++) {
            now = now.plusSeconds(5);
            path = path.after(new Good(), now);
            if (path.wantsSample()) {
                path = path.after(new SampleBegun(), now);
            }
            if (path.isSampled()) {
                path = path.after(new SampleEnded(10_000, 0), now);
            }
        }

        assertThat(path.isMarginal()).as("seed %d: %s", seed, path).isFalse();
    }

    private static Event any(Random random) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> new Failed(random.nextBoolean());
            case 2, 3, 4 -> new Good();
            case 5 -> new SampleBegun();
            case 6 -> new SampleEnded(random.nextInt(1_000), random.nextInt(100));
            case 7 -> new SampleLost();
            default -> new Warned(random.nextBoolean());
        };
    }

    /** Down and up every ten seconds, from 0 on. */
    private static Marginality returning(int times) {
        var path = Marginality.under(COUNTED);
        for (var time = 0; time < times; time++) {
            path = path.after(new Failed(true), at(10L * time)).after(new Good(), at(10L * time + 5));
        }
        return path;
    }

    private static Marginality failedTwice() {
        return Marginality.under(SAMPLED).after(new Failed(true), at(0)).after(new Failed(true), at(4));
    }

    private static Duration at(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
