package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import org.lunwarden.map.group.PathGroup;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.model.PathState;
import org.lunwarden.model.dm.MultipathTable;
import org.lunwarden.model.map.GroupingFacts;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.AutoResize;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.QueueWithoutDaemon;

/** Whatever paths, the kernel, operators and other programs do, in whatever order. */
class MapPropertiesTest extends MapByHand {

    private static final long SEED = 20261121;
    private static final int PATHS = 4;
    private static final int STEPS = 80;

    private final List<String> told = new ArrayList<>();

    @RepeatedTest(60)
    void aMapStaysLegalComesToRestAndIsWholeOnceAllIsWell(RepetitionInfo repetition) {
        var seed = SEED + repetition.getCurrentRepetition();
        var random = new Random(seed);
        begin(new MapName.Wanted("mpatha"), settings(random));
        for (var step = 0; step < STEPS; step++) {
            happens(random);
            isLegal(seed);
        }

        life.settingsAre(settings(random), now);
        life.restoreQueueing();
        life.nameIs(new MapName.Wanted("mpathz"));
        settle();
        for (var n = 1; n <= PATHS; n++) {
            life.pathGone(Reports.device(n));
        }
        settle();
        var sectors = life.kernelMap().map(KernelMap::sizeSectors).orElse(Reports.SECTORS);
        IntStream.rangeClosed(1, PATHS).forEach(n -> is(Reports.sized(Reports.path(n, PathState.UP, 10), sectors)));
        for (var minute = 0; minute < 130; minute++) {
            proves();
            passes(Duration.ofMinutes(1));
            isLegal(seed);
        }

        assertThat(kernel.exists("mpathz")).as("seed %d: %s", seed, told).isTrue();
        assertThat(kernel.failed("mpathz")).as("seed %d: %s", seed, told).isEmpty();
        assertThat(life.kernelMap().map(KernelMap::members).orElseThrow())
                .as("seed %d: %s", seed, told)
                .hasSize(PATHS);
        kernel.calls.clear();
        lookAgain();
        passes(Duration.ofMinutes(10));
        assertThat(kernel.acts()).as("nothing changed; seed %d: %s", seed, told).isEmpty();
    }

    @RepeatedTest(100)
    void whatHappensAtOnceEndsInTheSameTableInWhateverOrderItIsHeard(RepetitionInfo repetition) {
        var seed = SEED + repetition.getCurrentRepetition();
        var random = new Random(seed);
        var settings = settings(random);
        var events = new ArrayList<Runnable>();
        for (var n = 1; n <= PATHS; n++) {
            var plain = Reports.path(
                    n, random.nextInt(3) == 0 ? PathState.DOWN : PathState.UP, 10 * (1 + random.nextInt(3)));
            var path = inPlace(odd(plain, random), random);
            var device = Reports.device(n);
            switch (random.nextInt(4)) {
                case 0 -> events.add(() -> life.pathGone(device));
                case 1 -> {}
                default -> events.add(() -> life.pathIs(path, now));
            }
        }
        events.add(() -> life.nameIs(new MapName.Wanted("mpathz")));

        var one = after(events, settings);
        Collections.shuffle(events, random);
        var other = after(events, settings);

        assertThat(other).as("seed %d", seed).isEqualTo(one);
    }

    /** The map's name, table and failed paths at the end. */
    private String after(List<Runnable> events, MapSettings settings) {
        List.of("mpatha", "mpathz").stream().filter(kernel::exists).forEach(kernel::vanish);
        begin(new MapName.Wanted("mpatha"), settings);
        is(IntStream.rangeClosed(1, PATHS)
                .mapToObj(n -> Reports.path(n, PathState.UP, 10))
                .toArray(PathReport[]::new));
        events.forEach(Runnable::run);
        settle();
        for (var minute = 0; minute < 5; minute++) {
            proves();
            passes(Duration.ofMinutes(1));
        }
        return kernel.exists("mpathz")
                ? kernel.tableText("mpathz")
                        + kernel.failed("mpathz").stream().sorted().toList()
                : "no map";
    }

