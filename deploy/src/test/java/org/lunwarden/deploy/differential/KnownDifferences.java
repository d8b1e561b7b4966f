package org.lunwarden.deploy.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a site is known to be kept in another way than by the reference.
 *
 * <pre>
 * # the reason, one line or more
 * healthy dm                    a state, and what was looked at; more lines of this kind: the same there
 * - line of the reference
 * + line of Lunwarden
 * ?                             instead of lines: not to be compared; the heading * is all of them
 *                               an empty line ends it
 * </pre>
 *
 * @param lines by heading: lines as {@link LineDifference} gives them
 * @param open headings that are not to be compared
 */
record KnownDifferences(Map<String, List<String>> lines, Set<String> open) {
    private static final String ALL = "*";

    KnownDifferences {
        lines = Map.copyOf(lines);
        open = Set.copyOf(open);
    }

    /** @throws IllegalArgumentException for a difference without a reason, or one that is said twice */
    static KnownDifferences parse(String text) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (String block : text.strip().split("\n\\s*\n", -1)) {
            if (!block.isBlank()) {
                add(lines, block.strip().lines().toList());
            }
        }
        Set<String> open = new TreeSet<>(lines.keySet());
        open.removeIf(heading -> !lines.getOrDefault(heading, List.of()).equals(List.of("?")));
        lines.keySet().removeAll(open);
        return new KnownDifferences(lines, open);
    }

    private static void add(Map<String, List<String>> lines, List<String> block) {
        List<String> headings = new ArrayList<>();
        List<String> differing = new ArrayList<>();
        boolean reason = false;
        for (String line : block) {
            if (line.startsWith("#")) {
                reason |= line.length() > 2;
            } else if (line.startsWith("- ") || line.startsWith("+ ") || line.equals("?")) {
                differing.add(line);
            } else {
                headings.add(line.strip());
            }
        }
        if (!reason || headings.isEmpty() || differing.isEmpty()) {
            throw new IllegalArgumentException("needs a reason, a heading and lines: " + block);
        }
        for (String heading : headings) {
            if (lines.put(heading, List.copyOf(differing)) != null) {
                throw new IllegalArgumentException("said twice: " + heading);
            }
        }
    }

    boolean isOpen(String heading) {
        return open.contains(ALL) || open.contains(heading);
    }

    /** Of differences those that are to be compared with what is known. */
    Map<String, List<String>> compared(Map<String, List<String>> differing) {
        Map<String, List<String>> compared = new LinkedHashMap<>(differing);
        compared.keySet().removeIf(this::isOpen);
        return compared;
    }

    List<String> at(String heading) {
        return lines.getOrDefault(heading, List.of());
    }
}
