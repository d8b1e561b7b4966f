package org.lunwarden.deploy.differential;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one of the two said of a site.
 *
 * @param lines by heading: a state and what was looked at, such as {@code healthy dm}
 */
record Answers(Map<String, List<String>> lines) {

    Answers {
        lines = Map.copyOf(lines);
    }

    /** Where the other differs, by heading; headings without difference are left out. */
    Map<String, List<String>> differences(Answers ours) {
        var headings = new TreeSet<>(lines.keySet());
        headings.addAll(ours.lines.keySet());
        Map<String, List<String>> found = new TreeMap<>();
        for (String heading : headings) {
            var differing = LineDifference.between(
                    lines.getOrDefault(heading, List.of()), ours.lines.getOrDefault(heading, List.of()));
            if (!differing.isEmpty()) {
                found.put(heading, differing);
            }
        }
        return found;
    }
}
