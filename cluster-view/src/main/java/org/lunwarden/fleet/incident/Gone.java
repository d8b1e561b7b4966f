package org.lunwarden.fleet.incident;

import java.util.HashSet;
import java.util.Set;

import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.diagnosis.Verdict;
import org.lunwarden.model.fleet.HostId;

/** Which nexuses are no more, and need not come back for an incident to end. */
final class Gone {

    private final Verdict verdict;
    private final boolean knowsAllHosts;
    private final Set<HostId> hosts = new HashSet<>();

    /** @param knowsAllHosts whether a host of which nothing is known is one that was forgotten */
    Gone(Verdict verdict, boolean knowsAllHosts) {
        this.verdict = verdict;
        this.knowsAllHosts = knowsAllHosts;
        if (knowsAllHosts) {
            verdict.rows().stream().map(Observation::host).forEach(hosts::add);
        }
    }

    boolean is(Member member) {
        return verdict.isGone(member) || (knowsAllHosts && !hosts.contains(member.host()));
    }
}
