package org.lunwarden.conf.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
                arguments("(".repeat(100_000), 200));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedExpressionIsAValueThatNamesThePlace(String expression, int at) {
        assertThat(Ere.parse(expression))
                .isInstanceOfSatisfying(
                        Ere.Parsed.Malformed.class,
                        malformed -> assertThat(malformed.at()).isEqualTo(at));
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
