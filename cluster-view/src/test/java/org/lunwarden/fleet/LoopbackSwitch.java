package org.lunwarden.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Carries the connections between members, each of which has an address of its own in 127.0.0.0/8, and can cut one off:
 * its bytes then go nowhere, in both directions, and no connection is told so.
 */
final class LoopbackSwitch implements AutoCloseable {

    private final Set<InetAddress> cutOff = ConcurrentHashMap.newKeySet();
    private final Set<InetAddress> dead = ConcurrentHashMap.newKeySet();
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final Map<InetAddress, LongAdder> calls = new ConcurrentHashMap<>();
    private final LongAdder carried = new LongAdder();
    private final Object changed = new Object();

    /** From one member to another. */
    private record Line(Socket caller, Socket called, InetAddress member) {
        boolean isOf(InetAddress address) {
            return member.equals(address) || caller.getInetAddress().equals(address);
        }

        void hangUp() {
            close(caller);
            close(called);
        }
    }

    /** Opens a port on 127.0.0.1 that leads to a member's. */
    int lead(InetSocketAddress member) {
        try {
            var server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
            open.add(server);
            Thread.ofVirtual().start(() -> accept(server, member));
            return server.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void cut(InetAddress member) {
        cutOff.add(member);
    }

    void heal(InetAddress member) {
        synchronized (changed) {
            cutOff.remove(member);
            changed.notifyAll();
        }
    }

    /** All connections of the member break, and it gets no new ones, as when its process is killed. */
    void kill(InetAddress member) {
        dead.add(member);
        lines.stream().filter(line -> line.isOf(member)).forEach(Line::hangUp);
    }

    void revive(InetAddress member) {
        dead.remove(member);
    }

    /** Bytes carried so far, both ways. */
    long carried() {
        return carried.sum();
    }

    /** Connections that the member has opened so far. */
    long calls(InetAddress member) {
        return calls.computeIfAbsent(member, any -> new LongAdder()).sum();
    }

    @Override
    public void close() {
        synchronized (changed) {
            cutOff.clear();
            changed.notifyAll();
        }
        open.forEach(LoopbackSwitch::close);
    }

    private void accept(ServerSocket server, InetSocketAddress member) {
        while (!server.isClosed()) {
            try {
                var caller = server.accept();
                open.add(caller);
                calls.computeIfAbsent(caller.getInetAddress(), any -> new LongAdder())
                        .increment();
                Thread.ofVirtual().start(() -> connect(caller, member));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket caller, InetSocketAddress member) {
        var called = new Socket();
        var line = new Line(caller, called, member.getAddress());
        try {
            waitWhileCut(caller, member);
            called.connect(member, 2000);
            open.add(called);
            lines.add(line);
            if (dead.stream().anyMatch(line::isOf)) {
                line.hangUp();
            }
            Thread.ofVirtual().start(() -> pump(caller, called, member, line));
            Thread.ofVirtual().start(() -> pump(called, caller, member, line));
        } catch (IOException e) {
            line.hangUp();
        }
    }

    private void pump(Socket from, Socket to, InetSocketAddress member, Line line) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[16_384];
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                waitWhileCut(line.caller(), member);
                carried.add(n);
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // The other side has hung up: so does this one.
        } finally {
            open.remove(from);
            lines.remove(line);
        }
    }

    private void waitWhileCut(Socket caller, InetSocketAddress member) throws IOException {
        synchronized (changed) {
            while (cutOff.contains(caller.getInetAddress()) || cutOff.contains(member.getAddress())) {
                try {
                    changed.wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
