package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.path.PathLife.Checked;
import org.lunwarden.path.PathLife.Observation;

class PathLifeTest {

    private static final PathSettings SETTINGS = settings(5, 20);
    private static final Spread FULL = new Spread(1.0);
    private static final Duration NOW = Duration.ofDays(1);

    private static PathSettings settings(int polling, int max) {
        return new PathSettings(
                CheckerKind.TUR,
                false,
                PrioKind.CONST,
                true,
                "",
                Duration.ofSeconds(polling),
                Duration.ofSeconds(max),
                Duration.ofSeconds(30),
                Precautions.NONE);
    }

    private static PathLife in(PathState state) {
        return new PathLife(state, SETTINGS.pollingInterval(), Optional.empty(), 0, false, false);
    }

    /** Was, seen, is. */
    static Stream<Arguments> oneCheck() {
        return Stream.of(
                arguments(PathState.UNCHECKED, PathState.UP, PathState.UP),
                arguments(PathState.UNCHECKED, PathState.DOWN, PathState.DOWN),
                arguments(PathState.UNCHECKED, PathState.PENDING, PathState.PENDING),
                arguments(PathState.UNCHECKED, PathState.WILD, PathState.WILD),
                arguments(PathState.PENDING, PathState.GHOST, PathState.GHOST),
                arguments(PathState.UP, PathState.UP, PathState.UP),
                arguments(PathState.UP, PathState.GHOST, PathState.GHOST),
                arguments(PathState.UP, PathState.PENDING, PathState.UP),
                arguments(PathState.UP, PathState.WILD, PathState.UP),
                arguments(PathState.UP, PathState.DOWN, PathState.DOWN),
                arguments(PathState.UP, PathState.TIMEOUT, PathState.TIMEOUT),
                arguments(PathState.UP, PathState.REMOVED, PathState.DOWN),
                arguments(PathState.UP, PathState.DISCONNECTED, PathState.DOWN),
                arguments(PathState.GHOST, PathState.SHAKY, PathState.SHAKY),
                arguments(PathState.DOWN, PathState.TIMEOUT, PathState.TIMEOUT),
                arguments(PathState.DOWN, PathState.PENDING, PathState.DOWN),
                arguments(PathState.DOWN, PathState.UP, PathState.UP),
                arguments(PathState.TIMEOUT, PathState.UP, PathState.UP));
    }

    @ParameterizedTest(name = "{0}, seen {1}: {2}")
    @MethodSource("oneCheck")
    void aCheckDecidesTheState(PathState was, PathState seen, PathState is) {
        var step = in(was).observe(new Checked(seen), SETTINGS, FULL, NOW);

        assertThat(step.next().state()).isEqualTo(is);
    }

    /** Was, is when it is doubted. */
    static Stream<Arguments> doubts() {
        return Stream.of(
                arguments(PathState.UP, PathState.PENDING),
                arguments(PathState.GHOST, PathState.PENDING),
                arguments(PathState.DOWN, PathState.DOWN),
                arguments(PathState.TIMEOUT, PathState.TIMEOUT),
                arguments(PathState.UNCHECKED, PathState.UNCHECKED));
    }

    @ParameterizedTest(name = "{0}, doubted: {1}")
    @MethodSource("doubts")
    void aDoubtedPathIsOutUntilACheckProvesIt(PathState was, PathState is) {
        var doubted = in(was).observe(new PathLife.Doubted(), SETTINGS, FULL, NOW);
        var undecided = doubted.next().observe(new Checked(PathState.PENDING), SETTINGS, FULL, NOW);

        assertThat(doubted.next().state()).isEqualTo(is);
        assertThat(doubted.check()).isZero();
        assertThat(undecided.next().isOut()).isTrue();
        assertThat(undecided
                        .next()
                        .observe(new Checked(PathState.UP), SETTINGS, FULL, NOW)
                        .next()
                        .isOut())
                .isFalse();
    }

    @Test
    void aPendingCheckIsLookedAtEverySecondAndItsTimeCounts() {
        var pending = in(PathState.DOWN)
                .observe(new Checked(PathState.PENDING), SETTINGS, FULL, NOW)
                .next()
                .observe(new Checked(PathState.PENDING), SETTINGS, FULL, NOW.plusSeconds(1));

        var ended = pending.next().observe(new Checked(PathState.DOWN), SETTINGS, FULL, NOW.plusSeconds(2));

        assertThat(pending.check()).isEqualTo(Duration.ofSeconds(1));
        assertThat(ended.check()).isEqualTo(Duration.ofSeconds(3));
        assertThat(ended.next().undecidedSince()).isEmpty();
    }

