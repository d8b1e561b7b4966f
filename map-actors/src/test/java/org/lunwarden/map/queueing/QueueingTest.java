package org.lunwarden.map.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.lunwarden.map.Settings;
import org.lunwarden.map.queueing.NoPathWatch.Hope;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.NoPathRetry;

class QueueingTest {

    private static final Hope UP = new Hope(true, false, false);
    private static final Hope DOWN = new Hope(false, false, false);
    private static final NoPathRetry TWO = new NoPathRetry.Retry(2);
    private static final MapSettings RETRYING = Settings.of(GroupingPolicy.MULTIBUS, new Failback.Manual(), TWO);
    private static final MapSettings ENDLESS =
            Settings.of(GroupingPolicy.MULTIBUS, new Failback.Manual(), new NoPathRetry.Queue());

    private final Queueing queueing = new Queueing();

    @Test
    void anOperatorsWordHoldsUntilItIsTakenBack() {
        queueing.follow(Duration.ZERO, ENDLESS, UP, false);

        queueing.disable();
        queueing.follow(Duration.ofSeconds(1), ENDLESS, DOWN, false);
        queueing.settingsChanged(Duration.ofSeconds(2));
        assertThat(queueing.wanted(ENDLESS.noPathRetry(), false)).isFalse();
        assertThat(queueing.failures()).isEqualTo(1);
        queueing.restore();

        assertThat(queueing.wanted(ENDLESS.noPathRetry(), false)).isTrue();
    }

    @Test
    void whatTheKernelDidBeforeTheWordIsRestoredWhereNothingElseIsKnown() {
        var unknown = Settings.of(GroupingPolicy.MULTIBUS, new Failback.Manual(), new NoPathRetry.AsItIs());
        queueing.follow(Duration.ZERO, unknown, DOWN, true);
        queueing.disable();
        queueing.follow(Duration.ofSeconds(1), unknown, DOWN, false);
        assertThat(queueing.wanted(unknown.noPathRetry(), false)).isFalse();

        queueing.restore();
        queueing.follow(Duration.ofSeconds(2), unknown, DOWN, false);
        assertThat(queueing.wanted(unknown.noPathRetry(), false)).isTrue();
        queueing.follow(Duration.ofSeconds(3), unknown, DOWN, true);

        queueing.follow(Duration.ofSeconds(4), unknown, DOWN, false);
        assertThat(queueing.wanted(unknown.noPathRetry(), false))
                .as("others made it fail")
                .isFalse();
    }

    @Test
    void ioThatWaitsWhileQueueingIsDisabledIsAFailureOnce() {
        queueing.follow(Duration.ZERO, ENDLESS, DOWN, false);
        assertThat(queueing.failures()).isZero();

        queueing.disable();
        queueing.disable();

        assertThat(queueing.failures()).isEqualTo(1);
    }

    @Test
    void ioThatFailsIsCountedOnceWhateverElseWouldMakeItFail() {
        var failing = Settings.of(GroupingPolicy.MULTIBUS, new Failback.Manual(), new NoPathRetry.Fail());
        queueing.follow(Duration.ZERO, failing, UP, false);
        queueing.follow(Duration.ofSeconds(1), failing, DOWN, false);
        queueing.disable();
        queueing.follow(Duration.ofSeconds(2), failing, DOWN, false);
        assertThat(queueing.failures()).isEqualTo(1);

        queueing.restore();
        queueing.follow(Duration.ofSeconds(3), RETRYING, UP, false);
        queueing.follow(Duration.ofSeconds(4), RETRYING, DOWN, false);
        queueing.disable();
        queueing.follow(Duration.ofMinutes(1), RETRYING, DOWN, false);

        assertThat(queueing.failAt()).isEmpty();
        assertThat(queueing.failures()).isEqualTo(2);
    }

    @Test
    void theTimeOfACountdownIsCountedWhileItRunsAndWhenAPathEndsIt() {
        queueing.follow(Duration.ZERO, RETRYING, UP, false);
        queueing.follow(Duration.ofSeconds(10), RETRYING, DOWN, false);
        assertThat(queueing.queued(Duration.ofSeconds(14))).isEqualTo(Duration.ofSeconds(4));

        queueing.follow(Duration.ofSeconds(17), RETRYING, UP, false);

        assertThat(queueing.queued(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(7));
        assertThat(queueing.failures()).isZero();
        assertThat(queueing.timeouts()).isEqualTo(1);
    }

    @Test
    void countingAnewCountsWhatIsLeftOfACountdown() {
        queueing.follow(Duration.ZERO, RETRYING, UP, false);
        queueing.follow(Duration.ofSeconds(10), RETRYING, DOWN, false);

        queueing.resetCounters(Duration.ofSeconds(12));
        assertThat(queueing.queued(Duration.ofSeconds(12))).isEqualTo(Duration.ZERO);
        queueing.follow(Duration.ofSeconds(17), RETRYING, UP, false);

        assertThat(queueing.queued(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(5));
        assertThat(queueing.timeouts()).isZero();
    }

    @Test
    void otherSettingsEndACountdownAndKeepWhatItTook() {
        queueing.follow(Duration.ofSeconds(10), RETRYING, DOWN, false);

        queueing.settingsChanged(Duration.ofSeconds(13));

        assertThat(queueing.failAt()).isEmpty();
        assertThat(queueing.queued(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(3));
    }
}
