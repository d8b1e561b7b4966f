package org.lunwarden.map.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.map.queueing.NoPathWatch.Hope;
import org.lunwarden.model.settings.NoPathRetry;

class NoPathWatchTest {

    private static final NoPathRetry TWELVE = new NoPathRetry.Retry(12);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Hope UP = new Hope(true, false, false);
    private static final Hope DOWN = new Hope(false, false, false);
    private static final Hope UNDECIDED = new Hope(false, true, false);
    private static final Hope UNREAD = new Hope(false, false, true);

    @Test
    void aPathThatReturnsAfterTheEndBringsQueueingBack() {
        var expired = new NoPathWatch(Optional.empty(), true);

        assertThat(expired.queueing(TWELVE, false)).isFalse();
        assertThat(expired.at(POLL, TWELVE, POLL, UP).queueing(TWELVE, false)).isTrue();
    }

    @Test
    void noCountdownStartsWhileACheckHasNotTold() {
        assertThat(NoPathWatch.CALM.at(Duration.ZERO, TWELVE, POLL, UNDECIDED).failAt())
                .isEmpty();
    }

    @Test
    void aCheckThatHasNotToldStopsNoCountdown() {
        var started = NoPathWatch.CALM.at(Duration.ZERO, TWELVE, POLL, DOWN);

        assertThat(started.at(POLL, TWELVE, POLL, UNDECIDED)).isEqualTo(started);
    }

    @Test
    void aPathThatIsUsedAndCannotBeReadStopsACountdownAndKeepsItFromBeginning() {
        var started = NoPathWatch.CALM.at(Duration.ZERO, TWELVE, POLL, DOWN);

        assertThat(started.at(POLL, TWELVE, POLL, UNREAD)).isEqualTo(NoPathWatch.CALM);
        assertThat(NoPathWatch.CALM.at(POLL, TWELVE, POLL, UNREAD)).isEqualTo(NoPathWatch.CALM);
        assertThat(new NoPathWatch(Optional.empty(), true)
                        .at(POLL, TWELVE, POLL, UNREAD)
                        .expired())
                .isTrue();
    }

    @Test
    void failAndQueueNeverCount() {
        for (var retry : new NoPathRetry[] {new NoPathRetry.Fail(), new NoPathRetry.Queue()}) {
            assertThat(NoPathWatch.CALM.at(Duration.ZERO, retry, POLL, DOWN)).isEqualTo(NoPathWatch.CALM);
        }
        assertThat(NoPathWatch.CALM.queueing(new NoPathRetry.Fail(), false)).isFalse();
        assertThat(NoPathWatch.CALM.queueing(new NoPathRetry.Queue(), false)).isTrue();
    }
}
