package org.lunwarden.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.text.QuotedWords;
import org.lunwarden.vectors.Vectors;

/** How a command's words are understood. Of the reference's commands not all are there yet, but none that it has not. */
@Tag("vectors")
class CommandWordsVectorTest {

    static Stream<Arguments> vectors() {
        return Vectors.of("cli.json");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void wordsAreUnderstoodAsTheReferenceDoes(String id, JsonNode in, JsonNode expected) {
        if (in.has("keyword")) {
            keyword(in.get("keyword").asText(), expected);
        } else if (in.has("command")) {
            command(in.get("command").asText(), expected);
        } else {
            offered(texts(expected.get("commands")));
        }
    }

    private static void keyword(String word, JsonNode expected) {
        var shortest = expected.get("shortest_accepted").asText();
        assertThat(word).startsWith(shortest);
        assertThat(Keyword.of(shortest)).isEqualTo(Keyword.of(word)).isPresent();
        if (!expected.get("rejected_one_shorter").isNull()) {
            var shorter = expected.get("rejected_one_shorter").asText();
            var isAnother = Keyword.of(shorter).filter(keyword -> keyword.spells(shorter));
            // a whole word is never another one cut short
            assertThat(Keyword.of(shorter)).isEqualTo(isAnother);
        }
    }

    private static void command(String command, JsonNode expected) {
        var parsed = CommandWords.parse(command);
        var words = QuotedWords.of(command).size();
        switch (expected.get("parse").asText()) {
            case "ok" -> {
                assertThat(parsed).isInstanceOf(CommandWords.Understood.class);
                var understood = (CommandWords.Understood) parsed;
                assertThat(understood.keywords().stream().map(Enum::name)).isEqualTo(texts(expected.get("keywords")));
                assertThat(understood.arguments())
                        .isEqualTo(expected.has("arguments") ? texts(expected.get("arguments")) : List.of());
                if (CommandTable.TABLE.containsKey(understood.keywords())) {
                    assertThat(expected.get("has_handler").asBoolean()).isTrue();
                }
            }
            case "unknown_last" -> assertThat(parsed).isEqualTo(new CommandWords.Wrong(words, CommandWords.NOT_FOUND));
            case "unknown_not_last" ->
                assertThat(parsed)
                        .isInstanceOfSatisfying(
                                CommandWords.Wrong.class,
                                wrong -> assertThat(wrong.word()).isBetween(1, words - 1));
            case "missing_argument" ->
                assertThat(parsed).isEqualTo(new CommandWords.Wrong(words, CommandWords.MISSING_ARGUMENT));
            case "empty" -> assertThat(parsed).isEqualTo(new CommandWords.Wrong(0, CommandWords.NOT_FOUND));
            default -> throw new AssertionError("no such outcome: " + expected);
        }
    }

    private static void offered(List<String> commands) {
        var ours = CommandTable.TABLE.keySet().stream()
                .filter(keywords -> !keywords.contains(Keyword.WHY) && !keywords.contains(Keyword.HELP))
                .map(keywords -> keywords.stream().map(Enum::name).collect(Collectors.joining(" ")))
                .toList();

        assertThat(commands).containsAll(ours);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
