package org.lunwarden.model.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class WildcardFormatTest {

    static Stream<Arguments> raw() {
        return Vectors.of("output.json", "format_path_raw");
    }

    static Stream<Arguments> columns() {
        return Vectors.of("output.json", "format_path_columns");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("raw")
    void aLineIsWrittenAsTheReferenceWritesIt(String id, JsonNode in, JsonNode expect) {
        var fields = fields(in);

        assertThat(WildcardFormat.parse(in.get("format").asText(), fields.keySet())
                        .line(fields))
                .as(id)
                .isEqualTo(expect.get("text").asText());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("columns")
    void columnsArePaddedAsTheReferencePadsThem(String id, JsonNode in, JsonNode expect) {
        var fields = fields(in);
        var widths = new HashMap<Character, Integer>();
        in.get("widths")
                .properties()
                .forEach(width ->
                        widths.put(width.getKey().charAt(0), width.getValue().asInt()));

        assertThat(WildcardFormat.parse(in.get("format").asText(), fields.keySet())
                        .line(fields, widths))
                .as(id)
                .isEqualTo(expect.get("text").asText());
    }

    private static Map<Character, String> fields(JsonNode in) {
        var fields = new HashMap<Character, String>();
        in.get("fields")
                .properties()
                .forEach(field ->
                        fields.put(field.getKey().charAt(0), field.getValue().asText()));
        return fields;
    }
}
