package org.lunwarden.path;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.provider.Arguments;

import org.lunwarden.model.PathState;

/** The vectors of {@code states.json}, by group. */
public final class StateVectors {

    private StateVectors() {}

    /** Id, input, expectation. */
    public static Stream<Arguments> of(String group) {
        try (var file = StateVectors.class.getResourceAsStream("/vectors/states.json")) {
            return StreamSupport.stream(
                            new ObjectMapper().readTree(file).get("vectors").spliterator(), false)
                    .filter(vector -> vector.get("group").asText().equals(group))
                    .map(vector -> Arguments.of(vector.get("id").asText(), vector.get("in"), vector.get("expect")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The state that a word of the vectors means. */
    public static PathState state(JsonNode word) {
        return PathState.valueOf(word.asText().toUpperCase(Locale.ROOT));
    }
}
