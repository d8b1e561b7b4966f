package org.lunwarden.fleet.sitefile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/**
 * Reads a site file. Every problem is found in one run, unless it is no YAML.
 *
 * <pre>
 * names:        { CLASS:ID: NAME, ... }
 * sites:        { NAME: [ CLASS:ID, ... ], ... }
 * groups:       the same
 * shared-risks: the same
 * </pre>
 */
public final class SiteFileReader {

    private static final int LARGEST = 1 << 20;
    private static final int LONGEST_NAME = 100;

    /** Every nexus through a component crosses all sets that it is in: each of them is a component more of each row. */
    private static final int MOST_SETS_OF_ONE = 16;

    /** Each is a suspect more of every look at what hosts say. */
    private static final int MOST_SETS = 2_000;

    private static final Pattern SET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Map<String, ComponentClass> SETS = Map.of(
            "sites", ComponentClass.SITE,
            "groups", ComponentClass.GROUP,
            "shared-risks", ComponentClass.SHARED_RISK);

    /** What came of reading. */
    public sealed interface Read {
        record Usable(SiteFile file) implements Read {}

        /** @param problems at least one, in the order of the text */
        record Broken(List<Problem> problems) implements Read {}
    }

    /** @param line from 1; 0 for the file as a whole */
    public record Problem(int line, int column, String words) {
        @Override
        public String toString() {
            return line == 0 ? words : line + ":" + column + ": " + words;
        }
    }

    private final JsonParser parser;
    private final List<Problem> problems = new ArrayList<>();
    private final TreeMap<Component, String> names = new TreeMap<>();
    private final TreeMap<Component, List<Component>> sets = new TreeMap<>();
    private final Map<Component, Integer> memberOf = new HashMap<>();

    private SiteFileReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Blocks. */
    public static Read read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                return broken("larger than 1 MiB");
            }
            return parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException missing) {
            return broken("no such file");
        } catch (IOException unreadable) {
            return broken("cannot be read: " + unreadable.getMessage());
        }
    }

    private static Read broken(String words) {
        return new Read.Broken(List.of(new Problem(0, 0, words)));
    }

    public static Read parse(String text) {
        var yaml = YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (var parser = yaml.createParser(text)) {
            var reader = new SiteFileReader(parser);
            reader.file();
            return reader.problems.isEmpty()
                    ? new Read.Usable(new SiteFile(reader.names, reader.sets))
                    : new Read.Broken(List.copyOf(reader.problems));
        } catch (JsonProcessingException wrong) {
            var at = Optional.ofNullable(wrong.getLocation());
            return new Read.Broken(List.of(new Problem(
                    at.map(JsonLocation::getLineNr).orElse(0),
                    at.map(JsonLocation::getColumnNr).orElse(0),
                    firstLine(String.valueOf(wrong.getOriginalMessage())))));
        } catch (IOException | RuntimeException wrong) { // the parser of YAML breaks on some of what is none
            return broken("is no YAML: " + firstLine(String.valueOf(wrong.getMessage())));
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private void file() throws IOException {
        var first = parser.nextToken();
        if (first == null) {
            return;
        }
        if (!isObject("names, sites, groups or shared-risks")) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var key = parser.currentName();
            var kind = SETS.get(key);
            if (key.equals("names")) {
                parser.nextToken();
                names();
            } else if (kind != null) {
                parser.nextToken();
                sets(kind);
            } else {
                wrong("there is no '" + key + "' here, only names, sites, groups and shared-risks");
                parser.nextToken();
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            wrong("nothing may follow the one document");
        }
    }

    private void names() throws IOException {
        if (!isObject("CLASS:ID with a name")) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var component = component(parser.currentName());
            parser.nextToken();
            if (!parser.currentToken().isScalarValue()) {
                wrong("a name is a text");
                parser.skipChildren();
                continue;
            }
            var name = parser.getText();
            if (name.isBlank() || name.length() > LONGEST_NAME || !isPlain(name)) {
                wrong("a name has 1 to " + LONGEST_NAME + " characters, and no control characters");
            } else {
                component.ifPresent(known -> names.put(known, name));
            }
        }
    }

    private void sets(ComponentClass kind) throws IOException {
        if (!isObject("a name with a list of CLASS:ID")) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var id = parser.currentName();
            if (!SET.matcher(id).matches()) {
                wrong("'" + id + "' is not made of letters, digits, dots, dashes and underscores");
            }
            parser.nextToken();
            sets.put(new Component(kind, id.isEmpty() ? "?" : id), members());
            if (sets.size() == MOST_SETS + 1) {
                wrong("these are more than " + MOST_SETS + " sites, groups and shared risks");
            }
        }
    }

    private List<Component> members() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            wrong("a list of CLASS:ID is wanted here");
            parser.skipChildren();
            return List.of();
        }
        var start = parser.currentTokenLocation();
        var members = new LinkedHashMap<Component, JsonLocation>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.currentToken().isScalarValue()) {
                wrong("CLASS:ID is wanted here");
                parser.skipChildren();
                continue;
            }
            component(parser.getText()).ifPresent(member -> {
                var word = member.kind().word() + ":" + member.id();
                if (members.put(member, parser.currentTokenLocation()) != null) {
                    wrong("'" + word + "' stands here twice");
                } else if (memberOf.merge(member, 1, Integer::sum) == MOST_SETS_OF_ONE + 1) {
                    wrong("'" + word + "' is in more than " + MOST_SETS_OF_ONE
                            + " sets; every nexus through it would cross all of them");
                }
            });
        }
        if (members.isEmpty() && problems.isEmpty()) {
            wrong(start, "nothing is in it");
        }
        return List.copyOf(members.keySet());
    }

    private Optional<Component> component(String word) {
        var colon = word.indexOf(':');
        if (colon < 1 || colon == word.length() - 1) {
            wrong("'" + word + "' is not CLASS:ID, such as switch:100050eb1a2b3c4d/12");
            return Optional.empty();
        }
        var kind = ComponentClass.parse(word.substring(0, colon)).filter(known -> !SiteFile.isSet(known));
        if (kind.isEmpty()) {
            wrong("'" + word.substring(0, colon) + "' is no class of what hosts see");
        }
        if (!isPlain(word)) {
            wrong("an id has no control characters");
            return Optional.empty();
        }
        return kind.map(known -> new Component(known, word.substring(colon + 1)));
    }

    private static boolean isPlain(String text) {
        return text.codePoints().noneMatch(Character::isISOControl);
    }

    private boolean isObject(String wanted) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return true;
        }
        if (!parser.currentToken().isScalarValue() || !parser.getText().isEmpty()) {
            wrong(wanted + ": is wanted here");
        }
        parser.skipChildren();
        return false;
    }

    private void wrong(String words) {
        wrong(parser.currentTokenLocation(), words);
    }

    private void wrong(JsonLocation at, String words) {
        problems.add(new Problem(at.getLineNr(), at.getColumnNr(), words));
    }
}
