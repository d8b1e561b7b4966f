package org.lunwarden.deploy.daemon;

import java.nio.file.Path;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.control.ControlSocket;
import org.lunwarden.node.Node;

/** Where this host's administrator reaches its daemon. A daemon that cannot have one keeps its paths all the same. */
public final class AdminDoor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminDoor.class);

    private final Optional<ControlSocket> socket;

    private AdminDoor(Optional<ControlSocket> socket) {
        this.socket = socket;
    }

    /** @param node none for a view, which has nothing to tell here */
    public static AdminDoor open(Optional<Node> node) {
        return new AdminDoor(
                node.flatMap(host -> switch (ControlSocket.open(Path.of(ControlSocket.OF_HOST), host::answer)) {
                    case IoResult.Ok<ControlSocket>(var socket) -> Optional.of(socket);
                    case IoResult.Refused<ControlSocket> refused -> {
                        LOG.warn("no commands are taken on this host: {}", refused);
                        yield Optional.empty();
                    }
                }));
    }

    @Override
    public void close() {
        socket.ifPresent(ControlSocket::close);
    }
}
