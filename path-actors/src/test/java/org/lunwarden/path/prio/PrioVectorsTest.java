package org.lunwarden.path.prio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.AluaState;
import org.lunwarden.model.map.Priority;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class PrioVectorsTest {

    static Stream<Arguments> alua() {
        return Vectors.states("prio_alua");
    }

    static Stream<Arguments> errors() {
        return Vectors.states("prio_error_handling");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alua")
    void anAccessStateIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        var state = Arrays.stream(AluaState.values())
                .filter(each -> each.code() == in.get("aas").asInt())
                .findFirst()
                .orElseThrow();

        var priority = AluaPriority.of(
                state,
                in.get("preferred").asBoolean(),
                in.get("exclusive_pref_bit").asBoolean());

        assertThat(state.sysfsWord()).as(id).isEqualTo(in.get("state").asText());
        assertThat(priority.value()).as(id).isEqualTo(expect.get("prio").asInt());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void aPriorityThatCannotBeReadIsKeptOrLostAsInTheReference(String id, JsonNode in, JsonNode expect) {
        var failed = new PrioReading.Failed("code " + in.get("plugin").asInt());

        var priority = failed.after(new Priority(in.get("old").asInt()), Vectors.state(in.get("sysfs_state")));

        assertThat(priority)
                .as(id)
                .isEqualTo(
                        expect.get("prio").isNumber()
                                ? new Priority(expect.get("prio").asInt())
                                : Priority.UNDEFINED);
    }
}
