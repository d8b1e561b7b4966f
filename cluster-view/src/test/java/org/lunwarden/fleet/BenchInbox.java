package org.lunwarden.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Receives notifications, whoever posts them, and keeps them by the path that they are posted to. */
final class BenchInbox implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param bytes of the notification */
    record Got(long nanos, String path, int bytes, JsonNode body) {}

    private final HttpServer server;
    private final List<Got> all = new CopyOnWriteArrayList<>();

    BenchInbox() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
    }

    List<Got> since(String path, long nanos) {
        return all.stream()
                .filter(got -> got.path().equals("/" + path) && got.nanos() >= nanos)
                .toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        var now = System.nanoTime();
        var bytes = exchange.getRequestBody().readAllBytes();
        all.add(new Got(now, exchange.getRequestURI().getPath(), bytes.length, JSON.readTree(bytes)));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
