package org.lunwarden.fleet.diagnosis;

import java.util.Comparator;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;

/** A nexus of a host, as part of a finding or an incident. */
public record Member(HostId host, Nexus nexus) implements Comparable<Member> {

    private static final Comparator<Member> ORDER =
            Comparator.comparing(Member::host).thenComparing(Member::nexus);

    @Override
    public int compareTo(Member other) {
        return ORDER.compare(this, other);
    }
}