    @Test
    void aLongPendingCheckStillLeavesAPause() {
        var life = in(PathState.DOWN)
                .observe(new Checked(PathState.PENDING), SETTINGS, FULL, NOW)
                .next();

        assertThat(life.observe(new Checked(PathState.DOWN), SETTINGS, FULL, NOW.plusSeconds(64))
                        .check())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(life.observe(new Checked(PathState.DOWN), SETTINGS, FULL, NOW.plusMillis(64_500))
                        .check())
                .isEqualTo(Duration.ofMillis(2_750));
    }

    /** Undecided from that moment on: never checked, doubted, a check without an end. */
    static Stream<Arguments> undecided() {
        return Stream.of(
                arguments(PathLife.unchecked(SETTINGS, false, NOW)),
                arguments(in(PathState.UP)
                        .observe(new PathLife.Doubted(), SETTINGS, FULL, NOW)
                        .next()),
                arguments(in(PathState.DOWN)
                        .observe(new Checked(PathState.PENDING), SETTINGS, FULL, NOW)
                        .next()));
    }

    @ParameterizedTest
    @MethodSource("undecided")
    void howLongAPathIsUndecidedIsAMatterOfTimeNotOfChecks(PathLife life) {
        var timeout = SETTINGS.checkerTimeout();
        var later = life.observe(new Checked(PathState.PENDING), SETTINGS, FULL, NOW.plusSeconds(29))
                .next();

        assertThat(later.isUndecidedFor(timeout, NOW.plusSeconds(29))).isFalse();
        assertThat(later.isUndecidedFor(timeout, NOW.plusSeconds(30))).isTrue();
        assertThat(later.observe(new Checked(PathState.DOWN), SETTINGS, FULL, NOW.plusSeconds(60))
                        .next()
                        .isUndecidedFor(timeout, NOW.plusSeconds(90)))
                .isFalse();
    }

    @Test
    void aSilentDeviceIsAskedOnceMoreAndThenLeftAloneUntilItAnswers() {
        var once = in(PathState.UP).observe(new PathLife.Overdue(PathState.TIMEOUT), SETTINGS, FULL, NOW);
        var twice = once.next().observe(new PathLife.Overdue(PathState.TIMEOUT), SETTINGS, FULL, NOW);
        var held = twice.next().observe(new PathLife.Held(PathState.TIMEOUT), SETTINGS, FULL, NOW);
        var late = held.next().observe(new PathLife.AnsweredLate(), SETTINGS, FULL, NOW);

        assertThat(once.next().mayCheck()).isTrue();
        assertThat(twice.next().mayCheck()).isFalse();
        assertThat(held.next()).isEqualTo(twice.next());
        assertThat(held.check()).isEqualTo(SETTINGS.pollingInterval());
        assertThat(late.next().mayCheck()).isTrue();
        assertThat(late.next().state()).as("an old answer is no state").isEqualTo(PathState.TIMEOUT);
        assertThat(late.check()).isZero();
    }

    @Test
    void theKernelsWordCountsWhileTheDeviceIsSilentAndItsSilenceWhenTheKernelSaysNothing() {
        var silent = new PathLife(PathState.TIMEOUT, SETTINGS.pollingInterval(), Optional.empty(), 2, false, false);

        var offline =
                silent.observe(new Checked(PathState.DOWN), SETTINGS, FULL, NOW).next();
        var blocked = offline.observe(new Checked(PathState.PENDING), SETTINGS, FULL, NOW);
        var running = offline.observe(new PathLife.Held(PathState.TIMEOUT), SETTINGS, FULL, NOW)
                .next();

        assertThat(offline.state()).isEqualTo(PathState.DOWN);
        assertThat(blocked.next().state()).as("the state before").isEqualTo(PathState.DOWN);
        assertThat(blocked.check()).isEqualTo(Duration.ofSeconds(1));
        assertThat(running.state()).isEqualTo(PathState.TIMEOUT);
        assertThat(running.mayCheck()).isFalse();
    }

    @Test
    void everyPathThatIsNotInUseIsOutOneThatWasNeverCheckedToo() {
        assertThat(Stream.of(PathState.values()).filter(state -> !in(state).isOut()))
                .containsExactlyInAnyOrder(PathState.UP, PathState.GHOST);
        assertThat(in(PathState.UP)
                        .observe(new PathLife.FailedByAdmin(), SETTINGS, FULL, NOW)
                        .next()
                        .isOut())
                .isTrue();
    }

