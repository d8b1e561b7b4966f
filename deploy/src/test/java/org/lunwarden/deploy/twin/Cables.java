package org.lunwarden.deploy.twin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Carries connections between members, and can be cut: bytes then go nowhere, and nobody is told so. */
final class Cables implements AutoCloseable {

    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final Object changed = new Object();
    private boolean cut;

    /** Opens a port on loopback that leads to another one there. */
    int lead(int port) throws IOException {
        var server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        open.add(server);
        Thread.ofVirtual().start(() -> accept(server, port));
        return server.getLocalPort();
    }

    void cut() {
        set(true);
    }

    void mend() {
        set(false);
    }

    @Override
    public void close() throws Exception {
        mend();
        for (var each : open) {
            each.close();
        }
    }

    private void set(boolean nowCut) {
        synchronized (changed) {
            cut = nowCut;
            changed.notifyAll();
        }
    }

    private void accept(ServerSocket server, int port) {
        while (!server.isClosed()) {
            try {
                var caller = server.accept();
                open.add(caller);
                Thread.ofVirtual().start(() -> connect(caller, port));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket caller, int port) {
        try {
            waitWhileCut();
            var called = new Socket();
            open.add(called);
            called.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
            Thread.ofVirtual().start(() -> pump(caller, called));
            pump(called, caller);
        } catch (IOException refused) {
            close(caller);
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            var buffer = new byte[16_384];
            for (var n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                waitWhileCut();
                to.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException hungUp) {
            close(to);
        } finally {
            open.remove(from);
        }
    }

    private void waitWhileCut() throws IOException {
        synchronized (changed) {
            while (cut) {
                try {
                    changed.wait();
                } catch (InterruptedException interrupted) {
                    throw new IOException(interrupted);
                }
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
