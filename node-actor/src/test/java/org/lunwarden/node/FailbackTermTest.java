package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class FailbackTermTest {

    private static final Duration ARRIVED = Duration.ofHours(3);

    @Test
    void eachAnswersBeforeTheOneAboveItGivesUp() {
        for (var seconds = 1; seconds <= 600; seconds++) {
            var patience = Duration.ofSeconds(seconds);
            var viewWaits = patience.plus(patience.dividedBy(4));

            var term = FailbackTerm.of(ARRIVED, patience, ARRIVED.plus(patience.multipliedBy(2)));

            assertThat(term.beginBy()).isEqualTo(ARRIVED.plus(patience));
            assertThat(term.answerWithin(ARRIVED))
                    .isBetween(patience.plusNanos(1), FailbackTerm.nodeAnswersWithin(patience));
            assertThat(FailbackTerm.nodeAnswersWithin(patience)).isLessThan(viewWaits);
        }
    }

    @Test
    void aStepThatArrivedLongAgoIsAnsweredAtOnce() {
        var term = FailbackTerm.of(ARRIVED, Duration.ofSeconds(20), ARRIVED.plusSeconds(30));

        assertThat(term.answerWithin(ARRIVED.plusSeconds(60))).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void nothingBeginsAfterTheStepHasEndedHoweverPatientSomebodyIs() {
        var term = FailbackTerm.of(ARRIVED, Duration.ofSeconds(20), ARRIVED.plusSeconds(3));

        assertThat(term.beginBy()).isEqualTo(ARRIVED.plusSeconds(3));
    }

    @Test
    void aPatienceThatNoTimerCanKeepIsNotUsable() {
        assertThat(FailbackTerm.isUsable(Duration.ZERO)).isFalse();
        assertThat(FailbackTerm.isUsable(Duration.ofSeconds(-1))).isFalse();
        assertThat(FailbackTerm.isUsable(Duration.ofDays(400))).isFalse();
        assertThat(FailbackTerm.isUsable(Duration.ofSeconds(20))).isTrue();
    }
}
