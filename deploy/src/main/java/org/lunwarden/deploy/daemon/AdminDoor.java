package org.lunwarden.deploy.daemon;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.control.ControlSocket;
import org.lunwarden.io.control.Peer;
import org.lunwarden.node.Node;

/** Where this host's administrator reaches its daemon. A daemon that cannot have one keeps its paths all the same. */
public final class AdminDoor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminDoor.class);

    private final Optional<ControlSocket> socket;

    private AdminDoor(Optional<ControlSocket> socket) {
        this.socket = socket;
    }

    /** A view has nothing to tell here. */
    public static AdminDoor open(Daemon daemon) {
        return new AdminDoor(daemon.node()
                .flatMap(host -> switch (ControlSocket.open(Path.of(ControlSocket.OF_HOST), answers(host, daemon))) {
                    case IoResult.Ok<ControlSocket>(var socket) -> Optional.of(socket);
                    case IoResult.Refused<ControlSocket> refused -> {
                        LOG.warn("no commands are taken on this host: {}", refused);
                        yield Optional.empty();
                    }
                }));
    }

    /** What needs both halves of the daemon is answered here, all else by the host's. */
    private static BiFunction<Peer, String, CompletionStage<String>> answers(Node host, Daemon daemon) {
        return (peer, command) -> daemon.staleMaps()
                .filter(any -> command.startsWith(StaleMaps.COMMAND))
                .map(maps -> maps.answer(
                        command.substring(StaleMaps.COMMAND.length()).strip()))
                .orElseGet(() -> host.answer(peer, command));
    }

    @Override
    public void close() {
        socket.ifPresent(ControlSocket::close);
    }
}
