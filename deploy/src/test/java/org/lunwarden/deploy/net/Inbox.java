package org.lunwarden.deploy.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Receives what the views' webhooks post, and keeps all of it. */
final class Inbox implements AutoCloseable {

    static final int PORT = 8099;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One notification as it came.
     *
     * @param from address of the view that posted it
     * @param id the same for the same notification, whoever posts it
     * @param kind firing, updated or resolved
     * @param about fault or silence
     */
    record Told(String from, String id, String incident, String kind, String about, String summary, long nanos) {}

    private final HttpServer server;
    private final List<Told> all = new CopyOnWriteArrayList<>();
    private final List<Told> refused = new CopyOnWriteArrayList<>();
    private volatile boolean refuses;

    private Inbox(HttpServer server) {
        this.server = server;
    }

    static Inbox open() {
        try {
            var inbox = new Inbox(HttpServer.create(new InetSocketAddress(Wires.OUTSIDE, PORT), 0));
            inbox.server.createContext("/", inbox::receive);
            inbox.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            inbox.server.start();
            return inbox;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    List<Told> all() {
        return List.copyOf(all);
    }

    /** Whether it takes nothing from now on. */
    void refuse(boolean all) {
        refused.clear();
        refuses = all;
    }

    /** What it did not take since it takes nothing. */
    List<Told> refused() {
        return List.copyOf(refused);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        var event = JSON.readTree(exchange.getRequestBody());
        var type = event.path("type").asText();
        var takes = !refuses;
        (takes ? all : refused)
                .add(new Told(
                        exchange.getRemoteAddress().getAddress().getHostAddress(),
                        event.path("id").asText(),
                        event.path("subject").asText(),
                        type.substring(type.lastIndexOf('.') + 1),
                        event.path("data").path("labels").path("kind").asText(),
                        event.path("data").path("summary").asText(),
                        System.nanoTime()));
        exchange.sendResponseHeaders(takes ? 200 : 503, -1);
        exchange.close();
    }
}
