package org.lunwarden.fleet;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * What a site has today, before the same hosts: metrics as node_exporter's {@code dmmultipath} collector gives them, a rule over
 * them, Prometheus and Alertmanager from the Debian packages with the timings of the files that these install.
 */
final class BesideMonitoring implements AutoCloseable {

    private static final String PROMETHEUS = "127.8.3.1:9090";
    private static final String ALERTMANAGER = "127.8.3.1:9093";
    private static final String EXPORTERS = "127.8.3.2";

    /** Alerts by group_by: as the installed file has it, and by host, as many write it to learn which one it is. */
    private static final List<String> RECEIVERS = List.of("at-once", "at-once-by-host", "after-5m", "after-5m-by-host");

    private final BenchHosts hosts;
    private final BenchInbox inbox;
    private final List<Process> processes = new ArrayList<>();
    private final HttpServer exporters;

    private BesideMonitoring(BenchHosts hosts, BenchInbox inbox) throws IOException {
        this.hosts = hosts;
        this.inbox = inbox;
        this.exporters = HttpServer.create(new InetSocketAddress(EXPORTERS, 9100), 1024);
        exporters.createContext("/metrics/", this::expose);
        exporters.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        exporters.start();
    }

    /** @param script {@code deploy/lab/monitoring} */
    static BesideMonitoring start(String script, BenchHosts hosts, BenchInbox inbox, Path folder) throws IOException {
        var beside = new BesideMonitoring(hosts, inbox);
        beside.write(folder);
        beside.run(
                folder.resolve("alertmanager.log"),
                List.of(
                        script,
                        "run",
                        "prometheus-alertmanager",
                        "--config.file=" + folder.resolve("alertmanager.yml"),
                        "--storage.path=" + folder.resolve("alertmanager"),
                        "--web.listen-address=" + ALERTMANAGER,
                        "--cluster.listen-address="));
        beside.run(
                folder.resolve("prometheus.log"),
                List.of(
                        script,
                        "run",
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("prometheus"),
                        "--web.listen-address=" + PROMETHEUS));
        FleetOnLoopback.await("Alertmanager is ready", Duration.ofMinutes(2), () -> isReady(ALERTMANAGER));
        FleetOnLoopback.await("Prometheus is ready", Duration.ofMinutes(2), () -> isReady(PROMETHEUS));
        // each host scraped, and the rules evaluated over it
        FleetOnLoopback.await(
                "all hosts scraped",
                Duration.ofMinutes(3),
                () -> query("count(up == 1)").contains("\"" + hosts.count() + "\""));
        return beside;
    }

    void tell(long failedAt, PrintStream out) {
        out.println("the same through Prometheus and Alertmanager (Debian's packages; scrape and evaluation 15 s,"
                + " group_wait 30 s, group_interval 5 m):");
        for (var receiver : RECEIVERS) {
            var got = inbox.since(receiver, failedAt);
            if (got.isEmpty()) {
                out.printf("  %-18s nothing%n", receiver);
                continue;
            }
            var alerts = got.stream()
                    .mapToInt(one -> one.body().path("alerts").size())
                    .sum();
            var first = got.getFirst();
            out.printf(
                    Locale.ROOT,
                    "  %-18s %d notifications with %d alerts, %d bytes; the first after %.0f s, the last after %.0f s; it begins: %s%n",
                    receiver,
                    got.size(),
                    alerts,
                    got.stream().mapToLong(BenchInbox.Got::bytes).sum(),
                    (first.nanos() - failedAt) / 1e9,
                    (got.getLast().nanos() - failedAt) / 1e9,
                    first.body().at("/alerts/0/annotations/summary").asText());
        }
    }

    private void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("prometheus.yml"), """
                global: { scrape_interval: 15s, evaluation_interval: 15s }
                alerting: { alertmanagers: [ { static_configs: [ { targets: ['%s'] } ] } ] }
                rule_files: [ '%s' ]
                scrape_configs:
                - job_name: node
                  file_sd_configs: [ { files: [ '%s' ] } ]
                """.formatted(
                        ALERTMANAGER, folder.resolve("rules.yml"), folder.resolve("targets.json")));
        Files.writeString(folder.resolve("rules.yml"), """
                groups:
                - name: multipath
                  rules:
                  - alert: MultipathDegradedAtOnce
                    expr: node_dmmultipath_device_paths_failed > 0
                    labels: { severity: warning }
                    annotations: { summary: '{{ $labels.device }} on {{ $labels.instance }}: {{ $value }} paths failed' }
                  - alert: MultipathDegraded
                    expr: node_dmmultipath_device_paths_failed > 0
                    for: 5m
                    labels: { severity: warning }
                    annotations: { summary: '{{ $labels.device }} on {{ $labels.instance }}: {{ $value }} paths failed' }
                """);
        Files.writeString(
                folder.resolve("targets.json"),
                IntStream.range(0, hosts.count())
                        .mapToObj(i ->
                                "{\"targets\":[\"%1$s:9100\"],\"labels\":{\"__metrics_path__\":\"/metrics/%2$d\",\"instance\":\"%3$s\"}}"
                                        .formatted(EXPORTERS, i, hosts.id(i).value()))
                        .collect(Collectors.joining(",\n", "[", "]")));
        Files.writeString(
                folder.resolve("alertmanager.yml"),
                """
                route:
                  group_by: ['alertname', 'cluster', 'service']
                  group_wait: 30s
                  group_interval: 5m
                  repeat_interval: 3h
                  receiver: nobody
                  routes:
                  - { matchers: [alertname="MultipathDegradedAtOnce"], receiver: at-once, continue: true }
                  - { matchers: [alertname="MultipathDegradedAtOnce"], receiver: at-once-by-host, group_by: [alertname, instance] }
                  - { matchers: [alertname="MultipathDegraded"], receiver: after-5m, continue: true }
                  - { matchers: [alertname="MultipathDegraded"], receiver: after-5m-by-host, group_by: [alertname, instance] }
                receivers:
                - name: nobody
                """
                        + RECEIVERS.stream()
                                .map(name -> "- { name: %s, webhook_configs: [ { url: '%s' } ] }%n"
                                        .formatted(name, inbox.url(name)))
                                .collect(Collectors.joining()));
    }

    private void run(Path log, List<String> command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    /** Each map of a host as the collector has it; a path is active there while the kernel has its disk running. */
    private void expose(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var report = hosts.report(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
        var text = new StringBuilder(16_384);
        for (var metric : List.of("device_active", "device_paths", "device_paths_active", "device_paths_failed")) {
            text.append("# TYPE node_dmmultipath_").append(metric).append(" gauge\n");
            var number = 0;
            for (var map : report.maps()) {
                var value = switch (metric) {
                    case "device_active" -> 1;
                    case "device_paths" -> map.paths();
                    case "device_paths_active" -> map.usablePaths();
                    default -> map.paths() - map.usablePaths();
                };
                text.append("node_dmmultipath_")
                        .append(metric)
                        .append("{device=\"")
                        .append(map.name())
                        .append("\",sysfs_name=\"dm-")
                        .append(number++)
                        .append("\"} ")
                        .append(value)
                        .append('\n');
            }
        }
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static boolean isReady(String address) {
        return !get("http://" + address + "/-/ready").isEmpty();
    }

    private static String query(String expression) {
        return get("http://" + PROMETHEUS + "/api/v1/query?query="
                + java.net.URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }

    /** The answer, empty while there is none. */
    private static String get(String url) {
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "";
        } catch (IOException | UncheckedIOException notYet) {
            return "";
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        for (var process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
        exporters.stop(0);
    }
}
