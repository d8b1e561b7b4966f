package org.lunwarden.conf.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.vectors.Vectors;

class EreTest {

    /** Only so that a reader that never ends fails one test and not the build. */
    private static final Duration ENDLESS = Duration.ofMinutes(1);

    /** Recorded from glibc, in parts of which each is one test. */
    static Stream<Arguments> recorded() {
        var vectors = Vectors.ours("ere.json").toList();
        return Stream.iterate(0, from -> from < vectors.size(), from -> from + 100)
                .map(from -> Arguments.of(from, vectors.subList(from, Math.min(vectors.size(), from + 100))));
    }

    @Tag("vectors")
    @ParameterizedTest(name = "from {0}")
    @MethodSource("recorded")
    void anExpressionMeansWhatItMeansToGlibc(int from, Iterable<Arguments> vectors) {
        for (var vector : vectors) {
            var in = (JsonNode) vector.get()[1];
            var expected = (JsonNode) vector.get()[2];
            var parsed = Ere.parse(in.get("expression").asText());

            if (expected.has("error")) {
                assertThat(parsed).as("%s", in).isInstanceOf(Ere.Parsed.Malformed.class);
            } else {
                assertThat(parsed).as("%s", in).isInstanceOf(Ere.Parsed.Ok.class);
                var found = new ArrayList<Boolean>();
                in.get("texts")
                        .forEach(
                                text -> found.add(((Ere.Parsed.Ok) parsed).ere().find(text.asText())));
                var wanted = new ArrayList<Boolean>();
                expected.get("found").forEach(each -> wanted.add(each.asBoolean()));
                assertThat(found).as("%s", in).isEqualTo(wanted);
            }
        }
    }

    /** Where both dialects mean the same, another engine must agree. */
    @Test
    void whereBothDialectsAgreeTheOtherEngineSaysTheSame() {
        var seed = 4_711L;
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++) {
            var expression = expression(random, 3);
            var text = random.ints(random.nextInt(8), 'a', 'd')
                    .mapToObj(c -> String.valueOf((char) c))
                    .collect(Collectors.joining());

            assertThat(find(expression, text))
                    .as("seed %d: %s in %s", seed, expression, text)
                    .isEqualTo(Pattern.compile(expression).matcher(text).find());
        }
    }

    private static String expression(Random random, int depth) {
        return switch (depth == 0 ? random.nextInt(3) : random.nextInt(9)) {
            case 0, 1 -> String.valueOf((char) ('a' + random.nextInt(3)));
            case 2 -> new String[] {".", "[ab]", "[^a]", "^", "$"}[random.nextInt(5)];
            case 3, 4 -> expression(random, depth - 1) + expression(random, depth - 1);
            case 5 -> "(" + expression(random, depth - 1) + "|" + expression(random, depth - 1) + ")";
            default ->
                "(" + expression(random, depth - 1) + ")"
                        + new String[] {"*", "+", "?", "{2}", "{0,2}"}[random.nextInt(5)];
        };
    }

    static Stream<Arguments> malformed() { // expression, index of the character where it goes wrong
        return Stream.of(
                arguments("ab*|+c", 4),
                arguments("a(b", 1),
                arguments("a[b", 1),
                arguments("a{2", 1),
                arguments("a{x}", 2),
                arguments("ab\\", 2),
                arguments("(a)\\1", 3),
                arguments("[[:foo:]]", 1),
                arguments("x[b-a]", 2),
                arguments("((a{999}){999}){999}", 0),
                arguments("a" + "{2}".repeat(15_000), 604),
                arguments("a" + "{1,2}".repeat(20), 0),
                arguments("(){2", 2),
                arguments("|".repeat(100_000), 0),
                arguments("a".repeat(100_000), 0),
                arguments("(".repeat(100_000), 200),
                arguments("(".repeat(100_000) + ")".repeat(100_000), 200));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedExpressionIsAValueThatNamesThePlace(String expression, int at) {
        assertThat(assertTimeoutPreemptively(ENDLESS, () -> Ere.parse(expression)))
                .isInstanceOfSatisfying(
                        Ere.Parsed.Malformed.class,
                        malformed -> assertThat(malformed.at()).isEqualTo(at));
    }

    static Stream<Arguments> stacked() { // expression, what means the same
        return Stream.of(
                arguments("^a" + "?".repeat(100_000) + "b$", "^a?b$"),
                arguments("^a" + "*".repeat(100_000) + "b$", "^a*b$"),
                arguments("^a" + "+".repeat(100_000) + "b$", "^a+b$"),
                arguments("^a" + "{1}".repeat(100_000) + "b$", "^ab$"),
                arguments("^a" + "{0,1}".repeat(100_000) + "b$", "^a?b$"),
                arguments("^a" + "+?".repeat(50_000) + "b$", "^a*b$"),
                arguments("^a" + "?+".repeat(50_000) + "b$", "^a*b$"),
                arguments("^a{1}+{1}b$", "^a+b$"),
                arguments("^a?{2}b$", "^a{0,2}b$"),
                arguments("^a{2}?b$", "^(aa)?b$"),
                arguments("^a{2}{2}b$", "^aaaab$"),
                arguments("^a*{0}b$", "^b$"),
                arguments("^a{0}*{3}b$", "^b$"),
                arguments("^(((){32767}){32767}){32767}b$", "^b$"),
                arguments("^(()*(){0,32767}(a{0}){32767}){32767}b$", "^b$"),
                arguments("^(a" + "()".repeat(5_000) + "){4}b$", "^aaaab$"));
    }

    @ParameterizedTest
    @MethodSource("stacked")
    void aRepetitionOfARepetitionOrOfNothingIsWhatItComesTo(String expression, String same) {
        var parsed = assertTimeoutPreemptively(ENDLESS, () -> Ere.parse(expression));

        for (var times = 0; times < 6; times++) {
            var text = "a".repeat(times) + "b";
            assertThat(((Ere.Parsed.Ok) parsed).ere().find(text)).as(text).isEqualTo(find(same, text));
        }
    }

    /** A backtracking matcher needs about 2^4000 steps for it. */
    @Test
    void noExpressionMakesMatchingExplode() {
        assertThat(find("^(a|a)*(a+)+(a*)*b$", "a".repeat(4_000))).isFalse();
    }

    @Test
    void noTextMakesReadingFail() {
        var seed = 7L;
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++) {
            var expression = random.ints(random.nextInt(20), ' ', 127)
                    .mapToObj(c -> String.valueOf((char) c))
                    .collect(Collectors.joining());

            assertThat(Ere.parse(expression))
                    .as("seed %d: %s", seed, expression)
                    .isNotNull();
        }
    }

    private static boolean find(String expression, String text) {
        return switch (Ere.parse(expression)) {
            case Ere.Parsed.Ok(var ere) -> ere.find(text);
            case Ere.Parsed.Malformed(var at, var problem) ->
                throw new AssertionError(expression + ": " + problem + " at " + at);
        };
    }
}
