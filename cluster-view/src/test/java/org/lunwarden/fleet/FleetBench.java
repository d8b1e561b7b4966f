package org.lunwarden.fleet;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import org.lunwarden.fleet.BenchView.Seen;
import org.lunwarden.fleet.tls.ThrowAwayCertificates;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/**
 * A simulated fleet before three real views: {@code FleetBench PROGRAM HOSTS MAPS MEMBERS FAULTS STORM FOLDER [MONITORING]}. The
 * views are processes of the installed program; the hosts' reports travel over TLS. See {@code docs/benchmarks/fleet.md}.
 */
public final class FleetBench {

    private static final long SEED = 20261122;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final PrintStream out = System.out;
    private final String program;
    private final int members;
    private final Path folder;
    private final BenchHosts hosts;
    private final BenchInbox inbox;
    private final List<BenchView> views = new ArrayList<>();
    private final ThrowAwayCertificates certificates = ThrowAwayCertificates.of("lunwarden-bench");
    private final List<Double> provisional = new ArrayList<>();
    private final List<Double> confirmed = new ArrayList<>();
    private final List<Double> confirmedAfterLast = new ArrayList<>();

    private FleetBench(String program, int count, int maps, int members, Path folder) throws IOException {
        this.program = program;
        this.members = members;
        this.folder = folder;
        this.hosts = new BenchHosts(count, maps, SEED);
        this.inbox = new BenchInbox();
    }

