package org.lunwarden.map.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.map.Settings;
import org.lunwarden.map.queueing.NoPathWatch.Hope;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class QueueingVectorTest {

    private static final Hope UP = new Hope(true, false, false);
    private static final Hope DOWN = new Hope(false, false, false);
    private static final Hope PENDING = new Hope(false, true, false);

    private final Queueing queueing = new Queueing();
    private Duration now = Duration.ofHours(1);

    static Stream<Arguments> cases() {
        return Vectors.states("no_path_retry");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void ioWaitsAndIsCountedAsInTheReference(String id, JsonNode in, JsonNode expect) {
        var settings = settings(in);
        queueing.follow(now, settings, UP, false);
        if (in.has("map_is_queueing")) {
            assertThat(queueing.wanted(settings.noPathRetry(), false))
                    .isEqualTo(in.get("map_is_queueing").asBoolean());
        }

        switch (in.get("event").asText()) {
            case "last active path fails" -> queueing.follow(now, settings, DOWN, false);
            case "last path fails while another path is pending" -> queueing.follow(now, settings, PENDING, false);
            case "path returns after the countdown expired" -> {
                queueing.follow(now, settings, DOWN, false);
                ends(settings);
                assertThat(queueing.wanted(settings.noPathRetry(), false)).isFalse();
                queueing.follow(now, settings, UP, false);
            }
            default -> fail("unknown event " + in.get("event"));
        }

        if (expect.has("countdown")) {
            assertThat(queueing.failAt().isPresent())
                    .isEqualTo(expect.get("countdown").asBoolean());
        }
        if (expect.has("ticks_until_fail_if_no_path")) {
            assertThat(queueing.failAt()).contains(now.plus(seconds(expect.get("ticks_until_fail_if_no_path"))));
            ends(settings);
        }
        if (expect.has("total_q_time_delta_at_that_moment")) {
            assertThat(queueing.queued(now)).isEqualTo(seconds(expect.get("total_q_time_delta_at_that_moment")));
        }
        if (expect.has("q_timeouts_delta")) {
            assertThat(queueing.timeouts())
                    .isEqualTo(expect.get("q_timeouts_delta").asLong());
        }
        if (expect.has("map_failures_delta")) {
            assertThat(queueing.failures())
                    .isEqualTo(expect.get("map_failures_delta").asLong());
        }
        if (expect.has("message")) {
            assertThat(expect.get("message").asText()).isEqualTo("queue_if_no_path");
            assertThat(queueing.wanted(settings.noPathRetry(), false)).isTrue();
        }
        if (expect.has("recovered")) {
            assertThat(queueing.failAt().isEmpty())
                    .isEqualTo(expect.get("recovered").asBoolean());
        }
    }

    private void ends(MapSettings settings) {
        now = queueing.failAt().orElseThrow();
        queueing.follow(now, settings, DOWN, false);
        assertThat(queueing.wanted(settings.noPathRetry(), false)).isFalse();
    }

    private static Duration seconds(JsonNode ticks) {
        return Duration.ofSeconds(ticks.asLong());
    }

    private static MapSettings settings(JsonNode in) {
        var word = in.get("no_path_retry").asText();
        var retry = switch (word) {
            case "unset", "fail" -> new NoPathRetry.Fail();
            case "queue" -> new NoPathRetry.Queue();
            default -> new NoPathRetry.Retry(Integer.parseInt(word));
        };
        return Settings.polling(
                Settings.of(GroupingPolicy.MULTIBUS, new Failback.Manual(), retry),
                Duration.ofSeconds(in.path("polling_interval").asLong(5)));
    }
}
