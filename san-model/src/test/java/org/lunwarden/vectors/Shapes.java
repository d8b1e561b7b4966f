package org.lunwarden.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the suites know of the cases: of each file its operations, and the fields of each.
 *
 * <pre>
 * line := FILE OPERATION ":" field* "->" field*      the operation is "-" where a file has one; "*" stands for any field
 * </pre>
 */
final class Shapes {

    static final Shapes KNOWN = read("shapes.txt");

    private static final Set<String> ANY = Set.of("*");
    /** What chose the suite, and what is said to the reader. */
    private static final Set<String> REMARKS = Set.of("op", "note");

    private final Map<String, Shape> shapes = new TreeMap<>();

    private record Shape(Set<String> in, Set<String> expect) {}

    private Shapes() {}

    /** What no suite knows of the case, in words; empty when all of it is known. */
    Optional<String> unknown(String file, JsonNode vector) {
        var operation = operation(vector);
        var shape = shapes.get(file + " " + operation);
        if (!files().contains(file)) {
            return Optional.empty();
        }
        if (shape == null) {
            return Optional.of("operation " + operation);
        }
        var strange = strange(vector.get("in"), shape.in());
        strange.addAll(strange(vector.get("expect"), shape.expect()));
        return strange.isEmpty() ? Optional.empty() : Optional.of("fields " + strange + " of " + operation);
    }

    /** The files, without their ending. */
    Set<String> files() {
        return shapes.keySet().stream()
                .map(known -> known.substring(0, known.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The group of a case, else its operation. */
    private static String operation(JsonNode vector) {
        return vector.path("group").asText(vector.at("/in/op").asText("-"));
    }

    private static Set<String> strange(JsonNode fields, Set<String> known) {
        var strange = new HashSet<String>();
        if (!known.equals(ANY)) {
            fields.fieldNames().forEachRemaining(strange::add);
            strange.removeAll(known);
        }
        strange.removeAll(REMARKS);
        return strange;
    }

    private static Shapes read(String resource) {
        try (var in = Objects.requireNonNull(Shapes.class.getResourceAsStream("/vectors/" + resource), resource)) {
            var shapes = new Shapes();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(shapes::add);
            return shapes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        var colon = line.indexOf(": ");
        var arrow = line.indexOf("->");
        shapes.put(
                line.substring(0, colon),
                new Shape(words(line.substring(colon + 1, arrow)), words(line.substring(arrow + 2))));
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.asList(text.strip().split("\\s+", -1)));
    }
}