    public static void main(String[] args) {
        Figures.print("", out -> {
            try {
                var bench = new FleetBench(
                        args[0],
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]),
                        Integer.parseInt(args[3]),
                        Path.of(args[6]).toAbsolutePath());
                bench.run(
                        Integer.parseInt(args[4]),
                        Duration.ofSeconds(Integer.parseInt(args[5])),
                        args.length > 7 ? args[7] : "");
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }

    private void run(int faults, Duration storm, String monitoring) throws IOException {
        try (hosts;
                inbox) {
            out.printf(
                    "%d hosts x %d nexuses x %d maps, carried by %d members in one process, over TLS; 3 views, a process"
                            + " each; %d processors, Java %s%n",
                    hosts.count(),
                    hosts.report(0).nexuses().size(),
                    hosts.report(0).maps().size(),
                    members,
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version());
            load("before");
            start();
            idle();
            faults(faults);
            if (monitoring.isEmpty()) {
                storm(storm);
            } else {
                try (var beside = BesideMonitoring.start(monitoring, hosts, inbox, folder)) {
                    var began = storm(storm);
                    beside.tell(began, out);
                }
            }
            load("after");
        } finally {
            views.forEach(BenchView::close);
        }
    }

    private void load(String when) {
        out.printf(
                Locale.ROOT,
                "load average of the machine %s: %.1f%n",
                when,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private void start() throws IOException {
        var seeds = IntStream.rangeClosed(1, 3)
                .mapToObj(number -> new MemberAddress("127.8.1." + number, 7355))
                .toList();
        for (var i = 0; i < 3; i++) {
            views.add(BenchView.start(
                    program, seeds.get(i).host(), config(i, seeds), folder.resolve("view" + (i + 1) + ".log")));
        }
        var before = cpu();
        var start = System.nanoTime();
        hosts.join(members, seeds, certificates, folder);
        await(
                "all hosts report to all views",
                Duration.ofMinutes(10),
                fleet -> fleet.path("hostsReporting").asInt() == hosts.count());
        out.printf(
                Locale.ROOT,
                "members started, until every view has heard every host: %.1f s; %.0f bytes a host to all views; CPU of the"
                        + " views %.1f s%n",
                seconds(start),
                (double) MessageCount.bytesToViews() / hosts.count(),
                cpu() - before);
    }

    private Path config(int number, List<MemberAddress> seeds) throws IOException {
        var name = "view" + (number + 1);
        var tls = certificates.member(name, folder.resolve(name));
        var addresses = seeds.stream().map(seed -> '"' + seed.toString() + '"').toList();
        return Files.writeString(folder.resolve(name + ".conf"), """
                lunwarden.host = %1$s
                lunwarden.fleet {
                  cluster = bench
                  address = "%2$s"
                  port = 7355
                  seeds = %3$s
                  tls { key = "%4$s", certificate = "%5$s", authority = "%6$s" }
                }
                lunwarden.history.folder = "%7$s/history"
                lunwarden.alerts { spool = "%7$s/spool", webhook.inbox.url = "%8$s" }
                lunwarden.http.address = "%2$s"
                """.formatted(
                        name,
                        seeds.get(number).host(),
                        addresses,
                        tls.key(),
                        tls.certificate(),
                        tls.authority(),
                        folder.resolve(name),
                        inbox.url("ours")));
    }

    private void idle() throws IOException {
        var messages = MessageCount.toViews();
        var bytes = MessageCount.bytesToViews();
        var cpu = cpu();
        var start = System.nanoTime();
        pass(Duration.ofSeconds(20));
        var took = seconds(start);
        out.printf(
                Locale.ROOT,
                "nothing happens: %.0f bytes and %.2f messages a second and host to all views; CPU of a view %.0f ms a"
                        + " second%n",
                (MessageCount.bytesToViews() - bytes) / took / hosts.count(),
                (MessageCount.toViews() - messages) / took / hosts.count(),
                (cpu() - cpu) * 1000 / took / views.size());
        tellMemory();
    }

    private void tellMemory() throws IOException {
        for (var view : views) {
            out.printf(Locale.ROOT, "  a view: heap after collection %.1f MiB, %s%n", view.heap(), view.memory());
        }
    }

    private void faults(int count) {
        var bytes = MessageCount.bytesToViews();
        for (var fault : plan(count)) {
            one(fault);
        }
        out.printf("%d faults, each told by 3 views:%n", count);
        tell("  provisional after the fault", provisional);
        tell("  confirmed after the fault", confirmed);
        tell("  confirmed after the last host noticed it", confirmedAfterLast);
        out.printf(
                Locale.ROOT,
                "  %.0f bytes a host and fault to all views, its end and signs of life included%n",
                (double) (MessageCount.bytesToViews() - bytes) / hosts.count() / count);
    }

    /** Of each class in turn, whichever of it. */
    private List<Component> plan(int count) {
        var random = new Random(SEED);
        var kinds = List.of(
                ComponentClass.SWITCH,
                ComponentClass.TARGET_PORT,
                ComponentClass.HBA_PORT,
                ComponentClass.CONTROLLER,
                ComponentClass.ARRAY,
                ComponentClass.SWITCH,
                ComponentClass.TARGET_PORT,
                ComponentClass.FABRIC);
        var plan = new ArrayList<Component>();
        for (var i = 0; i < count; i++) {
            var kind = kinds.get(i % kinds.size());
            var candidates = hosts.components().stream()
                    .filter(component -> component.kind() == kind)
                    // an array of one port a fabric and controller would be its controller
                    .filter(component ->
                            kind != ComponentClass.SWITCH || !component.id().endsWith("/1"))
                    .sorted()
                    .toList();
            plan.add(candidates.get(random.nextInt(candidates.size())));
        }
        Collections.shuffle(plan, random);
        return plan;
    }

    private void one(Component fault) {
        hosts.noticed();
        var start = System.nanoTime();
        hosts.fail(fault);
        var first = new ArrayList<Double>();
        var last = new ArrayList<Double>();
        for (var view : views) {
            FleetOnLoopback.await(
                    fault + " confirmed",
                    PATIENCE,
                    () -> view.since(start).stream().anyMatch(seen -> names(seen, fault) && isConfirmed(seen)));
            first.add(at(view, start, seen -> names(seen, fault)));
            last.add(at(view, start, seen -> names(seen, fault) && isConfirmed(seen)));
        }
        FleetOnLoopback.await(
                "all hosts noticed", PATIENCE, () -> seconds(start) > BenchHosts.CHECKED_EVERY.toSeconds() + 0.2);
        var noticed = hosts.noticed();
        var lastNoticed = (noticed.getLast() - start) / 1e9;
        provisional.addAll(first);
        confirmed.addAll(last);
        last.forEach(time -> confirmedAfterLast.add(Math.max(0, time - lastNoticed)));
        var wrong = views.getFirst().since(start).stream()
                .filter(seen -> seen.change().equals("confirmed") && !names(seen, fault))
                .count();
        out.printf(
                Locale.ROOT,
                "  %-45s %4d hosts: noticed %.2f..%.2f s, provisional %.2f s, confirmed %.2f s%s%n",
                fault,
                hosts.behind(fault),
                (noticed.getFirst() - start) / 1e9,
                lastNoticed,
                Collections.max(first),
                Collections.max(last),
                wrong == 0 ? "" : "; " + wrong + " confirmed of something else");
        hosts.restore(fault);
        awaitQuiet();
    }

    private void awaitQuiet() {
        await(
                "nothing is open",
                PATIENCE,
                fleet -> fleet.path("openIncidents").asInt() == 0
                        && fleet.path("unexplainedNexuses").asInt() == 0);
        pass(BenchHosts.CHECKED_EVERY);
        await("nothing is open", PATIENCE, fleet -> fleet.path("openIncidents").asInt() == 0);
    }

    /** A whole fabric dies; gives when. */
    private long storm(Duration length) throws IOException {
        var fabric = hosts.components().stream()
                .filter(component -> component.kind() == ComponentClass.FABRIC)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        hosts.noticed();
        var messages = MessageCount.toViews();
        var bytes = MessageCount.bytesToViews();
        var cpu = cpu();
        var start = System.nanoTime();
        hosts.fail(fabric);
        FleetOnLoopback.await("all hosts noticed", PATIENCE, () -> seconds(start) > 5.2);
        var noticed = hosts.noticed();
        var span = (noticed.getLast() - start) / 1e9;
        out.printf(
                Locale.ROOT,
                "%s dies: all %d hosts noticed within %.1f s, %.0f reports a second to each view; %.0f bytes a host to all"
                        + " views, %d messages; CPU of the views %.1f s until then%n",
                fabric,
                noticed.size(),
                span,
                noticed.size() / span,
                (double) (MessageCount.bytesToViews() - bytes) / hosts.count(),
                MessageCount.toViews() - messages,
                cpu() - cpu);
        for (var view : views) {
            FleetOnLoopback.await(
                    "confirmed",
                    PATIENCE,
                    () -> view.since(start).stream().anyMatch(seen -> names(seen, fabric) && isConfirmed(seen)));
            out.printf(
                    Locale.ROOT,
                    "  a view: an incident after %.2f s, of this fabric after %.2f s, confirmed after %.2f s%n",
                    at(view, start, seen -> true),
                    at(view, start, seen -> names(seen, fabric)),
                    at(view, start, seen -> names(seen, fabric) && isConfirmed(seen)));
        }
        pass(length.minusNanos(System.nanoTime() - start));
        out.printf(
                Locale.ROOT,
                "  CPU of a view in the first %.0f s: %.0f ms a second%n",
                seconds(start),
                (cpu() - cpu) * 1000 / seconds(start) / views.size());
        tellMemory();
        hosts.restore(fabric);
        awaitQuiet();
        FleetOnLoopback.await(
                "told of the end",
                PATIENCE,
                () -> inbox.since("ours", start).stream()
                        .anyMatch(got -> got.body().at("/data/state").asText().equals("resolved")));
        var told = inbox.since("ours", start);
        out.printf("  notifications: %d%n", told.size());
        for (var got : told) {
            out.printf(
                    Locale.ROOT,
                    "    %6.1f s %-8s %s%n",
                    (got.nanos() - start) / 1e9,
                    got.body().at("/data/state").asText(),
                    got.body().at("/data/summary").asText());
        }
        return start;
    }

    private static double at(BenchView view, long start, java.util.function.Predicate<Seen> wanted) {
        return view.since(start).stream()
                .filter(wanted)
                .mapToDouble(seen -> (seen.nanos() - start) / 1e9)
                .min()
                .orElseThrow();
    }

    private static boolean isConfirmed(Seen seen) {
        return !seen.incident().path("confirmedAt").isMissingNode()
                && !seen.incident().path("confirmedAt").isNull();
    }

    /** Whether its first suspect is that, or cannot be told from it. */
    private static boolean names(Seen seen, Component fault) {
        var first = seen.incident().path("suspects").path(0);
        var all = new ArrayList<JsonNode>(List.of(first));
        first.path("equivalent").forEach(all::add);
        return all.stream()
                .anyMatch(one -> one.path("id").asText().equals(fault.id())
                        && one.path("class").asText().equals(fault.kind().word()));
    }

    private void await(String what, Duration patience, java.util.function.Predicate<JsonNode> wanted) {
        for (var view : views) {
            FleetOnLoopback.await(what, patience, () -> wanted.test(view.fleet()));
        }
    }

    private double cpu() {
        return views.stream().mapToDouble(BenchView::cpu).sum();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void pass(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        FleetOnLoopback.await("time to pass", time.plusSeconds(60), () -> System.nanoTime() >= end);
    }

    private void tell(String what, List<Double> seconds) {
        var sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        out.printf(
                Locale.ROOT,
                "%s: p50 %.2f s, p99 %.2f s, max %.2f s (%d samples)%n",
                what,
                sorted[(int) (sorted.length * 0.5)],
                sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))],
                Arrays.stream(sorted).max().orElse(0),
                sorted.length);
    }
}
