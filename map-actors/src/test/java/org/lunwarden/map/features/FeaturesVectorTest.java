package org.lunwarden.map.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class FeaturesVectorTest {

    static Stream<Arguments> vectors() {
        return Vectors.of("features.json");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void featuresAreEditedAsTheReferenceEditsThem(String id, JsonNode in, JsonNode expected) {
        var features = new Features(text(in.get("features")));
        var result = new Features(text(expected.get("features")));

        switch (in.get("op").asText()) {
            case "add" -> assertEdited(features.with(text(in.get("feature"))), features, result, expected);
            case "remove" -> assertEdited(features.without(text(in.get("feature"))), features, result, expected);
            case "reconcile_queue_mode" ->
                assertThat(features.reconciledWith(mode(in.get("queue_mode"))))
                        .isEqualTo(new Features.Reconciled(result, mode(expected.get("queue_mode"))));
            default -> throw new AssertionError("no such operation: " + in);
        }
    }

    /** Features that cannot be edited stay what they were. */
    private static void assertEdited(Optional<Features> edited, Features before, Features after, JsonNode expected) {
        assertThat(edited.isPresent()).isEqualTo(expected.get("ok").asBoolean());
        assertThat(edited.orElse(before)).isEqualTo(after);
    }

    private static String text(JsonNode node) {
        return node.isNull() ? "" : node.asText();
    }

    private static QueueMode mode(JsonNode node) {
        return node.isNull() ? QueueMode.UNSET : QueueMode.valueOf(node.asText().toUpperCase(Locale.ROOT));
    }
}
