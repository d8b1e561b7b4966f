package org.lunwarden.path.marginal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.settings.ShakyPathRule;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class SanPathErrVectorsTest {

    static Stream<Arguments> cases() {
        return Vectors.states("san_path_err");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aPathThatComesBackTooOftenIsDelayedAsInTheReference(String id, JsonNode in, JsonNode expect) {
        var path = Marginality.under(new ShakyPathRule.Counted(
                in.get("threshold").asInt(),
                in.get("forget_rate").asInt(),
                Duration.ofSeconds(in.get("recovery_time").asLong())));

        var states = new ArrayList<String>();
        for (var check : in.get("checks")) {
            var now = Duration.ofSeconds(check.get("t").asLong());
            var up = check.get("result").asText().equals("up");
            path = path.after(up ? new Marginality.Good() : new Marginality.Failed(true), now);
            if (up && path.isMarginal() && !in.get("other_active_paths").asBoolean()) {
                path = path.after(new Marginality.Needed(), now);
            }
            states.add(up && path.isMarginal() ? "delayed" : check.get("result").asText());
        }

        var expected = new ArrayList<String>();
        expect.get("state_after_each").forEach(state -> expected.add(state.asText()));
        assertThat(states).as(id).isEqualTo(expected).isNotEmpty();
    }
}
