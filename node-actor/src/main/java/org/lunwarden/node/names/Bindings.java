package org.lunwarden.node.names;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which WWID an alias stands for: the {@code bindings} file.
 *
 * <pre>
 * file := line*
 * line := [alias blank+ wwid [blank+ anything]] [# comment]
 * </pre>
 *
 * <p>A file is given as a text of a character for each byte; an alias is UTF-8, a comment may be anything. An alias has one WWID, a WWID may have several aliases. What a hand has spoilt is left out and named: the rest of
 * the file still holds. A WWID here is a text, since a file may tell some that no device has.
 *
 * @param wwids by alias, shorter ones first
 */
public record Bindings(SortedMap<Alias, String> wwids) {

    public static final Bindings NONE = new Bindings(new TreeMap<>());

    /** What the reference takes for a WWID at most. */
    private static final int LONGEST_WWID = 127;

    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    /** Seven lines, as many as other tools that know the file write. */
    private static final String HEADER = """
            # Names of multipath maps, version : 1.0
            # A daemon keeps this file: it adds a line for each map that it names,
            # and leaves what else stands in it as it is.
            #
            # Each line gives the name of a map, and the WWID that it stands for:
            # alias wwid
            #
            """;

    public Bindings {
        wwids = Collections.unmodifiableSortedMap(new TreeMap<>(wwids));
    }

    /** @param line counted from 1 */
    public record Problem(int line, String text) {
        @Override
        public String toString() {
            return "line " + line + ": " + text;
        }
    }

    public record Read(Bindings bindings, List<Problem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /** Never fails: of two WWIDs for one alias the first one holds. */
    public static Read parse(String file) {
        var wwids = new TreeMap<Alias, String>();
        var problems = new ArrayList<Problem>();
        var number = 0;
        for (var line : file.split("\r?\n|\r", -1)) {
            number++;
            var comment = line.indexOf('#');
            var content = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (content.isEmpty()) {
                continue;
            }
            var words = decoded(content).map(text -> List.of(BLANKS.split(text, -1)));
            var problem = words.map(read -> problem(read, wwids)).orElse("not UTF-8");
            if (problem.isEmpty()) {
                words.ifPresent(read -> wwids.putIfAbsent(new Alias(read.getFirst()), read.get(1)));
            } else {
                problems.add(new Problem(number, problem));
            }
        }
        return new Read(new Bindings(wwids), problems);
    }

    /** The file's text; reading it gives the same bindings, and no problem. */
    public String format() {
        var text = new StringBuilder(HEADER);
        wwids.forEach((alias, wwid) -> text.append(line(alias, wwid)));
        return text.toString();
    }

    /** A file with the bindings that it lacks at its end; what a hand wrote into it stays. */
    public String addedTo(String file) {
        if (file.isBlank()) {
            return format();
        }
        var there = parse(file).bindings();
        var text = new StringBuilder(file.endsWith("\n") ? file : file + "\n");
        wwids.forEach((alias, wwid) -> {
            if (there.wwid(alias).isEmpty()) {
                text.append(line(alias, wwid));
            }
        });
        return text.toString();
    }

    public Optional<String> wwid(Alias alias) {
        return Optional.ofNullable(wwids.get(alias));
    }

    /** The first alias of a WWID. */
    public Optional<Alias> alias(String wwid) {
        return wwids.entrySet().stream()
                .filter(entry -> entry.getValue().equals(wwid))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * The lowest number that no alias with that prefix has, be it bound or the name of a map of another WWID; empty when
     * there is none.
     *
     * @param mapNames WWID by name of all maps that the kernel has
     */
    public Optional<Integer> firstFree(String prefix, String wwid, Map<Alias, String> mapNames) {
        var taken = new HashSet<Integer>();
        wwids.keySet().forEach(alias -> alias.number(prefix).ifPresent(taken::add));
        mapNames.forEach((alias, owner) -> {
            if (!owner.equals(wwid)) {
                alias.number(prefix).ifPresent(taken::add);
            }
        });
        for (var number = 1; number > 0; number++) {
            if (!taken.contains(number)) {
                return Optional.of(number);
            }
        }
        return Optional.empty();
    }

    /** Whether a line can hold it: what follows {@code #} is no part of a name. */
    static boolean canHold(Alias alias, String wwid) {
        return alias.value().indexOf('#') < 0
                && wwid.length() <= LONGEST_WWID
                && !wwid.isEmpty()
                && wwid.chars().noneMatch(c -> c <= ' ' || c == '#' || c == 0x7f);
    }

    private static String line(Alias alias, String wwid) {
        return new String((alias + " " + wwid + "\n").getBytes(UTF_8), ISO_8859_1);
    }

    /** Empty when it is not UTF-8. */
    private static Optional<String> decoded(String bytes) {
        try {
            return Optional.of(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)))
                    .toString());
        } catch (CharacterCodingException foreign) {
            return Optional.empty();
        }
    }

    /** @param alias one that has no binding */
    Bindings with(Alias alias, String wwid) {
        var more = new TreeMap<>(wwids);
        more.put(alias, wwid);
        return new Bindings(more);
    }

    /** Empty when the line can be taken. */
    private static String problem(List<String> words, Map<Alias, String> wwids) {
        var alias = Alias.parse(words.getFirst());
        if (alias.isEmpty()) {
            return "no name of a map: '" + words.getFirst() + "'";
        }
        if (words.size() < 2) {
            return "no WWID for " + alias.get();
        }
        var wwid = words.get(1);
        if (wwid.length() > LONGEST_WWID) {
            return "the WWID of " + alias.get() + " has more than " + LONGEST_WWID + " characters";
        }
        if (!canHold(alias.get(), wwid)) {
            return "no WWID for " + alias.get() + ": a control character is in it";
        }
        var known = wwids.getOrDefault(alias.get(), wwid);
        return known.equals(wwid) ? "" : alias.get() + " stands for " + known + " already, not for " + wwid;
    }
}
