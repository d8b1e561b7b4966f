package org.lunwarden.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.NoPathRetry;

@Tag("vectors")
class WordsVectorTest {

    /** Keywords of the vectors that have no setting yet: names, transport timeouts, marginal paths and the like. */
    private static final Set<String> WITHOUT_A_SETTING = Set.of(
            "alias",
            "alias_prefix",
            "auto_resize",
            "delay_watch_checks",
            "dev_loss_tmo",
            "eh_deadline",
            "fast_io_fail_tmo",
            "flush_on_last_del",
            "ghost_delay",
            "log_checker_err",
            "marginal_pathgroups",
            "max_retries",
            "reservation_key");

    /** Values that the reference takes and that are refused here, in words, until they are offered. */
    private static final Set<String> NOT_OFFERED = Set.of(
            "path_grouping_policy='group_by_tpg'",
            "user_friendly_names='yes'",
            "find_multipaths='no'",
            "find_multipaths='0'",
            "find_multipaths='off'",
            "find_multipaths='strict'");

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void aValueIsReadAsTheReferenceReadsIt(String id, String keyword, String text, JsonNode expected) {
        var value = parse(keyword, text);

        if (NOT_OFFERED.contains(id)) {
            assertThat(value).isInstanceOf(Value.Rejected.class);
        } else if (expected.path("rejected").asBoolean()) {
            assertThat(value).isInstanceOf(Value.Rejected.class);
        } else {
            assertThat(word(value)).isEqualTo(expected.get("stored").asText());
        }
    }

    @Test
    void everyKeywordOfTheVectorsIsEitherReadOrKnownToBeLeftOut() throws IOException {
        for (var vector : file().get("vectors")) {
            var keyword = vector.at("/in/keyword").asText();

            assertThat(Keywords.known().contains(keyword) || WITHOUT_A_SETTING.contains(keyword))
                    .as(keyword)
                    .isTrue();
        }
    }

    static Stream<Arguments> vectors() throws IOException {
        var rows = new ArrayList<Arguments>();
        for (var vector : file().get("vectors")) {
            var keyword = vector.at("/in/keyword").asText();
            if (!WITHOUT_A_SETTING.contains(keyword)) {
                rows.add(Arguments.of(
                        vector.get("id").asText(),
                        keyword,
                        vector.at("/in/value").asText(),
                        vector.get("expect")));
            }
        }
        assertThat(rows).hasSizeGreaterThan(30);
        return rows.stream();
    }

    private static JsonNode file() throws IOException {
        try (var in = WordsVectorTest.class.getResourceAsStream("/vectors/values.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
    }

    private static Value<?> parse(String keyword, String text) {
        return switch (keyword) {
            case "user_friendly_names" -> Words.userFriendlyNames(text);
            case "find_multipaths" -> Words.findMultipaths(text);
            case "no_path_retry" -> Words.noPathRetry(text);
            case "failback" -> Words.failback(text);
            case "polling_interval" -> Words.seconds(text);
            case "path_grouping_policy" -> Words.groupingPolicy(text);
            case "path_selector" -> Words.pathSelector(text);
            case "features", "hardware_handler" -> Words.countedWords(text);
            default -> throw new AssertionError("no parser for " + keyword);
        };
    }

    /** The value as the reference would store it. */
    private static String word(Value<?> value) {
        return switch (value) {
            case Value.Stored<?>(var stored) -> word(stored);
            case Value.Capped<?>(var stored, var problem) -> word(stored);
            case Value.Unset<?>() -> "0";
            case Value.Rejected<?>(var problem) -> "rejected: " + problem;
        };
    }

    private static String word(Object stored) {
        return switch (stored) {
            case Boolean yes -> yes ? "on" : "no";
            case NoPathRetry.Fail() -> "fail";
            case NoPathRetry.Queue() -> "queue";
            case NoPathRetry.Retry(var polls) -> Integer.toString(polls);
            case Failback.Manual() -> "manual";
            case Failback.Immediate() -> "immediate";
            case Failback.Followover() -> "followover";
            case Failback.Deferred(var delay) -> Long.toString(delay.toSeconds());
            case Duration pause -> Long.toString(pause.toSeconds());
            case GroupingPolicy policy -> policy.word();
            case List<?> words -> words.isEmpty() ? "0" : words.size() + " " + words.getFirst();
            default -> stored.toString();
        };
    }
}
