package org.lunwarden.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.provider.Arguments;

import org.lunwarden.model.PathState;

/** The cases of a file of vectors: from the directory in the system property {@code lunwarden.vectors}, or as packaged. */
public final class Vectors {

    private Vectors() {}

    /** Each case as its id, its input and what is expected. */
    public static Stream<Arguments> of(String file) {
        return of(file, vector -> true);
    }

    /** Those cases whose input has that {@code op}. */
    public static Stream<Arguments> of(String file, String op) {
        return of(file, vector -> vector.at("/in/op").asText().equals(op));
    }

    /** @param wanted told the whole case */
    public static Stream<Arguments> of(String file, Predicate<JsonNode> wanted) {
        return all(file)
                .filter(wanted)
                .map(vector -> Arguments.of(vector.get("id").asText(), vector.get("in"), vector.get("expect")));
    }

    /** The cases of a group of {@code states.json}. */
    public static Stream<Arguments> states(String group) {
        return of("states.json", vector -> vector.get("group").asText().equals(group));
    }

    /** The same, each as it stands in its file. */
    public static Stream<JsonNode> wholeStates(String group) {
        return all("states.json").filter(vector -> vector.get("group").asText().equals(group));
    }

    /** Each case as it stands in its file. */
    public static Stream<JsonNode> all(String file) {
        return read(file).stream()
                .flatMap(content -> StreamSupport.stream(content.get("vectors").spliterator(), false));
    }

    /** The state that a word means. */
    public static PathState state(JsonNode word) {
        return PathState.valueOf(word.asText().toUpperCase(Locale.ROOT));
    }

    /** The priority that a number or {@code undef} means. */
    public static int priority(JsonNode value) {
        return value.asText().equals("undef") ? -1 : value.asInt();
    }

    /** Every file of the directory that begins with the name and has vectors; without any, what is packaged. */
    private static List<JsonNode> read(String file) {
        var directory = Optional.ofNullable(System.getProperty("lunwarden.vectors"));
        var given = directory.map(path -> given(Path.of(path), file)).orElse(List.of());
        return given.isEmpty() ? List.of(packaged(file)) : given;
    }

    private static List<JsonNode> given(Path directory, String file) {
        var stem = file.substring(0, file.lastIndexOf('.'));
        try (var files = Files.newDirectoryStream(directory, stem + "*.json")) {
            return StreamSupport.stream(files.spliterator(), false)
                    .sorted()
                    .map(Vectors::parsed)
                    .filter(content -> content.has("vectors"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parsed(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode packaged(String file) {
        try (var in = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + file), file)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