    @Test
    void whatAnOperatorFailedStaysFailedUntilTheOperatorSaysOtherwiseAndACheckProvesIt() {
        var failed = in(PathState.UP).observe(new PathLife.FailedByAdmin(), SETTINGS, FULL, NOW);
        var found = failed.next().observe(new Checked(PathState.UP), SETTINGS, FULL, NOW);
        var reinstated = found.next().observe(new PathLife.ReinstatedByAdmin(), SETTINGS, FULL, NOW);

        assertThat(failed.next().state()).isEqualTo(PathState.DOWN);
        assertThat(found.next().state()).isEqualTo(PathState.DOWN);
        assertThat(reinstated.next().state()).isEqualTo(PathState.PENDING);
        assertThat(reinstated.next().isOut()).isTrue();
        assertThat(reinstated.check()).isZero();
    }

    @Test
    void anOperatorCannotReinstateAFault() {
        var broken = in(PathState.UP)
                .observe(new PathLife.FailedByAdmin(), SETTINGS, FULL, NOW)
                .next()
                .observe(new Checked(PathState.DOWN), SETTINGS, FULL, NOW)
                .next();

        var step = broken.observe(new PathLife.ReinstatedByAdmin(), SETTINGS, FULL, NOW);

        assertThat(step.next().state()).isEqualTo(PathState.DOWN);
        assertThat(step.check()).as("the fault is looked at again").isZero();
    }

    @Test
    void otherSettingsBoundThePauseAtOnce() {
        var steady = new PathLife(PathState.UP, Duration.ofSeconds(20), Optional.empty(), 0, false, false);

        assertThat(steady.under(settings(2, 8)).pause()).isEqualTo(Duration.ofSeconds(8));
        assertThat(steady.under(settings(30, 60)).pause()).isEqualTo(Duration.ofSeconds(30));
        assertThat(steady.under(settings(10, 40)).pause()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aSlowAnswerDoesNotBeginTheDoublingAnew() {
        var steady = new PathLife(PathState.UP, Duration.ofSeconds(20), Optional.empty(), 0, false, false);

        var asked = steady.observe(new Checked(PathState.PENDING), settings(5, 80), FULL, NOW);
        var answered = asked.next().observe(new Checked(PathState.UP), settings(5, 80), FULL, NOW.plusSeconds(1));

        assertThat(asked.check()).isEqualTo(Duration.ofSeconds(1));
        assertThat(answered.next().pause()).isEqualTo(Duration.ofSeconds(40));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 20261121, 99991})
    void whateverHappensAPathKeepsItsRules(long seed) {
        var random = new Random(seed);
        for (var run = 0; run < 300; run++) {
            var settings = settings(1 + random.nextInt(10), 10 + random.nextInt(60));
            var spread = new Spread(random.nextDouble());
            var life = PathLife.unchecked(settings, random.nextInt(4) == 0, NOW);
            for (var i = 0; i < 200; i++) {
                var observation = any(random);
                var step = life.heldBack(random.nextInt(6) == 0)
                        .observe(observation, settings, spread, NOW.plusSeconds(3L * i));

                var next = step.next();
                if (observation instanceof PathLife.Denied || observation instanceof PathLife.FailedByKernel) {
                    assertThat(next.state().isUsable()).as("not before a check").isFalse();
                }
                if (next.heldBack()) {
                    assertThat(next.state().isUsable()).as("kept out of use").isFalse();
                }
                assertThat(next.found())
                        .as("no state that only a checker sees")
                        .isNotIn(PathState.REMOVED, PathState.DISCONNECTED);
                assertThat(next.pause()).isBetween(settings.pollingInterval(), settings.maxPollingInterval());
                assertThat(step.check()).isBetween(Duration.ZERO, settings.maxPollingInterval());
                assertThat(next.overdue()).isBetween(0, PathLife.MOST_OVERDUE);
                if (next.adminFailed()) {
                    assertThat(next.state().isUsable()).isFalse();
                }
                life = next;
            }
        }
    }

    private static Observation any(Random random) {
        var states = PathState.values();
        return switch (random.nextInt(16)) {
            case 0 -> new PathLife.Overdue(PathState.TIMEOUT);
            case 1 -> new PathLife.AnsweredLate();
            case 2 -> new PathLife.Held(PathState.TIMEOUT);
            case 3 -> new PathLife.FailedByAdmin();
            case 4 -> new PathLife.ReinstatedByAdmin();
            case 5, 6 -> new Checked(states[random.nextInt(states.length)]);
            case 7 -> new PathLife.Doubted();
            case 8 -> new PathLife.FailedByKernel();
            case 9 -> new PathLife.Denied();
            default -> new Checked(random.nextBoolean() ? PathState.UP : PathState.DOWN);
        };
    }
}
