package org.lunwarden.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.lunwarden.http.metrics.HostMetrics;

/**
 * {@code GET /metrics} of a host's daemon, and nothing else. The JDK's own server, since a host pays for every thread and
 * class. Who asks waits, and who does not read what was asked for is left: the daemon itself waits for nobody.
 */
public final class MetricsServer implements AutoCloseable {

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final int THREADS = 2;
    private static final int BACKLOG = 16;
    private static final int PATIENCE_SECONDS = 8;

    static {
        // of the JDK's server, in seconds: who is slower does not keep one of the threads for ever
        preset("sun.net.httpserver.maxReqTime", "10");
        preset("sun.net.httpserver.maxRspTime", "20");
        preset("sun.net.httpserver.timerMillis", "5000");
        preset("jdk.httpserver.maxConnections", "32");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private MetricsServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    private static void preset(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * @param address a loopback address: there is no TLS and no authentication
     * @param port 0 takes a free one
     * @param host asked once a second at most
     * @throws IOException when the address is taken
     */
    public static MetricsServer start(String address, int port, Supplier<CompletionStage<HostMetrics>> host)
            throws IOException {
        var server = HttpServer.create(new InetSocketAddress(address, port), BACKLOG);
        var threads = Executors.newFixedThreadPool(THREADS, work -> {
            var thread = new Thread(work, "metrics");
            thread.setDaemon(true);
            return thread;
        });
        var lately = new Lately<>(host);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange, lately);
            }
        });
        server.start();
        return new MetricsServer(server, threads);
    }

    /** The port that is bound. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Lately<HostMetrics> host) throws IOException {
        var name = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                .orElse("");
        if (!Origins.isLoopbackName(withoutPort(name))) {
            say(exchange, 403, "only localhost and loopback addresses are served, whatever name leads here");
        } else if (!exchange.getRequestURI().getPath().equals("/metrics")) {
            say(exchange, 404, "there is only /metrics; the API is a view's");
        } else if (!exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            say(exchange, 405, "this resource takes GET");
        } else {
            metrics(exchange, host);
        }
    }

    private static void metrics(HttpExchange exchange, Lately<HostMetrics> host) throws IOException {
        var accept = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
                .orElse("");
        try {
            var now = host.get().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            var page = now.page(accept);
            send(exchange, 200, page.contentType(), page.text());
        } catch (ExecutionException | TimeoutException late) {
            say(exchange, 503, "the host half of this daemon does not answer");
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, PLAIN, text + "\n");
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static String withoutPort(String host) {
        var colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
