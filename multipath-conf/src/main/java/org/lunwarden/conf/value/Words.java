package org.lunwarden.conf.value;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.lunwarden.conf.regex.Ere;
import org.lunwarden.conf.regex.InvertibleEre;
import org.lunwarden.model.dm.PathSelector;
import org.lunwarden.model.map.MapName;

/** Types of words and texts; all of them are case sensitive. */
final class Words {

    private static final Pattern UID_RECORD = Pattern.compile("[^:]+:[^:]+");
    private static final Pattern COUNT = Pattern.compile("\\d{1,4}");
    private static final Set<String> NAMES_OF_DIRECTORIES = Set.of(".", "..");

    static final ValueType<Boolean> YES_NO = new ValueType<>(
            "yes or no",
            text -> switch (text) {
                case "yes", "1" -> new Value.Stored<>(true);
                case "no", "0" -> new Value.Stored<>(false);
                default -> new Value.Rejected<>("neither yes nor no");
            },
            yes -> ValueType.quoted(yes ? "yes" : "no"));

    static final ValueType<String> TEXT = new ValueType<>("a text", Value.Stored::new, ValueType::quoted);

    /** One that no map can have is kept, as with the reference, and does nothing. */
    static final ValueType<String> NAME = new ValueType<>(
            "a name without / or blanks, " + MapName.MAX_LENGTH + " characters at most",
            text -> {
                if (text.isEmpty() || text.indexOf('/') >= 0 || NAMES_OF_DIRECTORIES.contains(text)) {
                    return new Value.Rejected<>("no name of a map");
                }
                return MapName.canBe(text)
                        ? new Value.Stored<>(text)
                        : new Value.Doubtful<>(text, "no map can be called so: the map has no alias");
            },
            ValueType::quoted);

    /** May be empty. */
    static final ValueType<String> PREFIX = new ValueType<>(
            "a text without /",
            text -> text.indexOf('/') >= 0 ? new Value.Rejected<>("has a /") : new Value.Stored<>(text),
            ValueType::quoted);

    /** {@code /UNSET/} takes back what was said before. */
    static final ValueType<String> DELIMITER = new ValueType<>(
            "a text without /",
            text -> text.equals("/UNSET/") ? new Value.Unset<>() : PREFIX.read(text),
            ValueType::quoted);

    /** An expression that is malformed matches no device, as with the reference. */
    static final ValueType<String> EXPRESSION = new ValueType<>(
            "a POSIX extended regular expression",
            text -> Ere.parse(text) instanceof Ere.Parsed.Malformed(var at, var problem)
                    ? new Value.Doubtful<>(text, "matches nothing: " + problem + " at character " + (at + 1))
                    : new Value.Stored<>(text),
            ValueType::quoted);

    /** A malformed one is fatal: leaving it out could take disks that were to be left alone. */
    static final ValueType<InvertibleEre> LISTED = new ValueType<>(
            "a POSIX extended regular expression, after ! where it must not match",
            text -> switch (InvertibleEre.parse(text)) {
                case InvertibleEre.Parsed.Ok(var ere) -> new Value.Stored<>(ere);
                case InvertibleEre.Parsed.Malformed(var at, var problem) ->
                    new Value.Fatal<>(problem + " at character " + (at + 1));
            },
            ere -> ValueType.quoted(ere.toString()));

    /** The same, kept as it was written. */
    static final ValueType<String> LISTED_TEXT =
            new ValueType<>(LISTED.expected(), text -> LISTED.read(text).map(ere -> text), ValueType::quoted);

    /** A count and that many words, for example {@code 1 queue_if_no_path}. */
    static final ValueType<List<String>> COUNTED = new ValueType<>(
            "a count and that many words, in double quotes",
            text -> counted(words(text)),
            words -> ValueType.quoted(writeCounted(words)));

    /** A name, a count and that many words, for example {@code service-time 0}. */
    static final ValueType<PathSelector> SELECTOR = new ValueType<>(
            "a path selector, a count and that many words, in double quotes",
            Words::selector,
            selector -> ValueType.quoted(selector.name() + " " + writeCounted(selector.args())));

    /** Records {@code prefix:PROPERTY}; one that is none is left out, as with the reference. */
    static final ValueType<List<UidAttribute>> UID_ATTRS = new ValueType<>(
            "words like sd:ID_SERIAL, in double quotes",
            Words::uidAttributes,
            attributes -> ValueType.quoted(attributes.stream()
                    .map(attribute -> attribute.prefix() + ":" + attribute.property())
                    .collect(Collectors.joining(" "))));

