package org.lunwarden.fleet.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.diagnosis.Verdict;
import org.lunwarden.fleet.incident.Incidents.Failing;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/**
 * Which failures are new, and whom they concern: a failure that shares with all members of an incident something greater
 * than its suspect may prove that greater thing to be the cause.
 */
final class Growth {

    private final Failing failing;
    private final Map<Member, Observation> rows = new HashMap<>();
    private final List<Member> fresh = new ArrayList<>();
    private final Set<Member> explained = new HashSet<>();

    /** @param before what failed in the step before */
    Growth(Failing before, Verdict verdict, List<Draft> drafts, Instant now) {
        for (var row : verdict.rows()) {
            if (Life.isFailed(row.state())) {
                var member = new Member(row.host(), row.nexus());
                rows.put(member, row);
                if (!before.members().contains(member)) {
                    fresh.add(member);
                }
            }
        }
        drafts.stream()
                .filter(draft -> draft.isOpen() && draft.confirmedAt.isPresent())
                .forEach(draft -> draft.finding.ifPresent(finding -> explained.addAll(finding.members())));
        var grew = fresh.stream().anyMatch(member -> !explained.contains(member));
        failing = new Failing(Set.copyOf(rows.keySet()), grew ? now : before.grewAt());
    }

    /** What fails now, for the next step, and when something last began to that no confirmed incident explains. */
    Failing failing() {
        return failing;
    }

    /** Whether something failed that is no member of the incident but may prove its cause to be a greater one. */
    boolean mayWiden(Draft draft) {
        if (fresh.isEmpty() || draft.finding.isEmpty()) {
            return false;
        }
        var members = new HashSet<>(draft.members);
        var greater = greater(draft);
        return fresh.stream()
                .anyMatch(member ->
                        !members.contains(member) && !explained.contains(member) && crossesAny(member, greater));
    }

    /** Whether failures of the same time remain that the incident does not explain, though a greater cause would. */
    boolean leavesKin(Draft draft, Matching matching) {
        if (draft.finding.isEmpty()) {
            return false;
        }
        var members = new HashSet<>(draft.finding.get().members());
        var greater = greater(draft);
        return rows.entrySet().stream()
                .anyMatch(row -> !members.contains(row.getKey())
                        && !explained.contains(row.getKey())
                        && matching.isNear(draft.onset, row.getValue().changedAt())
                        && crossesAny(row.getKey(), greater));
    }

    /** Whether one greater cause could explain both. */
    boolean areKin(Draft draft, Finding finding) {
        var mine = greater(finding.members(), finding.first().components());
        return greater(draft).stream().anyMatch(mine::contains);
    }

    private Set<Component> greater(Draft draft) {
        return draft.finding.isPresent()
                ? greater(draft.finding.get().members(), draft.first().components())
                : Set.of();
    }

    /** What all members cross, except what is suspected anyway and what has no place in the network. */
    private Set<Component> greater(Collection<Member> members, List<Component> suspected) {
        var shared = new HashSet<Component>();
        var isFirst = true;
        for (var member : members) {
            var row = rows.get(member);
            if (row == null) {
                continue;
            }
            if (isFirst) {
                shared.addAll(row.components());
                isFirst = false;
            } else {
                shared.retainAll(row.components());
            }
        }
        shared.removeIf(component -> component.kind() == ComponentClass.HBA_FIRMWARE);
        suspected.forEach(shared::remove);
        return shared;
    }

    private boolean crossesAny(Member member, Set<Component> components) {
        var row = rows.get(member);
        return row != null && row.components().stream().anyMatch(components::contains);
    }
}
