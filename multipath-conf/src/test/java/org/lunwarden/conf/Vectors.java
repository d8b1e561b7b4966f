package org.lunwarden.conf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.provider.Arguments;

/** The cases of a file of vectors: from the directory in the system property {@code lunwarden.vectors}, or as packaged. */
public final class Vectors {

    private Vectors() {}

    /** Each case as its id, its input and what is expected; every case of the file unless {@code wanted} leaves it out. */
    public static Stream<Arguments> of(String file, Predicate<JsonNode> wanted) {
        return StreamSupport.stream(read(file).get("vectors").spliterator(), false)
                .filter(wanted)
                .map(vector -> Arguments.of(vector.get("id").asText(), vector.get("in"), vector.get("expect")));
    }

    public static Stream<Arguments> of(String file) {
        return of(file, vector -> true);
    }

    public static JsonNode read(String file) {
        try (var in = open(file)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) throws IOException {
        var directory = Optional.ofNullable(System.getProperty("lunwarden.vectors"));
        return directory.isPresent()
                ? Files.newInputStream(Path.of(directory.get(), file))
                : Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + file), file);
    }
}
