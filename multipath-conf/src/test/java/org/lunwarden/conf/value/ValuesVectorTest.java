package org.lunwarden.conf.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.text.Section;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class ValuesVectorTest {

    static Stream<Arguments> vectors() {
        return Vectors.of("values.json");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void aValueIsReadAsTheReferenceReadsIt(String id, JsonNode in, JsonNode expected) {
        var name = in.get("keyword").asText();
        var keyword = Stream.of(Section.DEFAULTS, Section.DEVICE, Section.MULTIPATH)
                .flatMap(section -> KeywordTable.INSTANCE.find(section, name).stream())
                .findFirst()
                .orElseThrow();

        var stored = stored(keyword, in.get("value").asText());

        if (expected.path("file_load_fails").asBoolean()) {
            assertThat(keyword.type().read(in.get("value").asText())).isInstanceOf(Value.Fatal.class);
        } else if (expected.path("rejected").asBoolean()) {
            assertThat(keyword.type().read(in.get("value").asText())).isInstanceOf(Value.Rejected.class);
        } else {
            assertThat(stored).contains(expected.get("stored").asText());
        }
    }

    /** As it would be written, without quotes; what counts as not said is stored as 0. */
    private static <T> Optional<String> stored(Keyword<T> keyword, String text) {
        return switch (keyword.type().read(text)) {
            case Value.Stored<T>(var value) ->
                Optional.of(unquoted(keyword.type().write(value)));
            case Value.Doubtful<T>(var value, var problem) ->
                Optional.of(unquoted(keyword.type().write(value)));
            case Value.Unset<T> unset -> Optional.of("0");
            case Value.Rejected<T> rejected -> Optional.empty();
            case Value.Fatal<T> fatal -> Optional.empty();
        };
    }

    private static String unquoted(String text) {
        return text.startsWith("\"") ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
    }
}
