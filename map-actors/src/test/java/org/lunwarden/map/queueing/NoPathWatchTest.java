package org.lunwarden.map.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.map.Vectors;
import org.lunwarden.model.settings.NoPathRetry;

class NoPathWatchTest {

    private static final NoPathRetry TWELVE = new NoPathRetry.Retry(12);
    private static final Duration POLL = Duration.ofSeconds(5);

    static Stream<JsonNode> countdowns() {
        return Vectors.states("no_path_retry")
                .filter(vector -> vector.at("/expect").has("ticks_until_fail_if_no_path"));
    }

    @ParameterizedTest
    @MethodSource("countdowns")
    void queueingEndsWhenTheReferenceEndsIt(JsonNode vector) {
        var retry = new NoPathRetry.Retry(vector.at("/in/no_path_retry").asInt());
        var poll = Duration.ofSeconds(vector.at("/in/polling_interval").asInt());
        var end = Duration.ofSeconds(
                vector.at("/expect/ticks_until_fail_if_no_path").asInt());

        var started = NoPathWatch.CALM.at(Duration.ZERO, retry, poll, false, false);

        assertThat(started.failAt()).contains(end);
        assertThat(started.at(end.minusNanos(1), retry, poll, false, false).queueing(retry))
                .isTrue();
        assertThat(started.at(end, retry, poll, false, false).queueing(retry)).isFalse();
    }

    @Test
    void aPathThatReturnsAfterTheEndBringsQueueingBack() {
        var expired = new NoPathWatch(Optional.empty(), true);

        assertThat(expired.queueing(TWELVE)).isFalse();
        assertThat(expired.at(POLL, TWELVE, POLL, true, false).queueing(TWELVE)).isTrue();
    }

    @Test
    void noCountdownStartsWhileACheckHasNotTold() {
        assertThat(NoPathWatch.CALM.at(Duration.ZERO, TWELVE, POLL, false, true).failAt())
                .isEmpty();
    }

    @Test
    void failAndQueueNeverCount() {
        for (var retry : new NoPathRetry[] {new NoPathRetry.Fail(), new NoPathRetry.Queue()}) {
            assertThat(NoPathWatch.CALM.at(Duration.ZERO, retry, POLL, false, false))
                    .isEqualTo(NoPathWatch.CALM);
        }
        assertThat(NoPathWatch.CALM.queueing(new NoPathRetry.Fail())).isFalse();
        assertThat(NoPathWatch.CALM.queueing(new NoPathRetry.Queue())).isTrue();
    }
}
