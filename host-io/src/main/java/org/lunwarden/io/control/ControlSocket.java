package org.lunwarden.io.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.linux.LocalConnection;
import org.lunwarden.io.linux.LocalListener;

/**
 * Listens for commands of this host's administrator. A client may send one after the other, and gets a reply to each. The
 * socket is in a folder that only its owner may enter, so that nobody else can connect.
 *
 * <p>Clients are bounded in number, in what they send, and in how long they may take to send or to read: one that is slow,
 * silent or hostile costs a connection and no more. One thread serves all.
 */
public final class ControlSocket implements AutoCloseable {

    /** That of a host's daemon. */
    public static final String OF_HOST = "/run/lunwarden/control";

    static final int MOST_CLIENTS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(5);
    private static final int EIO = 5;

    private final Path path;
    private final LocalListener listening;
    /** Its number. */
    private final long owner;

    private final BiFunction<Peer, String, CompletionStage<String>> answers;
    private final List<Client> clients = new ArrayList<>();
    private final Queue<Runnable> answered = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    /** A client that could not be let in is still at the door: until the next tick, nobody looks. */
    private boolean doorRests;

    private volatile boolean closing;

    private ControlSocket(
            Path path, LocalListener listening, long owner, BiFunction<Peer, String, CompletionStage<String>> answers) {
        this.path = path;
        this.listening = listening;
        this.owner = owner;
        this.answers = answers;
        this.thread = Thread.ofPlatform().daemon().name("control-socket").unstarted(this::serve);
    }

    /**
     * A socket file that is there is taken to be left over: the caller knows that no other daemon runs.
     *
     * @param path its folder is made where there is none, and closed to all but its owner
     * @param answers gives the reply to somebody's command; where it fails, the client is told so
     */
    public static IoResult<ControlSocket> open(Path path, BiFunction<Peer, String, CompletionStage<String>> answers) {
        try {
            var folder = path.toAbsolutePath().getParent();
            var onlyOwner = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(onlyOwner));
            Files.setPosixFilePermissions(folder, onlyOwner);
            Files.deleteIfExists(path);
            var listening = LocalListener.open(path);
            var owner = ((Number) Files.getAttribute(path, "unix:uid")).longValue();
            var socket = new ControlSocket(path, listening, owner, answers);
            socket.thread.start();
            return new IoResult.Ok<>(socket);
        } catch (IOException | IllegalArgumentException refused) {
            return new IoResult.Refused<>(EIO, "listen on " + path, String.valueOf(refused.getMessage()));
        }
    }

    private void serve() {
        try {
            while (!closing) {
                var ready = listening.await(
                        !doorRests && clients.size() < MOST_CLIENTS,
                        connections(Client.Turn.TO_SEND),
                        connections(Client.Turn.TO_READ),
                        TICK);
                doorRests = false;
                for (var reply = answered.poll(); reply != null; reply = answered.poll()) {
                    reply.run();
                }
                List.copyOf(clients).stream()
                        .filter(client -> ready.connections().contains(client.connection()))
                        .forEach(ControlSocket::proceed);
                if (ready.knocked()) {
                    accept();
                }
                var now = System.nanoTime();
                clients.stream()
                        .filter(client -> client.isStale(now - PATIENCE.toNanos()))
                        .forEach(Client::close);
                clients.removeIf(client -> !client.isOpen());
            }
        } catch (RuntimeException broken) {
            LOG.error("no more commands are taken on this host", broken);
        } finally {
            end();
        }
    }

    private List<LocalConnection> connections(Client.Turn turn) {
        return clients.stream()
                .filter(client -> client.turn() == turn)
                .map(Client::connection)
                .toList();
    }

    private void end() {
        try {
            clients.forEach(Client::close);
            listening.close();
            Files.deleteIfExists(path);
        } catch (IOException broken) {
            LOG.warn("the control socket cannot be closed", broken);
        }
    }

    private static void proceed(Client client) {
        try {
            client.proceed();
        } catch (IOException gone) {
            client.close();
        }
    }

    private void accept() {
        try {
            listening.accept().ifPresent(connection -> {
                var peer = Peer.of(connection.peer(), owner);
                clients.add(new Client(connection, (client, command) -> answer(client, peer, command)));
            });
        } catch (IOException refused) {
            LOG.warn("a client of the control socket was not let in: {}", refused.getMessage());
            doorRests = true;
        }
    }

    private void answer(Client client, Peer peer, String command) {
        CompletionStage<String> reply;
        try {
            reply = answers.apply(peer, command);
        } catch (RuntimeException broken) {
            LOG.error("'{}' broke", command, broken);
            client.reply("fail\n");
            return;
        }
        reply.whenComplete((text, broken) -> {
            answered.add(() -> client.reply(broken == null ? text : "fail\nthe daemon did not answer\n"));
            listening.wake();
        });
    }

    /** Ends all conversations; the socket's file is gone then. */
    @Override
    public void close() {
        closing = true;
        listening.wake();
        try {
            thread.join(END);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
