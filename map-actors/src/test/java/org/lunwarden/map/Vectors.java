package org.lunwarden.map;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.lunwarden.model.PathState;

/** The vectors under {@code /vectors}. */
public final class Vectors {

    private Vectors() {}

    public static Stream<JsonNode> of(String file) {
        try (var stream = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + file))) {
            return StreamSupport.stream(
                    new ObjectMapper().readTree(stream).get("vectors").spliterator(), false);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Stream<JsonNode> states(String group) {
        return of("states.json").filter(vector -> vector.get("group").asText().equals(group));
    }

    public static PathState state(JsonNode word) {
        return PathState.valueOf(word.asText().toUpperCase(Locale.ROOT));
    }

    public static int priority(JsonNode value) {
        return value.asText().equals("undef") ? -1 : value.asInt();
    }
}
