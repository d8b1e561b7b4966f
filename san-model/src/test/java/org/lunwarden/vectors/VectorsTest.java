package org.lunwarden.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/** Cases that no suite would look at are no passed cases. */
class VectorsTest {

    /** Of tools that come later, and our own. */
    private static final Set<String> NO_SUITES_HERE = Set.of("cli", "gpt", "mpathpersist", "ere");

    private static final String KNOWN = vector("no_path_retry", "'event': 'x'", "'countdown': true");

    @TempDir
    Path directory;

    @Test
    void aCaseOfAKnownShapeIsGiven() {
        assertThat(Vectors.known("states.json", cases(KNOWN))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "checker_new   | 'event': 'x'             | 'countdown': true | operation checker_new",
                "no_path_retry | 'event': 'x', 'late': 1  | 'countdown': true | [late] of no_path_retry",
                "no_path_retry | 'event': 'x'             | 'colour': 'red'   | [colour] of no_path_retry"
            })
    void aCaseOfAnyOtherFailsByItsName(String group, String in, String expect, String named) {
        assertThatThrownBy(() -> Vectors.known("states.json", cases(KNOWN, vector(group, in, expect))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("states.json", group + "#1", named);
    }

    static Set<String> files() {
        return Shapes.KNOWN.files();
    }

    @Tag("vectors")
    @ParameterizedTest
    @MethodSource("files")
    void everyCaseHasASuite(String file) {
        assertThat(Vectors.known(file + ".json", Vectors.all(file + ".json"))).isNotEmpty();
    }

    @Tag("vectors")
    @Test
    void everyFileHasASuite() throws IOException {
        var given = Optional.ofNullable(System.getProperty("lunwarden.vectors"));
        assumeThat(given).isPresent();
        var unknown = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(Path.of(given.orElseThrow()), "*.json")) {
            for (var file : files) {
                var name = file.getFileName().toString();
                if (new ObjectMapper().readTree(file.toFile()).has("vectors")
                        && Stream.concat(files().stream(), NO_SUITES_HERE.stream())
                                .noneMatch(name::startsWith)) {
                    unknown.add(name);
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyFileOfTheNameIsReadAndOneThatIsMissingIsSkippedByName() throws IOException {
        Files.writeString(directory.resolve("states.json"), file(KNOWN).toString());
        Files.writeString(
                directory.resolve("states-more.json"), file(KNOWN, KNOWN).toString());

        assertThat(Vectors.given(directory, "states.json")).hasSize(2);
        assertThatThrownBy(() -> Vectors.given(directory, "alias.json"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("alias*.json");
    }

    private static String vector(String group, String in, String expect) {
        return "{'id': '%s#1', 'group': '%s', 'in': {%s}, 'expect': {%s}}"
                .formatted(group, group, in, expect)
                .replace('\'', '"');
    }

    private static Stream<JsonNode> cases(String... vectors) {
        return StreamSupport.stream(file(vectors).get("vectors").spliterator(), false);
    }

    private static JsonNode file(String... vectors) {
        try {
            return new ObjectMapper().readTree("{\"vectors\": [" + String.join(",", vectors) + "]}");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
