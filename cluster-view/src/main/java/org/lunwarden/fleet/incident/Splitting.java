package org.lunwarden.fleet.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.fleet.diagnosis.Finding;

/**
 * Findings that were taken for parts of an incident which the verdict, for some time now, explains in another way: by
 * several causes, or by a lesser one.
 */
final class Splitting {

    private final Map<Draft, List<Finding>> parts = new LinkedHashMap<>();

    /**
     * Whether the finding may be no mere part of the incident. What is left of a recovery always looks like one.
     *
     * @param whole of which all members of the finding are members
     */
    static boolean isPossible(Draft whole, Finding part) {
        return part.kind() == Finding.Kind.FAULT
                && part.isNamed()
                && whole.recoveringSince().isEmpty()
                && whole.finding.map(kept -> areApart(kept, part)).orElse(true);
    }

    void add(Draft whole, Finding part) {
        parts.computeIfAbsent(whole, any -> new ArrayList<>()).add(part);
    }

    List<Draft> wholes() {
        return List.copyOf(parts.keySet());
    }

    /** The cause that the incident itself has instead of the one that the verdict no longer names. */
    Optional<Finding> instead(Draft whole) {
        return whole.finding.isPresent()
                ? Optional.empty()
                : of(whole).stream()
                        .max(Comparator.comparingInt(
                                (Finding part) -> part.members().size()));
    }

    /** What has a cause of its own. */
    List<Finding> apart(Draft whole) {
        return of(whole).stream()
                .filter(part -> whole.finding.map(kept -> areApart(kept, part)).orElse(false))
                .toList();
    }

    /** What is left of it is judged by what its own cause explains now. */
    static void leave(Draft whole, Draft part) {
        var gone = new HashSet<>(part.members);
        whole.members =
                whole.members.stream().filter(member -> !gone.contains(member)).toList();
        whole.finding.ifPresent(whole::takeCauseOf);
        part.splitFrom = Optional.of(whole.id);
    }

    private List<Finding> of(Draft whole) {
        return parts.getOrDefault(whole, List.of());
    }

    private static boolean areApart(Finding kept, Finding part) {
        var explained = new HashSet<>(kept.members());
        return part.members().stream().noneMatch(explained::contains);
    }
}
