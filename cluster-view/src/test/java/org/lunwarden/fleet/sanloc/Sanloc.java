package org.lunwarden.fleet.sanloc;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.lunwarden.fleet.localization.Baselines;
import org.lunwarden.fleet.localization.Circumstances;
import org.lunwarden.fleet.localization.Localization;
import org.lunwarden.fleet.localization.LocalizationSettings;
import org.lunwarden.fleet.localization.Localized;
import org.lunwarden.fleet.localization.RiskIndex;

/**
 * {@code Sanloc small|full odd|even|test FILE [SCENARIOS [HOSTS]]}: SANs of many families, broken in many ways and seen through many imperfections,
 * told by Lunwarden and by the methods of the literature. Seeds are the even or the odd numbers from 0, on which things were
 * tuned and tried, or those from two millions, the test range: nothing may be tuned on these. With a
 * regular expression, only scenarios of such names are tried; with a number of hosts, only SANs of that size.
 */
final class Sanloc {

    /** The first seed, how far they are apart, and the seed of the plan. */
    private record Seeds(long first, int step, long plan) {
        static Seeds of(String range) {
            return switch (range) {
                case "even" -> new Seeds(0, 2, 7);
                case "odd" -> new Seeds(1, 2, 7);
                case "test" -> new Seeds(2_000_000, 1, 2_000_007);
                default -> throw new IllegalArgumentException("'" + range + "' is none of odd, even, test");
            };
        }
    }

    private static final Map<String, Method> METHODS = methods();

    private final boolean isFull;
    private final Seeds seeds;
    private final List<Scenario> scenarios;
    private final OptionalInt hosts;
    private final PrintStream out;
    private final Calibration calibration = new Calibration();

