package org.lunwarden.deploy.net;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Runs scenarios, prints a line for each, and ends with 1 when one of them did not hold. Wants the namespaces that {@code
 * deploy/lab/net} makes.
 */
public final class NetRun {

    private NetRun() {}

    /** @param args folder for logs, hosts, hosts of a process, seconds of quiet before somebody is downed, names or "all" */
    public static void main(String[] args) throws IOException {
        var out = System.out;
        var folder = Path.of(args[0]).toAbsolutePath();
        var size = new NetFleet.Size(
                Integer.parseInt(args[1]), Integer.parseInt(args[2]), Duration.ofSeconds(Integer.parseInt(args[3])));
        var wanted = List.of(args).subList(4, args.length);
        System.exit(run(folder, size, wanted, out) ? 0 : 1);
    }

    private static boolean run(Path folder, NetFleet.Size size, List<String> wanted, PrintStream out)
            throws IOException {
        var start = System.nanoTime();
        try (var fleet = NetFleet.start(size, folder);
                var san = NetSan.build(size.hosts())) {
            out.printf(
                    Locale.ROOT,
                    "3 views, %d hosts in %d processes, a network interface each; TLS; stable-after %d s; well after %.1f s%n",
                    size.hosts(),
                    size.hosts() / size.hostsPerProcess(),
                    size.stableAfter().toSeconds(),
                    (System.nanoTime() - start) / 1e9);
            var scenarios = new Scenarios(fleet, NetSan.edgeSwitches(san), NetSan.fabricA(san));
            var names = wanted.equals(List.of("all"))
                    ? scenarios.names()
                    : wanted.equals(List.of("short")) ? Scenarios.SHORT : wanted;
            var holds = true;
            for (var name : names) {
                var began = System.nanoTime();
                try {
                    var figures = scenarios.run(name);
                    out.printf(
                            Locale.ROOT,
                            "%-16s holds (%.0f s): %s%n",
                            name,
                            (System.nanoTime() - began) / 1e9,
                            figures);
                } catch (AssertionError broken) {
                    out.printf(Locale.ROOT, "%-16s BROKEN: %s%n", name, broken.getMessage());
                    holds = false;
                    fleet.recover();
                }
            }
            return holds;
        }
    }
}
