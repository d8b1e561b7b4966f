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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.provider.Arguments;

import org.lunwarden.model.PathState;

/**
 * The cases of a file of vectors: from the directory in the system property {@code lunwarden.vectors}, or as packaged. A case
 * with what its suite does not know fails, by its name; a directory that lacks the file skips its suites, by its name.
 */
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
        return known(file, all(file).filter(wanted)).map(Vectors::arguments);
    }

    /** The cases of a group of {@code states.json}. */
    public static Stream<Arguments> states(String group) {
        return of("states.json", vector -> vector.get("group").asText().equals(group));
    }

    /** The same, each as it stands in its file. */
    public static Stream<JsonNode> wholeStates(String group) {
        return known(
                "states.json",
                all("states.json").filter(vector -> vector.get("group").asText().equals(group)));
    }

    /** Each case as it stands in its file. */
    public static Stream<JsonNode> all(String file) {
        return cases(read(file));
    }

    /** The cases of a file that is our own, whatever directory is given. */
    public static Stream<Arguments> ours(String file) {
        return cases(List.of(packaged(file))).map(Vectors::arguments);
    }

    /** Those cases, unless one of them has what no suite knows. */
    static Stream<JsonNode> known(String file, Stream<JsonNode> vectors) {
        var all = vectors.toList();
        var unknown = all.stream()
                .flatMap(vector -> Shapes.KNOWN.unknown(stem(file), vector).stream()
                        .map(what -> vector.path("id").asText() + ": " + what))
                .toList();
        if (!unknown.isEmpty()) {
            throw new AssertionError(file + " has what no suite knows: " + unknown);
        }
        return all.stream();
    }

    private static Stream<JsonNode> cases(List<JsonNode> contents) {
        return contents.stream()
                .flatMap(content -> StreamSupport.stream(content.get("vectors").spliterator(), false));
    }

    private static Arguments arguments(JsonNode vector) {
        return Arguments.of(vector.get("id").asText(), vector.get("in"), vector.get("expect"));
    }

    /** The state that a word means. */
    public static PathState state(JsonNode word) {
        return PathState.valueOf(word.asText().toUpperCase(Locale.ROOT));
    }

    /** The number of an error, named as in errno(3). */
    public static int errno(JsonNode name) {
        return switch (name.asText()) {
            case "EPERM" -> 1;
            case "ENOENT" -> 2;
            case "EINTR" -> 4;
            case "EIO" -> 5;
            case "ENXIO" -> 6;
            case "EBADF" -> 9;
            case "EAGAIN" -> 11;
            case "ENOMEM" -> 12;
            case "EACCES" -> 13;
            case "EFAULT" -> 14;
            case "EBUSY" -> 16;
            case "ENODEV" -> 19;
            case "EINVAL" -> 22;
            case "ENFILE" -> 23;
            case "EMFILE" -> 24;
            case "ENOTTY" -> 25;
            case "ENOSPC" -> 28;
            case "EROFS" -> 30;
            case "ENOSYS" -> 38;
            case "ENODATA" -> 61;
            case "ENOLINK" -> 67;
            case "EOPNOTSUPP" -> 95;
            case "ETIMEDOUT" -> 110;
            case "EREMOTEIO" -> 121;
            default -> throw new AssertionError("no error of that name is known: " + name);
        };
    }

    /** The priority that a number or {@code undef} means. */
    public static int priority(JsonNode value) {
        return value.asText().equals("undef") ? -1 : value.asInt();
    }

    /** Every file of the directory that begins with the name and has vectors; without a directory, what is packaged. */
    private static List<JsonNode> read(String file) {
        return Optional.ofNullable(System.getProperty("lunwarden.vectors"))
                .map(directory -> given(Path.of(directory), file))
                .orElseGet(() -> List.of(packaged(file)));
    }

    static List<JsonNode> given(Path directory, String file) {
        var given = withVectors(directory, file);
        if (given.isEmpty()) {
            return Assumptions.abort(directory + " has no " + stem(file) + "*.json with vectors");
        }
        return given;
    }

    private static List<JsonNode> withVectors(Path directory, String file) {
        try (var files = Files.newDirectoryStream(directory, stem(file) + "*.json")) {
            return StreamSupport.stream(files.spliterator(), false)
                    .sorted()
                    .map(Vectors::parsed)
                    .filter(content -> content.has("vectors"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stem(String file) {
        return file.substring(0, file.lastIndexOf('.'));
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