    private Sanloc(boolean isFull, Seeds seeds, String scenarios, OptionalInt hosts, PrintStream out) {
        this.isFull = isFull;
        this.seeds = seeds;
        this.hosts = hosts;
        this.scenarios = Scenario.all().stream()
                .filter(one -> one.name().matches(scenarios))
                .toList();
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        var file = Path.of(args[2]);
        try (var raw = new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8)) {
            var scenarios = args.length > 3 ? args[3] : ".*";
            var hosts = args.length > 4 ? OptionalInt.of(Integer.parseInt(args[4])) : OptionalInt.empty();
            new Sanloc(args[0].equals("full"), Seeds.of(args[1]), scenarios, hosts, raw).run(args);
        }
        System.out.print(Files.readString(file));
    }

    private interface Method {
        Localized of(RiskIndex index, LocalizationSettings settings);
    }

    private static Map<String, Method> methods() {
        var methods = new LinkedHashMap<String, Method>();
        methods.put("lunwarden", Localization::of);
        methods.put("score 1.0", (index, settings) -> Baselines.score(index, 1.0));
        methods.put("score 0.6", (index, settings) -> Baselines.score(index, 0.6));
        methods.put("007 votes", (index, settings) -> Baselines.vote(index));
        methods.put("majority", (index, settings) -> Baselines.majority(index));
        return methods;
    }

    private record Run(Family.Size size, List<Family> families, int seeds) {}

    private List<Run> runs() {
        var all = List.of(Family.values());
        var large = isFull
                ? List.of(Family.CORE_EDGE_4, Family.MESH, Family.NPV, Family.ISCSI)
                : List.of(Family.CORE_EDGE_4);
        return Stream.of(
                        new Run(new Family.Size(100, 4), all, isFull ? 40 : 5),
                        new Run(new Family.Size(1_000, 8), all, isFull ? 20 : 2),
                        new Run(new Family.Size(1_000, 32), all, isFull ? 10 : 1),
                        new Run(new Family.Size(10_000, 32), large, isFull ? 25 : 3))
                .filter(run -> hosts.isEmpty() || hosts.getAsInt() == run.size.hosts())
                .toList();
    }

    private void run(String[] args) {
        out.printf("SANloc %s, seeds %s%n", args[0], args[1]);
        var load = ManagementFactory.getOperatingSystemMXBean();
        for (var run : runs()) {
            measure(run);
            out.printf(
                    Locale.ROOT,
                    "load average %.1f of %d cores%n",
                    load.getSystemLoadAverage(),
                    load.getAvailableProcessors());
        }
        calibration.print(out);
        if (hosts.isPresent()) {
            return;
        }
        new Month(isFull ? new Family.Size(10_000, 32) : new Family.Size(1_000, 32), seeds.plan).run(out);
        if (isFull) {
            new Month(new Family.Size(1_000, 32), seeds.plan).run(out);
        }
    }

    private void measure(Run run) {
        out.printf(
                "%n=== %,d hosts, %d nexuses each; families %s; placement even and skewed; %d seeds each%n",
                run.size.hosts(), run.size.nexuses(), run.families, run.seeds);
        var marks = new LinkedHashMap<String, Map<String, Marks>>();
        for (var family : run.families) {
            for (var isSkewed : List.of(false, true)) {
                var before = used();
                var san = family.plan(run.size, isSkewed, seeds.plan);
                if (run.size.hosts() == 10_000) {
                    out.printf(
                            "%s%s: %,d nexuses, %,d components, plan and index %d MiB%n",
                            family,
                            isSkewed ? ", skewed" : "",
                            san.rows.size(),
                            san.through.size(),
                            (used() - before) >> 20);
                }
                for (var scenario : scenarios) {
                    var of = marks.computeIfAbsent(scenario.name(), none -> new LinkedHashMap<>());
                    for (var seed = seeds.first;
                            seed < seeds.first + (long) seeds.step * run.seeds;
                            seed += seeds.step) {
                        tryOnce(san, scenario, mixed(seed, family, isSkewed), of);
                    }
                }
            }
        }
        out.println("%-38s %5s %s   %s".formatted("scenario", "n", Marks.HEAD, "target"));
        var all = new ArrayList<Marks>();
        for (var scenario : scenarios) {
            var of = marks.getOrDefault(scenario.name(), Map.of());
            of.forEach((method, its) -> {
                var isOurs = method.equals("lunwarden");
                out.printf(
                        "%-38s %5d %s   %s%n",
                        isOurs ? scenario.name() : "",
                        its.trials,
                        its.line(method),
                        isOurs ? target(scenario, its) : "");
                if (isOurs) {
                    all.add(its);
                    calibration.add(its.confidences);
                }
            });
        }
        out.printf(
                Locale.ROOT,
                "full recompute, CPU time of one thread, all scenarios: p50 %.1f ms, p99 %.1f ms, max %.1f ms (target p99 100 ms)%n",
                Marks.millis(all, 0.5),
                Marks.millis(all, 0.99),
                Marks.millis(all, 1));
    }

    /** As an int, so that the seeds of the first runs stay what they were. */
    private static int mixed(long seed, Family family, boolean isSkewed) {
        return (int) (seed + 1000L * family.name().hashCode() + (isSkewed ? 500 : 0));
    }

    private static String target(Scenario scenario, Marks marks) {
        if (scenario.target() == 0) {
            return "";
        }
        var reached = scenario.reached(marks);
        return String.format(
                Locale.ROOT,
                "%s >= %.3f: %.3f %s",
                scenario.measure(),
                scenario.target(),
                reached,
                reached >= scenario.target() ? "reached" : "MISSED");
    }

    private static void tryOnce(San san, Scenario scenario, long seed, Map<String, Marks> marks) {
        var random = new SplittableRandom(seed * 1_000_003 + scenario.name().hashCode());
        var broken = scenario.draw().of(san, random);
        if (broken.isEmpty() && !scenario.isQuiet()) {
            return;
        }
        var trial = new Trial(san, broken, scenario.weather(), random);
        var events = scenario.beside().on(trial, random);
        var circumstances = new Circumstances(trial.index, events, OptionalLong.empty());
        circumstances.explainAway();
        var settings = circumstances.settings(LocalizationSettings.DEFAULTS);
        var clock = ManagementFactory.getThreadMXBean();
        METHODS.forEach((name, method) -> {
            if (!name.equals("lunwarden") && san.hosts >= 10_000 && broken.size() > 10) {
                return;
            }
            var start = clock.getCurrentThreadCpuTime();
            var verdict = method.of(trial.index, settings);
            var took = clock.getCurrentThreadCpuTime() - start;
            marks.computeIfAbsent(name, none -> new Marks()).judge(trial, verdict, took);
        });
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
