package org.lunwarden.fleet.diagnosis;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.NexusState;

/**
 * What a diagnosis says.
 *
 * @param findings the likeliest first; silence last
 * @param unexplained failed nexuses that no finding explains, sorted
 * @param worthChecking components crossed by fresh failures of two hosts or more which are not fully seen yet: checking
 *     all nexuses through them now tells soonest what it is; the likeliest first
 * @param notObservable what could not be told, and why, in words
 * @param rows all observations that the verdict rests on, sorted by host and nexus, silence already made unknown
 * @param changed the components that it held for likelier since they were changed lately, and when that was
 */
public record Verdict(
        List<Finding> findings,
        List<Member> unexplained,
        List<Component> worthChecking,
        List<String> notObservable,
        List<Observation> rows,
        Map<Component, Instant> changed) {

    public static final Verdict NOTHING_KNOWN =
            new Verdict(List.of(), List.of(), List.of(), List.of(), List.of(), Map.of());

    public Verdict {
        findings = List.copyOf(findings);
        unexplained = List.copyOf(unexplained);
        worthChecking = List.copyOf(worthChecking);
        notObservable = List.copyOf(notObservable);
        rows = List.copyOf(rows);
        changed = Map.copyOf(changed);
    }

    Verdict withChanged(Map<Component, Instant> components) {
        return components.isEmpty()
                ? this
                : new Verdict(findings, unexplained, worthChecking, notObservable, rows, components);
    }

    /** The state of a nexus as evidence; unknown when there is no row of it. */
    public NexusState state(Member member) {
        var low = 0;
        var high = rows.size() - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var row = rows.get(middle);
            var order = compare(row, member);
            if (order == 0) {
                return row.state();
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return NexusState.UNKNOWN;
    }

    /** Whether its host reports, and no longer of this nexus: it was unzoned, or its port replaced. */
    public boolean isGone(Member member) {
        var at = 0;
        var end = rows.size();
        while (at < end) {
            var middle = (at + end) >>> 1;
            if (compare(rows.get(middle), member) < 0) {
                at = middle + 1;
            } else {
                end = middle;
            }
        }
        if (at < rows.size() && compare(rows.get(at), member) == 0) {
            return false;
        }
        return isReportedAt(at, 1, member) || isReportedAt(at - 1, -1, member);
    }

    private boolean isReportedAt(int start, int step, Member member) {
        for (var at = start; at >= 0 && at < rows.size() && rows.get(at).host().equals(member.host()); at += step) {
            if (rows.get(at).state() != NexusState.UNKNOWN) {
                return true;
            }
        }
        return false;
    }

    private static int compare(Observation row, Member wanted) {
        var byHost = row.host().compareTo(wanted.host());
        return byHost != 0 ? byHost : row.nexus().compareTo(wanted.nexus());
    }
}
