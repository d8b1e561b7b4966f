package org.lunwarden.deploy.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.lunwarden.fleet.failback.Course;
import org.lunwarden.fleet.failback.FailbackPlan;
import org.lunwarden.fleet.failback.FailbackRun;
import org.lunwarden.fleet.failback.FailbackRun.Stage;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostId;

/**
 * Random schedules of faults, by printed seeds, while failbacks are carried out by the actors of real hosts above the
 * simulated SAN: parts of one fabric break and come back, answers are lost, coordinators are replaced. The other fabric is
 * whole, so that whatever a map lacks beyond what broke, the failback took. {@code -Dfailback.seeds=20 -Dfailback.first=100}
 * tries others.
 */
class FailbackSchedulesTest {

    private static final int SEEDS = Integer.getInteger("failback.seeds", 4);
    private static final long FIRST = Long.getLong("failback.first", 1);
    private static final Duration TICK = Duration.ofMillis(20);

    /** Far longer than any step of a plan may take, and than the plan does. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final FailbackSettings SETTINGS = new FailbackSettings(
            0.25,
            16,
            8,
            1000,
            Duration.ofMillis(300),
            Duration.ofSeconds(6),
            Duration.ofSeconds(10),
            Duration.ofMillis(400),
            Duration.ofMillis(200),
            Duration.ofHours(1));

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void noFailbackTakesAPathFromAMapNorLeavesOneWithoutWhateverBreaks() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var schedules = LongStream.range(FIRST, FIRST + SEEDS)
                    .<Callable<Ends>>mapToObj(seed -> () -> new Schedule(seed).play())
                    .toList();
            var disturbed = new EnumMap<Stage, Integer>(Stage.class);
            var undisturbed = new EnumMap<Stage, Integer>(Stage.class);
            for (var ended : threads.invokeAll(schedules)) {
                disturbed.merge(ended.get().disturbed(), 1, Integer::sum);
                undisturbed.merge(ended.get().undisturbed(), 1, Integer::sum);
            }
            System.out.println("failback schedules on real hosts: seeds " + FIRST + " to " + (FIRST + SEEDS - 1)
                    + ", disturbed: " + disturbed + ", undisturbed: " + undisturbed);
            assertThat(undisturbed).isEqualTo(Map.of(Stage.DONE, SEEDS));
            assertThat(disturbed.getOrDefault(Stage.DONE, 0) + disturbed.getOrDefault(Stage.STOPPED, 0))
                    .as("each disturbed one has ended: %s", disturbed)
                    .isEqualTo(SEEDS);
        }
    }

    /** How the disturbed failback of a schedule ended, and the one after it. */
    private record Ends(Stage disturbed, Stage undisturbed) {}

    private record Answered(Epoch epoch, HostId host, HostAnswer answer) {}

    /** One seed. */
    private static final class Schedule {

        private final long seed;
        private final Random random;
        private final Set<Part> broken = new LinkedHashSet<>();
        private final Queue<Answered> answers = new ConcurrentLinkedQueue<>();
        private int terms;

