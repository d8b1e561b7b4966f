package org.lunwarden.deploy.differential;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.deploy.lab.GuestSpec;
import org.lunwarden.deploy.lab.Lab;

/**
 * What is built in, and files of sites, kept by the reference and by Lunwarden, one after the other on the same devices: both must print the
 * same configuration, make the same maps, and come to the same states in whatever happens, but for what a site's file
 * {@code differences} says, with a reason. A site that differs is kept again by both. Two guests share the sites;
 * {@code -Dlunwarden.sites=NAME,...} runs some of them.
 */
@Tag("lab")
class DifferentialIT {
    private static final int GUESTS = 2;
    /**
     * So often may a site differ. The reference's own runs differ now and then, as what the kernel marks as current
     * where no path works hangs on when I/O comes: what is ours differs each time.
     */
    private static final int TIMES = 3;

    @RegisterExtension
    static final Lab lab = new Lab();

    private static final Map<String, Map<String, List<String>>> differences = new ConcurrentHashMap<>();
    private static final Queue<Map<String, List<String>>> builtIn = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void bothKeepEverySite() throws Exception {
        Queue<Site> waiting = new ConcurrentLinkedQueue<>(sites().stream()
                .sorted(Comparator.comparingInt((Site site) -> -site.states().size()))
                .toList());
        List<Future<?>> guests = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(GUESTS)) {
            for (int i = 0; i < GUESTS; i++) {
                guests.add(threads.submit(() -> keep(waiting)));
            }
        }
        for (Future<?> guest : guests) {
            try {
                guest.get();
            } catch (ExecutionException broken) {
                throw new AssertionError("a guest could not finish", broken.getCause());
            }
        }
    }

    private static void keep(Queue<Site> waiting) {
        var both = Comparison.in(lab.boot(GuestSpec.named("differential")
                .withMemory(1024)
                .withModules("target_core_mod target_core_file tcm_loop iscsi_target_mod iscsi_tcp")
                .withOracle()));
        builtIn.add(both.builtIn());
        for (Site site = waiting.poll(); site != null; site = waiting.poll()) {
            for (int time = 1; time <= TIMES && !agrees(site, compare(both, site)); time++) {
                System.out.printf("differential: %s differs, time %d of %d%n", site.name(), time, TIMES);
            }
        }
    }

    private static Map<String, List<String>> compare(Comparison both, Site site) {
        long start = System.nanoTime();
        var reference = both.reference(site);
        long middle = System.nanoTime();
        var differing = reference.differences(both.ours(site, reference));
        differences.put(site.name(), differing);
        System.out.printf(
                "differential: %s, %d states, reference %d s, Lunwarden %d s%n%s",
                site,
                site.states().size(),
                TimeUnit.NANOSECONDS.toSeconds(middle - start),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - middle),
                agrees(site, differing) ? "" : text(differing));
        return differing;
    }

    private static boolean agrees(Site site, Map<String, List<String>> differing) {
        return site.known().compared(differing).equals(site.known().lines());
    }

    static List<Site> sites() {
        var wanted = List.of(System.getProperty("lunwarden.sites", "").split(",", -1));
        return Site.all().stream()
                .filter(site -> wanted.contains(site.name()) || wanted.equals(List.of("")))
                .toList();
    }

    @Test
    void whatIsBuiltInIsTheReferencesButForWhatIsKnown() {
        var known = KnownDifferences.parse(Site.read(Site.ALL.resolve("built-in-differences")));

        assertThat(builtIn)
                .hasSize(GUESTS)
                .allSatisfy(
                        differing -> assertThat(text(known.compared(differing))).isEqualTo(text(known.lines())));
    }

    @ParameterizedTest
    @MethodSource("sites")
    void aSiteIsKeptAsByTheReference(Site site) {
        var differing = differences.getOrDefault(site.name(), Map.of("not", List.of("compared")));
        assertThat(text(site.known().compared(differing)))
                .isEqualTo(text(site.known().lines()));
    }

    /** In the layout of a site's file {@code differences}. */
    private static String text(Map<String, List<String>> differing) {
        return differing.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "\n" + String.join("\n", entry.getValue()) + "\n")
                .collect(joining("\n"));
    }
}
