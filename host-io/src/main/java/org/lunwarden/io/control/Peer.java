package org.lunwarden.io.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;

import jdk.net.ExtendedSocketOptions;

/**
 * Who is at the other side of a connection, as the kernel says ({@code SO_PEERCRED}).
 *
 * @param user its name, or its number where it has none
 * @param isOwner whether it is the user that the socket belongs to: root, for a daemon of a host
 */
public record Peer(String user, boolean isOwner) {

    /** @throws IOException when it cannot be told */
    static Peer of(SocketChannel channel, UserPrincipal owner) throws IOException {
        var user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        return new Peer(user.getName(), user.equals(owner));
    }
}
