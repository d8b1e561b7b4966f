package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.path.PathLife.Checked;

class SpreadTest {

    private static final PathSettings SETTINGS = new PathSettings(
            CheckerKind.TUR,
            false,
            PrioKind.CONST,
            true,
            "",
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Precautions.NONE);

    @ParameterizedTest
    @EnumSource(
            value = PathState.class,
            names = {"UP", "DOWN"})
    void pathsThatStartTogetherAreNotCheckedTogether(PathState state) {
        var paths = 512;
        var second = Duration.ofSeconds(1).toMillis();
        var from = 200 * second;
        var perSecond = new int[40];
        for (var i = 0; i < paths; i++) {
            var spread = Spread.of(new DevT(8 + 57 * (i / 16), 16 * (i % 16)));
            var life = PathLife.unchecked(SETTINGS, false, Duration.ZERO);
            for (var now = spread.untilFirst(SETTINGS.pollingInterval()).toMillis(); now < from + 40 * second; ) {
                if (now >= from) {
                    perSecond[(int) ((now - from) / second)]++;
                }
                var step = life.observe(new Checked(state), SETTINGS, spread, Duration.ofMillis(now));
                life = step.next();
                now += step.check().toMillis();
            }
        }

        var interval = state == PathState.UP ? 20 : 5;
        var even = (double) paths / interval;
        assertThat(IntStream.of(perSecond).sum()).isBetween((int) (even * 38), (int) (even * 42));
        assertThat(IntStream.of(perSecond).max().orElseThrow()).isLessThanOrEqualTo((int) (even * 1.3) + 1);
    }

    /** As after a time in which the machine had no time for them. */
    @Test
    void checksThatCameLateAllAtOnceAreSpreadAgainInTwoIntervals() {
        var paths = 512;
        var interval = Duration.ofSeconds(5);
        var perHalfSecond = new int[10];
        for (var i = 0; i < paths; i++) {
            var spread = Spread.of(new DevT(8 + 57 * (i / 16), 16 * (i % 16)));
            var at = Duration.ofSeconds(1_003);
            for (var check = 0; check < 2; check++) {
                var pause = spread.rest(at, interval, interval.dividedBy(2));
                assertThat(pause).isBetween(interval.dividedBy(2), interval);
                at = at.plus(pause);
            }
            perHalfSecond[(int) (at.toMillis() % interval.toMillis() / 500)]++;
        }

        assertThat(IntStream.of(perHalfSecond).boxed())
                .allSatisfy(some -> assertThat(some).isBetween(paths / 10 / 2, paths / 10 * 2));
    }

    @Test
    void aCheckThatIsALittleOffItsMomentIsFollowedByOneThatIsNot() {
        var spread = new Spread(0.25);
        var interval = Duration.ofSeconds(4);
        var moment = Duration.ofSeconds(1 + 400);

        var half = interval.dividedBy(2);

        assertThat(spread.rest(moment, interval, half)).isEqualTo(interval);
        assertThat(spread.rest(moment.plusMillis(300), interval, half)).isEqualTo(Duration.ofMillis(3_700));
        assertThat(spread.rest(moment.minusMillis(50), interval, half)).isEqualTo(interval);
        assertThat(spread.rest(moment.minusSeconds(1), interval, half)).isEqualTo(Duration.ofMillis(2_500));
        assertThat(spread.rest(moment.minusSeconds(1), interval, Duration.ofSeconds(1)))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void firstChecksComeWithinHalfASecondSinceMapsWaitForThem() {
        var latest = IntStream.range(0, 1000)
                .mapToObj(minor -> Spread.of(new DevT(8, minor)).untilFirst(Duration.ofSeconds(5)))
                .max(Duration::compareTo)
                .orElseThrow();

        assertThat(latest).isBetween(Duration.ofMillis(450), Duration.ofMillis(500));
        assertThat(Spread.of(new DevT(8, 16)).untilFirst(Duration.ofSeconds(1)))
                .isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void pathsThatWereCheckedTogetherAreNextCheckedEvenlyOverTheInterval() {
        var paths = 512;
        var interval = Duration.ofSeconds(5);
        var perHalfSecond = new int[10];
        for (var i = 0; i < paths; i++) {
            var turn = Spread.of(new DevT(8 + 57 * (i / 16), 16 * (i % 16))).soon(Duration.ofSeconds(1_003), interval);
            assertThat(turn).isBetween(Duration.ofMillis(500), interval);
            perHalfSecond[(int) Math.min(9, turn.toMillis() / 500)]++;
        }

        assertThat(perHalfSecond[0]).isZero();
        assertThat(IntStream.of(perHalfSecond).skip(1))
                .allSatisfy(some -> assertThat(some).isBetween(paths / 9 / 2, paths / 9 * 2));
    }
}
