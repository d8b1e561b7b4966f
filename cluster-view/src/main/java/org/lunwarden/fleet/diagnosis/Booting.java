package org.lunwarden.fleet.diagnosis;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;

/**
 * Hosts that booted lately: what they do not have back yet is no evidence for anything. What came up, and failed again, is;
 * so is what was known to have failed before: no boot mends a switch.
 *
 * @param cameUp of each of these hosts, the nexuses that were up since its boot
 */
public record Booting(Map<HostId, Set<Nexus>> cameUp) {

    public static final Booting NOBODY = new Booting(Map.of());

    public Booting {
        cameUp = Map.copyOf(cameUp);
    }

    /** @param failed nexuses that are part of what is known to have failed */
    public Collection<Observation> explain(Collection<Observation> rows, Set<Member> failed) {
        return rows.stream()
                .map(row -> isOfBoot(row, failed) ? row.explained() : row)
                .toList();
    }

    private boolean isOfBoot(Observation row, Set<Member> failed) {
        var up = cameUp.get(row.host());
        return up != null && !up.contains(row.nexus()) && !failed.contains(new Member(row.host(), row.nexus()));
    }
}
