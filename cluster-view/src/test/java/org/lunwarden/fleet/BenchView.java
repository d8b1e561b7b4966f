package org.lunwarden.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A view as it is installed: the program itself, in a process of its own; what it tells over HTTP, and what it takes. */
final class BenchView implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double TICKS_A_SECOND = 100;
    private static final Pattern USED =
            Pattern.compile("(?i)^\\s*(?:def ?new|tenured)\\b.*used (\\d+)K", Pattern.MULTILINE);

    /** An incident as it was told of. */
    record Seen(long nanos, String change, JsonNode incident) {}

    private final Process process;
    private final URI http;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    private BenchView(Process process, URI http) {
        this.process = process;
        this.http = http;
    }

    /** @param config of the view; it has its HTTP server on port 8480 of {@code address} */
    static BenchView start(String program, String address, Path config, Path log) throws IOException {
        var builder = new ProcessBuilder(program, "view", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("LUNWARDEN_JAVA_HOME", System.getProperty("java.home"));
        var view = new BenchView(builder.start(), URI.create("http://" + address + ":8480"));
        FleetOnLoopback.await("view " + address, Duration.ofMinutes(2), view::isReady);
        Thread.ofVirtual().start(view::listen);
        return view;
    }

    /** What was told since, of all incidents. */
    List<Seen> since(long nanos) {
        return seen.stream().filter(one -> one.nanos() >= nanos).toList();
    }

    JsonNode fleet() {
        try {
            return JSON.readTree(client.send(request("/api/v1/fleet"), BodyHandlers.ofString())
                    .body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Seconds of CPU since its start. */
    double cpu() {
        var fields = read(Path.of("/proc", Long.toString(process.pid()), "stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }

    /** MiB that it has had at most, and has. */
    String memory() {
        var status = read(Path.of("/proc", Long.toString(process.pid()), "status"));
        return "RSS %d MiB, at most %d MiB".formatted(kib(status, "VmRSS") / 1024, kib(status, "VmHWM") / 1024);
    }

    /** MiB of heap after a full garbage collection. */
    double heap() throws IOException {
        jcmd("GC.run");
        var used = USED.matcher(jcmd("GC.heap_info"));
        var sum = 0L;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        return sum / 1024.0;
    }

    private String jcmd(String what) throws IOException {
        var command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                        Long.toString(process.pid()),
                        what)
                .redirectErrorStream(true)
                .start();
        return new String(command.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static long kib(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the view has ended; its log says why");
        }
        try {
            return client.send(request("/health/live"), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void listen() {
        try {
            client.send(request("/api/v1/events"), BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.contains("\"event\":\"incident-changed\""))
                    .forEach(this::note);
        } catch (IOException | UncheckedIOException over) {
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(String line) {
        var now = System.nanoTime();
        try {
            var what = JSON.readTree(line.substring(line.indexOf('{'))).path("what");
            seen.add(new Seen(now, what.path("change").asText(), what.path("incident")));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(http.resolve(path)).build();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