        Schedule(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        Ends play() {
            try (var hosts = new HostsOfFailback()) {
                Await.until("seed " + seed + ": all is well", () -> isWell(hosts) && hosts.offBest() == 0);
                hosts.read();
                leave(hosts, HostsOfFailback.FABRICS.get(random.nextInt(2)));
                var disturbed = run(hosts, Optional.of(HostsOfFailback.FABRICS.get(random.nextInt(2))));
                restore(hosts);
                if (hosts.offBest() == 0) {
                    leave(hosts, HostsOfFailback.FABRICS.get(random.nextInt(2)));
                }
                var undisturbed = run(hosts, Optional.empty());

                assertThat(undisturbed)
                        .as("seed %s, with nothing in its way", seed)
                        .isEqualTo(Stage.DONE);
                Await.until("seed " + seed + ": all maps are back", () -> isWell(hosts) && hosts.offBest() == 0);
                assertThat(hosts.applications())
                        .as("seed %s", seed)
                        .isNotEmpty()
                        .allSatisfy(io -> assertThat(io.count().errors()).isZero());
                return new Ends(disturbed, undisturbed);
            }
        }

        private static boolean isWell(HostsOfFailback hosts) {
            return hosts.allHave(HostsOfFailback.PATHS);
        }

        /** Maps that prefer a fabric go elsewhere while it is gone, and stay there. */
        private void leave(HostsOfFailback hosts, String fabric) {
            broken.add(hosts.fabric(fabric));
            hosts.fail(hosts.fabric(fabric));
            Await.until("seed " + seed + ": on one fabric", () -> hosts.allHave(HostsOfFailback.PATHS_OF_A_FABRIC));
            restore(hosts);
            Await.until("seed " + seed + ": off their best groups", () -> hosts.offBest() > 0);
        }

        private void restore(HostsOfFailback hosts) {
            broken.forEach(hosts::restore);
            broken.clear();
            Await.until("seed " + seed + ": all paths are back", () -> isWell(hosts));
        }

        /** @param fabric whose parts break meanwhile; empty: none does, and nothing is lost */
        private Stage run(HostsOfFailback hosts, Optional<String> fabric) {
            Await.until("seed " + seed + ": a plan", () -> {
                var plan = plan(hosts);
                return !plan.isEmpty() && plan.leftOut().isEmpty();
            });
            var situation = hosts.situation();
            var course = Course.of(FailbackPlan.of(Optional.empty(), situation, SETTINGS), situation);
            var run = FailbackRun.start("p" + seed, epoch(), course, 0, situation, SETTINGS);
            var least = fabric.isPresent() ? HostsOfFailback.PATHS_OF_A_FABRIC : HostsOfFailback.PATHS;
            var late = Instant.now().plus(LONGEST);
            while (!run.isOver()) {
                assertThat(Instant.now())
                        .as("seed %s: ends; it is at %s of step %s", seed, run.stage(), run.wave() + 1)
                        .isBefore(late);
                if (fabric.isPresent()) {
                    happen(hosts, fabric.get());
                    if (random.nextInt(60) == 0) {
                        run = FailbackRun.start(
                                "p" + seed, epoch(), run.course(), run.wave(), hosts.situation(), SETTINGS);
                    }
                }
                run = hear(run).seen(hosts.situation(), SETTINGS);
                var next = run.send(hosts.situation(), SETTINGS);
                run = next.run();
                for (var order : next.orders()) {
                    tell(hosts, run.epoch(), order, fabric.isPresent() && random.nextInt(20) == 0);
                }
                assertThat(hosts.maps())
                        .as("seed %s at %s", seed, run.stage())
                        .allMatch(map -> map.usablePaths() >= least);
                LockSupport.parkNanos(TICK.toNanos());
            }
            return run.stage();
        }

        private static FailbackPlan plan(HostsOfFailback hosts) {
            return FailbackPlan.of(Optional.empty(), hosts.situation(), SETTINGS);
        }

        private Epoch epoch() {
            terms++;
            return new Epoch(terms, "v" + terms % 2);
        }

        private void tell(HostsOfFailback hosts, Epoch epoch, FailbackRun.Order order, boolean isLost) {
            hosts.carryOut(order.host(), order.command()).thenAccept(answer -> {
                if (!isLost) {
                    answers.add(new Answered(epoch, order.host(), answer));
                }
            });
        }

        private FailbackRun hear(FailbackRun current) {
            var run = current;
            for (var heard = answers.poll(); heard != null; heard = answers.poll()) {
                if (heard.epoch().equals(run.epoch())) {
                    run = run.answered(heard.host(), heard.answer(), Instant.now(), SETTINGS);
                }
            }
            return run;
        }

        private void happen(HostsOfFailback hosts, String fabric) {
            if (random.nextInt(80) == 0) {
                var parts = hosts.partsOf(fabric);
                var part = parts.get(random.nextInt(parts.size()));
                if (broken.add(part)) {
                    hosts.fail(part);
                }
            } else if (!broken.isEmpty() && random.nextInt(40) == 0) {
                var part = broken.iterator().next();
                broken.remove(part);
                hosts.restore(part);
            }
        }
    }
}
