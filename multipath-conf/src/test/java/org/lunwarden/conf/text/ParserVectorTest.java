package org.lunwarden.conf.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.Vectors;

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
            var keyword = expected.get("keyword").asText();
            var text = ConfigText.read(new SourceFile("f", "defaults {\n" + line + "\n}"), Anywhere.of(keyword));
            assertThat(text.sections().getFirst().assignments())
                    .extracting(Statement.Assignment::keyword, Statement.Assignment::value)
                    .containsExactly(tuple(keyword, expected.get("value").asText()));
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

    /** A grammar with one keyword, which may stand in every section. */
    record Anywhere(Set<String> keywords) implements Grammar {

        static Grammar of(String... keywords) {
            return new Anywhere(Set.of(keywords));
        }

        @Override
        public Set<Section> sections(String keyword) {
            return keywords.contains(keyword) ? Set.of(Section.values()) : Set.of();
        }

        @Override
        public boolean repeats(Section section, String keyword) {
            return keyword.startsWith("dev");
        }
    }
}
