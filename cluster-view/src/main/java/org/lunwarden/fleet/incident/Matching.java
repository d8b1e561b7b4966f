package org.lunwarden.fleet.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Verdict;

/** Which open incident a finding belongs to. */
final class Matching {

    private static final double SHARED = 0.5;

    private final Verdict verdict;
    private final IncidentSettings settings;

    Matching(Verdict verdict, IncidentSettings settings) {
        this.verdict = verdict;
        this.settings = settings;
    }

    /** The incident with this cause; else with one that no data could tell from it. */
    Optional<Draft> sameCause(Finding finding, List<Draft> drafts) {
        if (finding.kind() == Finding.Kind.SILENCE) {
            return free(drafts, finding).findFirst();
        }
        var cause = finding.first().component();
        var alike = new HashSet<>(finding.first().components());
        var exact = free(drafts, finding)
                .filter(draft -> draft.first().component().equals(cause))
                .findFirst();
        return exact.isPresent()
                ? exact
                : free(drafts, finding)
                        .filter(draft -> draft.first().components().stream().anyMatch(alike::contains))
                        .findFirst();
    }

    /** The oldest incident of the same time that shares most of its failed members: it was this all along. */
    Optional<Draft> sameMembers(Finding finding, List<Draft> drafts) {
        var members = new HashSet<>(finding.members());
        return free(drafts, finding)
                .filter(draft -> draft.recoveringSince().isEmpty())
                .filter(draft -> isNear(draft.onset, finding.onset()))
                .filter(draft -> {
                    var failing = draft.members.stream()
                            .filter(member -> Life.isFailed(verdict.state(member)))
                            .toList();
                    var shared = failing.stream().filter(members::contains).count();
                    return shared > 0 && shared >= SHARED * failing.size() && failing.size() <= members.size();
                })
                .min(Draft.AGE);
    }

    /** The incident that this is a part of, for example what is still down while it recovers. */
    Optional<Draft> remainderOf(Finding finding, List<Draft> drafts) {
        return drafts.stream()
                .filter(draft -> draft.isOpen() && draft.kind == finding.kind())
                .filter(draft -> draft.recoveringSince()
                        .map(since -> !finding.onset().isAfter(since))
                        .orElse(isNear(draft.onset, finding.onset())))
                .filter(draft -> new HashSet<>(draft.members).containsAll(finding.members()))
                .findFirst();
    }

    boolean isNear(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(settings.sameCause()) <= 0;
    }

    private static Stream<Draft> free(List<Draft> drafts, Finding finding) {
        return drafts.stream()
                .filter(draft -> draft.isOpen() && draft.finding.isEmpty() && draft.kind == finding.kind());
    }
}