    static final ValueType<Owner> OWNER = new ValueType<>(
            "a number or a name",
            text -> text.matches("\\d{1,10}") && Long.parseLong(text) <= Owner.LARGEST_ID
                    ? new Value.Stored<>(new Owner.Id(Long.parseLong(text)))
                    : text.matches("[A-Za-z_][-A-Za-z0-9_.]*")
                            ? new Value.Stored<>(new Owner.Named(text))
                            : new Value.Rejected<>("neither a number nor a name"),
            owner -> switch (owner) {
                case Owner.Id(var id) -> Long.toString(id);
                case Owner.Named(var name) -> ValueType.quoted(name);
            });

    private Words() {}

    /** One of some words, which have synonyms. */
    static <T extends Choice> ValueType<T> oneOf(T[] values, Map<String, T> synonyms) {
        return oneOf(values, Choice::word, synonyms);
    }

    static <T> ValueType<T> oneOf(T[] values, Function<T, String> word, Map<String, T> synonyms) {
        return choice(values, word, synonyms, text -> value -> word.apply(value).equals(text));
    }

    /** Leading letters decide, so {@code group_by_priority} is {@code group_by_prio}. */
    static <T extends Choice> ValueType<T> beginningWithOneOf(T[] values) {
        return choice(values, Choice::word, Map.of(), text -> value -> text.startsWith(value.word()));
    }

    private static <T> ValueType<T> choice(
            T[] values, Function<T, String> word, Map<String, T> synonyms, Function<String, Predicate<T>> match) {
        var expected = Arrays.stream(values).map(word).collect(Collectors.joining(", "));
        return new ValueType<>(
                "one of " + expected,
                text -> {
                    var synonym = synonyms.get(text);
                    if (synonym != null) {
                        return new Value.Stored<>(synonym);
                    }
                    return Arrays.stream(values)
                            .filter(match.apply(text))
                            .findFirst()
                            .<Value<T>>map(Value.Stored::new)
                            .orElseGet(() -> new Value.Rejected<>("not one of its words"));
                },
                value -> ValueType.quoted(word.apply(value)));
    }

    /** A name of something that is looked for later; one that is not known is kept, as the reference does. */
    static ValueType<String> known(Set<String> names, String ofWhat) {
        var expected = "one of " + String.join(", ", new TreeSet<>(names));
        return new ValueType<>(
                expected,
                text -> names.contains(text)
                        ? new Value.Stored<>(text)
                        : new Value.Doubtful<>(text, "no " + ofWhat + " that is known"),
                ValueType::quoted);
    }

    /** Exactly one of some words. */
    static ValueType<String> exactly(List<String> words) {
        return new ValueType<>(
                "one of " + String.join(", ", words),
                text -> words.contains(text) ? new Value.Stored<>(text) : new Value.Rejected<>("not one of its words"),
                ValueType::quoted);
    }

    private static Value<PathSelector> selector(String text) {
        var words = words(text);
        return words.isEmpty()
                ? new Value.Rejected<>("no path selector")
                : counted(words.subList(1, words.size())).map(args -> new PathSelector(words.getFirst(), args));
    }

    private static Value<List<String>> counted(List<String> words) {
        if (words.isEmpty()) {
            return new Value.Rejected<>("no count of words");
        }
        if (!COUNT.matcher(words.getFirst()).matches()) {
            return new Value.Rejected<>(words.getFirst() + " is no count of words");
        }
        var count = Integer.parseInt(words.getFirst());
        var counted = words.subList(1, words.size());
        return counted.size() == count
                ? new Value.Stored<>(List.copyOf(counted))
                : new Value.Rejected<>("says " + count + " words, has " + counted.size());
    }

    private static String writeCounted(List<String> words) {
        return words.isEmpty() ? "0" : words.size() + " " + String.join(" ", words);
    }

    private static Value<List<UidAttribute>> uidAttributes(String text) {
        var words = words(text);
        if (words.isEmpty()) {
            return new Value.Unset<>();
        }
        var records = words.stream()
                .filter(word -> UID_RECORD.matcher(word).matches())
                .toList();
        if (records.isEmpty()) {
            return new Value.Rejected<>("no prefix, colon and property");
        }
        var attributes = records.stream()
                .map(word -> word.split(":", 2))
                .map(parts -> new UidAttribute(parts[0], parts[1]))
                .toList();
        return records.size() == words.size()
                ? new Value.Stored<>(attributes)
                : new Value.Doubtful<>(
                        attributes,
                        words.stream()
                                .filter(word -> !records.contains(word))
                                .collect(Collectors.joining(", ", "", " left out: no prefix, colon and property")));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
