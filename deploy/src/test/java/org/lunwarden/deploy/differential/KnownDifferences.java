package org.lunwarden.deploy.differential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Where a site is known to be kept in another way than by the reference.
 *
 * <pre>
 * # the reason, one line or more
 * healthy dm                    a state, and what was looked at; more lines of this kind: the same there
 * - line of the reference
 * + line of Lunwarden
 * ? expression                  what fits it is chance: it is compared as if it were the same
 * ?                             instead of lines: not to be compared; the heading * is all of them
 *                               an empty line ends it
 * </pre>
 *
 * @param lines by heading: lines as {@link LineDifference} gives them
 * @param chance by heading: what is compared as if it were the same
 * @param open headings that are not to be compared
 */
record KnownDifferences(Map<String, List<String>> lines, Map<String, List<Pattern>> chance, Set<String> open) {
    private static final String ALL = "*";
    private static final String NOT_COMPARED = "?";

    KnownDifferences {
        lines = Map.copyOf(lines);
        chance = Map.copyOf(chance);
        open = Set.copyOf(open);
    }

    /** @throws IllegalArgumentException for a difference without a reason, one that is said twice, or an expression that is none */
    static KnownDifferences parse(String text) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        Map<String, List<Pattern>> chance = new LinkedHashMap<>();
        Set<String> open = new TreeSet<>();
        Set<String> said = new HashSet<>();
        for (String block : text.strip().split("\n\\s*\n", -1)) {
            if (!block.isBlank()) {
                var known = Known.parse(block.strip().lines().toList());
                for (String heading : known.headings) {
                    if (!said.add(heading)) {
                        throw new IllegalArgumentException("said twice: " + heading);
                    }
                    put(lines, heading, known.lines);
                    put(chance, heading, known.chance);
                    if (known.isOpen) {
                        open.add(heading);
                    }
                }
            }
        }
        return new KnownDifferences(lines, chance, open);
    }

    private static <T> void put(Map<String, List<T>> all, String heading, List<T> some) {
        if (!some.isEmpty()) {
            all.put(heading, List.copyOf(some));
        }
    }

    /** One block of the text. */
    private record Known(List<String> headings, List<String> lines, List<Pattern> chance, boolean isOpen) {

        static Known parse(List<String> block) {
            var known =
                    new Known(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), block.contains(NOT_COMPARED));
            boolean reason = false;
            for (String line : block) {
                if (line.startsWith("#")) {
                    reason |= line.length() > 2;
                } else if (line.startsWith("- ") || line.startsWith("+ ")) {
                    known.lines.add(line);
                } else if (line.startsWith(NOT_COMPARED + " ")) {
                    known.chance.add(expression(line.substring(2)));
                } else if (!line.equals(NOT_COMPARED)) {
                    known.headings.add(line.strip());
                }
            }
            boolean says = !known.lines.isEmpty() || !known.chance.isEmpty();
            if (!reason || known.headings.isEmpty() || says == known.isOpen) {
                throw new IllegalArgumentException("needs a reason, a heading and lines: " + block);
            }
            return known;
        }

        private static Pattern expression(String text) {
            try {
                return Pattern.compile(text);
            } catch (PatternSyntaxException none) {
                throw new IllegalArgumentException(none);
            }
        }
    }

    boolean isOpen(String heading) {
        return open.contains(ALL) || open.contains(heading);
    }

    /** Of differences those that are to be compared with what is known. */
    Map<String, List<String>> compared(Map<String, List<String>> differing) {
        Map<String, List<String>> compared = new LinkedHashMap<>();
        differing.forEach((heading, between) -> put(compared, heading, compared(heading, between)));
        return compared;
    }

    /** @param differing as {@link LineDifference} gives them */
    List<String> compared(String heading, List<String> differing) {
        if (isOpen(heading)) {
            return List.of();
        }
        var expressions = chance.getOrDefault(heading, List.of());
        return expressions.isEmpty()
                ? differing
                : LineDifference.between(side("- ", differing, expressions), side("+ ", differing, expressions));
    }

    private static List<String> side(String mark, List<String> differing, List<Pattern> expressions) {
        return differing.stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .map(line -> expressions.stream()
                        .reduce(line, (so, expression) -> expression.matcher(so).replaceAll("?"), (a, b) -> b))
                .toList();
    }

    List<String> at(String heading) {
        return lines.getOrDefault(heading, List.of());
    }
}
