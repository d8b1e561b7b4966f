package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.fleet.Epoch;

class FailbackWorkTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String DISKS = "it is on the disks of only 1 of 3 seeds";

    private final FailbackWork begun = FailbackWork.of(
            Progress.begun("failback-7", Optional.empty(), "eve", new Epoch(7, "v1:7600#a1"), NOON), Optional.empty());

    @Test
    void reasonsToWaitThatTakeTurnsAreEachToldOnce() {
        var waiting = begun;
        for (var round = 0; round < 50; round++) {
            waiting = waiting.waiting(DISKS, NOON).waiting(SharedBook.NO_MAJORITY, NOON);
        }

        assertThat(log(waiting))
                .containsExactly(
                        "begun by eve", "nothing is begun: " + DISKS, "nothing is begun: " + SharedBook.NO_MAJORITY);
    }

    @Test
    void theNextWaitIsToldAnewWhateverItsReason() {
        var again = begun.waiting(DISKS, NOON).paused(true, NOON).waiting(DISKS, NOON);

        assertThat(log(again))
                .containsExactly("begun by eve", "nothing is begun: " + DISKS, "paused", "nothing is begun: " + DISKS);
    }

    private static List<String> log(FailbackWork work) {
        return work.progress().log().stream().map(FailbackProgress.Entry::text).toList();
    }
}
