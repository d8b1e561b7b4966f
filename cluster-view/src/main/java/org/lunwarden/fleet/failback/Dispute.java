package org.lunwarden.fleet.failback;

import java.time.Instant;

import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/**
 * Two hosts that take a LUN from each other: each goes on switching it to another path group.
 *
 * @param one with the most switches, of equal ones the first
 * @param switches of all hosts, in the time that is looked at
 * @param since the first of these
 * @param last the latest
 * @param reason why they disagree, as far as it is known; empty otherwise
 */
public record Dispute(Wwid map, HostId one, HostId other, int switches, Instant since, Instant last, String reason) {

    public String words() {
        return "hosts " + one + " and " + other + " take map " + map + " from each other, " + switches
                + " switches since " + since + (reason.isEmpty() ? "" : ": " + reason);
    }
}
