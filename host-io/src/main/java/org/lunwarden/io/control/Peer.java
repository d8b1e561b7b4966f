package org.lunwarden.io.control;

import org.lunwarden.io.linux.LocalConnection;

/**
 * Who is at the other side of a connection, as the kernel says ({@code SO_PEERCRED}).
 *
 * @param user who and which process, for the audit trail; by number, but for root
 * @param isOwner whether it is the user that the socket belongs to: root, for a daemon of a host
 */
public record Peer(String user, boolean isOwner) {

    /** @param owner number of the user that the socket belongs to */
    static Peer of(LocalConnection.Peer said, long owner) {
        var user = said.uid() == 0 ? "root" : "uid " + said.uid();
        return new Peer(user + " (pid " + said.pid() + ")", said.uid() == owner);
    }
}
