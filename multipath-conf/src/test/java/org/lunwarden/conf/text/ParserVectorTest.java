package org.lunwarden.conf.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class ParserVectorTest {

    static Stream<Arguments> vectors() {
        return Vectors.of("parser.json");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void aLineIsReadAsTheReferenceReadsIt(String id, JsonNode in, JsonNode expected) {
        var line = in.get("line").asText();

        assertThat(words(line)).isEqualTo(words(expected.get("tokens")));
        if (expected.has("keyword")) {
            var read = LineTokens.of(line);
            assertThat(read.tokens().getFirst().text())
                    .isEqualTo(expected.get("keyword").asText());
            assertThat(read.value().text()).isEqualTo(expected.get("value").asText());
        }
    }

    private static List<String> words(String line) {
        return LineTokens.of(line).tokens().stream()
                .map(token -> token.kind() == Token.Kind.QUOTE ? "<QUOTE>" : token.text())
                .toList();
    }

    private static List<String> words(JsonNode tokens) {
        var words = new ArrayList<String>();
        tokens.forEach(token -> words.add(token.asText()));
        return words;
    }
}