    private void happens(Random random) {
        var n = 1 + random.nextInt(PATHS);
        var device = Reports.device(n);
        var mine = life.kernelMap().map(KernelMap::name).filter(kernel::exists);
        switch (random.nextInt(16)) {
            case 0 -> does("gone " + n, () -> life.pathGone(device));
            case 1 -> does("failed by kernel " + n, () -> mine.ifPresent(name -> kernel.ioFails(name, device)));
            case 2 -> does("removed by others", () -> mine.ifPresent(kernel::vanish));
            case 3 -> does("renamed by others", () -> mine.ifPresent(name -> kernel.calledByOthers(name, "odd")));
            case 4 -> does("name", () -> life.nameIs(new MapName.Wanted(random.nextBoolean() ? "mpatha" : "mpathb")));
            case 5 -> {
                var settings = settings(random);
                does("settings " + settings, () -> life.settingsAre(settings, now));
            }
            case 6 -> does("queueing off", life::disableQueueing);
            case 7 -> does("queueing on", life::restoreQueueing);
            case 8 -> does("opened", () -> mine.ifPresent(name -> kernel.opened(name, random.nextInt(2))));
            case 9 -> does("group", () -> mine.ifPresent(name -> kernel.usesGroup(name, 1)));
            case 10 -> does("proofs", this::proves);
            case 11 -> now = now.plusSeconds(random.nextInt(100));
            default -> {
                var states = PathState.values();
                var state = random.nextBoolean() ? PathState.UP : states[random.nextInt(states.length)];
                var sized = Reports.sized(
                        Reports.path(n, state, 10 * random.nextInt(3)),
                        random.nextInt(10) == 0 ? 2 * Reports.SECTORS : Reports.SECTORS);
                var report = inPlace(odd(sized, random), random);
                does("path " + n + " " + state + " " + report.unit(), () -> life.pathIs(report, now));
            }
        }
        if (random.nextBoolean()) {
            life.kernelMoved();
        }
        settle();
    }

    /** An operator failed it, its disk is offline, or it is said of its unit what fits its state or does not. */
    private static PathReport odd(PathReport path, Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Reports.adminFailed(path);
            case 1 -> Reports.offline(path);
            case 2 -> Reports.as(path, UnitProof.ANOTHER);
            case 3 -> Reports.as(path, any(UnitProof.values(), random));
            case 4 -> Reports.adminFailed(Reports.as(path, any(UnitProof.values(), random)));
            default -> path;
        };
    }

    /** Of a unit on two targets, with two target port groups each. */
    private static PathReport inPlace(PathReport path, Random random) {
        var group = random.nextInt(4);
        return Reports.grouped(
                path,
                new GroupingFacts("serial-" + group / 2, "node-" + group / 2, group, random.nextInt(8) == 0),
                random.nextBoolean());
    }

    private void does(String what, Runnable event) {
        told.add(what);
        event.run();
    }

    private void proves() {
        for (var path : life.proofsWanted(now)) {
            var known = life.allPaths().stream()
                    .filter(report -> report.device().equals(path))
                    .findFirst();
            known.ifPresent(report -> is(report.with(PathState.PENDING), report));
        }
    }

    private void isLegal(long seed) {
        assertThat(life.wakeAt(now).orElseThrow()).as("seed %d: %s", seed, told).isGreaterThan(now);
        life.kernelMap().filter(map -> kernel.exists(map.name())).ifPresent(map -> {
            var devices = map.table().groups().stream()
                    .flatMap(group -> group.paths().stream())
                    .map(MultipathTable.Path::device)
                    .toList();
            assertThat(devices).as("seed %d: %s", seed, told).doesNotHaveDuplicates();
            assertThat(map.suspended()).as("seed %d: %s", seed, told).isFalse();
            assertThat(new HashSet<>(devices))
                    .as("seed %d: %s", seed, told)
                    .isSubsetOf(life.allPaths().stream().map(PathReport::device).toList());
            var isAlone = life.allPaths().stream()
                    .noneMatch(path -> devices.contains(path.device()) && PathGroup.isUsable(path));
            assertThat(life.allPaths().stream()
                            .filter(path -> kernel.uses(map.name(), path.device()))
                            .filter(path -> isDead(path) && !(isAlone && path.state() == PathState.DELAYED))
                            .map(PathReport::device))
                    .as("used though dead; seed %d: %s", seed, told)
                    .isEmpty();
        });
    }

    private static boolean isDead(PathReport path) {
        return switch (path.state()) {
            case DOWN, SHAKY, TIMEOUT, REMOVED, DELAYED, DISCONNECTED -> true;
            case UP, GHOST, WILD, UNCHECKED, PENDING -> false;
        };
    }

    private static MapSettings settings(Random random) {
        var retry = switch (random.nextInt(3)) {
            case 0 -> new NoPathRetry.Fail();
            case 1 -> new NoPathRetry.Queue();
            default -> new NoPathRetry.Retry(1 + random.nextInt(5));
        };
        var failback = switch (random.nextInt(4)) {
            case 0 -> new Failback.Manual();
            case 1 -> new Failback.Immediate();
            case 2 -> new Failback.Followover();
            default -> new Failback.Deferred(Duration.ofSeconds(1 + random.nextInt(30)));
        };
        return Settings.with(
                Settings.of(any(GroupingPolicy.values(), random), failback, retry),
                new MapUpkeep(
                        any(AutoResize.values(), random),
                        any(FlushOnLastDel.values(), random),
                        random.nextBoolean(),
                        QueueWithoutDaemon.YES,
                        random.nextBoolean() ? Optional.of(Duration.ofSeconds(10)) : Optional.empty(),
                        Duration.ofSeconds(30),
                        random.nextBoolean(),
                        Optional.empty(),
                        random.nextInt(4)));
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
