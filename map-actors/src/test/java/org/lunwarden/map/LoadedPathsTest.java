package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.plan.WantedMap;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.dm.MultipathTable;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.NoPathRetry;

/** Whatever paths prove, whatever the kernel fails, whoever loads a table: which paths every act gives the kernel. */
class LoadedPathsTest {

    private static final String NAME = Reports.WWID.value();
    private static final int STEPS = 6_000;
    private static final int PATHS = 4;
    /** Two more are in the kernel's table at times, and nobody tells of them. */
    private static final int DISKS = 6;

    private static final List<UnitProof> PROOFS = List.of(UnitProof.values());
    private static final List<PathState> OUT = List.of(PathState.PENDING, PathState.DOWN, PathState.TIMEOUT);

    private final KernelDouble kernel = new KernelDouble();
    private final Map<Integer, PathReport> reports = new TreeMap<>();
    /** Those that the kernel failed, and that have not proven themselves since. */
    private final Set<Integer> owing = new HashSet<>();
    /** Those that are to be asked and have not heard yet. */
    private final Set<Integer> asked = new TreeSet<>();

    private final List<String> loads = new ArrayList<>();
    private Duration now = Duration.ofHours(1);
    private MapLife life = new MapLife(Reports.WWID, settings("service-time"));
    private String step = "";

    @ParameterizedTest
    @ValueSource(longs = {20261121, 4, 815})
    void everyPathThatAnActBringsIntoUseHasProvenItselfAndALoadIsNotFollowedByAnother(long seed) {
        var random = new Random(seed);
        for (var count = 0; count < STEPS; count++) {
            step = "seed %d, step %d".formatted(seed, count);
            happens(random);
            settle();
            if (random.nextInt(20) == 0) {
                nothingIsSaid();
            }
        }
        assertThat(loads).as("the test is about loads").hasSizeGreaterThan(STEPS / 20);
        allProveThemselves();
    }

    private void happens(Random random) {
        var n = 1 + random.nextInt(PATHS);
        switch (random.nextInt(16)) {
            case 0 -> gone(n);
            case 1 -> now = now.plusMillis(random.nextInt(3_000));
            case 2 -> now = now.plusSeconds(random.nextInt(90));
            case 3, 4 -> kernelFails(n, random.nextBoolean());
            case 5 -> life.settingsAre(settings(random.nextBoolean() ? "service-time" : "round-robin"), now);
            case 6 -> life.disksUnread(someDisks(random));
            case 7 -> someoneLoads(random);
            case 8 -> restart(random);
            case 9, 10, 11 -> Set.copyOf(asked).forEach(this::hears);
            case 12, 13 -> isGood(n);
            default -> isOut(n, random);
        }
    }

    private void gone(int n) {
        life.pathGone(Reports.device(n));
        reports.remove(n);
        owing.remove(n);
        asked.remove(n);
    }

    private void kernelFails(int n, boolean heard) {
        if (kernel.uses(NAME, Reports.device(n))) {
            kernel.ioFails(NAME, Reports.device(n));
            owing.add(n);
            if (heard) {
                life.kernelMoved();
            }
        }
    }

    private void someoneLoads(Random random) {
        var disks = IntStream.rangeClosed(1, DISKS)
                .filter(n -> random.nextInt(3) > 0)
                .mapToObj(n -> " " + Reports.device(n) + " 1")
                .toList();
        life.kernelMoved();
        settle();
        if (!disks.isEmpty()) {
            var paths = String.join("", disks);
            kernel.has(NAME, "mpath-" + NAME, Reports.SECTORS, "0 0 1 1 service-time 0 " + disks.size() + " 1" + paths);
            life.kernelMoved();
        }
    }

    /** Another life is told the last reports, which may be old, before or after it has looked. */
    private void restart(Random random) {
        life = new MapLife(Reports.WWID, settings("service-time"));
        asked.clear();
        owing.clear();
        reports.keySet().stream()
                .filter(n -> isMember(Reports.device(n)) && !kernel.uses(NAME, Reports.device(n)))
                .forEach(owing::add);
        if (random.nextBoolean()) {
            settle();
        }
        var told = new ArrayList<>(reports.values());
        Collections.shuffle(told, random);
        told.forEach(report -> life.pathIs(report, now));
    }

    /** The path's watcher was asked for its proof: it doubts the path before it asks the disk. */
    private void hears(int n) {
        asked.remove(n);
        if (reports.containsKey(n) && reports.get(n).state().isUsable()) {
            tell(n, Reports.path(n, PathState.PENDING, 10));
        }
    }

    /** A path that was out of use is good only with a proof; one that is in use is not asked for it. */
    private void isGood(int n) {
        var wasOut = Optional.ofNullable(reports.get(n))
                .filter(report -> !report.state().isUsable())
                .isPresent();
        if (wasOut) {
            owing.remove(n);
        }
        if (wasOut || reports.containsKey(n)) {
            tell(n, Reports.path(n, PathState.UP, 10));
        }
    }

    private void isOut(int n, Random random) {
        var unit = PROOFS.get(random.nextInt(PROOFS.size()));
        var state = OUT.get(random.nextInt(OUT.size()));
        if (!reports.containsKey(n)) {
            tell(n, Reports.path(n, PathState.UNCHECKED, 10));
        } else if (unit == UnitProof.PROVEN) {
            tell(n, Reports.adminFailed(Reports.path(n, PathState.DOWN, 10)));
        } else {
            tell(n, Reports.as(Reports.path(n, unit == UnitProof.ANOTHER ? PathState.DOWN : state, 10), unit));
        }
    }

    private void tell(int n, PathReport report) {
        reports.put(n, report);
        life.pathIs(report, now);
    }

    private Set<DevT> someDisks(Random random) {
        var disks = new HashSet<DevT>();
        IntStream.rangeClosed(1, DISKS).filter(n -> random.nextInt(4) == 0).forEach(n -> disks.add(Reports.device(n)));
        return disks;
    }

    /** For ten minutes; what is due by then is done, and no load follows it. */
    private void nothingIsSaid() {
        var before = loads.size();
        var end = now.plusMinutes(10);
        while (now.compareTo(end) < 0) {
            now = life.wakeAt(now).filter(wake -> wake.compareTo(end) < 0).orElse(end);
            settle();
        }
        life.kernelMoved();
        settle();
        assertThat(loads.subList(before, loads.size())).as(step).hasSizeLessThan(2);
    }

    private void allProveThemselves() {
        life.disksUnread(Set.of());
        for (var n = 1; n <= PATHS; n++) {
            tell(n, Reports.path(n, PathState.PENDING, 10));
            isGood(n);
        }
        settle();
        for (var minutes = 0; minutes < 10; minutes++) {
            now = now.plusMinutes(1);
            settle();
            for (var n : Set.copyOf(asked)) {
                hears(n);
                isGood(n);
            }
            settle();
        }
        for (var n = 1; n <= PATHS; n++) {
            assertThat(kernel.uses(NAME, Reports.device(n)))
                    .as("%s, path %d", step, n)
                    .isTrue();
        }
    }

    private void settle() {
        var operation = new DmOperation(kernel, life.wwid(), UdevFlags.NONE);
        for (var acts = 0; acts < 50; acts++) {
            life.proofsWanted(now).forEach(this::isAsked);
            var action = life.next(now);
            if (action instanceof MapAction.Nothing || action instanceof MapAction.Reject) {
                return;
            }
            judge(action);
            var outcome = operation.perform(action, life.name());
            life.kernelIs(outcome.view(), action, outcome.refusal(), now)
                    .failedByKernel()
                    .forEach(this::isAsked);
        }
        throw new AssertionError(step + ", no rest: " + life.next(now));
    }

    private void isAsked(DevT path) {
        asked.add(path.minor() / 16);
    }

    private void judge(MapAction action) {
        switch (action) {
            case MapAction.Create(var wanted, var name) -> judge(wanted);
            case MapAction.Reload(var wanted, var why) -> judge(wanted);
            case MapAction.Resize(var wanted, var from) -> judge(wanted);
            case MapAction.Tell(var messages) ->
                messages.stream()
                        .filter(message -> message.startsWith("reinstate_path "))
                        .map(message -> DevT.parse(message.substring("reinstate_path ".length()))
                                .orElseThrow())
                        .forEach(this::isProven);
            case MapAction.Nothing nothing -> {}
            case MapAction.Look look -> {}
            case MapAction.Rename rename -> {}
            case MapAction.Resume resume -> {}
            case MapAction.SwitchGroup switchGroup -> {}
            case MapAction.Remove remove -> {}
            case MapAction.Reassign reassign -> {}
            case MapAction.Reject reject -> {}
        }
    }

    private void judge(WantedMap wanted) {
        loads.add(wanted.table().toString());
        wanted.table().groups().stream()
                .flatMap(group -> group.paths().stream())
                .map(MultipathTable.Path::device)
                .forEach(path -> {
                    var report = report(path);
                    assertThat(report.unit())
                            .as("%s, %s: %s", step, path, report.state())
                            .isNotEqualTo(UnitProof.ANOTHER);
                    if (!kernel.uses(NAME, path) && !(isMember(path) && isFoundDown(report))) {
                        isProven(path);
                    }
                });
    }

    private boolean isMember(DevT path) {
        return kernel.exists(NAME) && kernel.tableText(NAME).contains(" " + path + " ");
    }

    /** It stays in a table as in the reference. */
    private static boolean isFoundDown(PathReport report) {
        return report.unit() == UnitProof.OPEN
                && !report.adminFailed()
                && (report.state() == PathState.DOWN || report.state() == PathState.TIMEOUT);
    }

    private void isProven(DevT path) {
        var report = report(path);
        assertThat(report.unit()).as("%s, %s: %s", step, path, report.state()).isEqualTo(UnitProof.PROVEN);
        assertThat(report.state().isUsable()).as("%s, %s", step, path).isTrue();
        assertThat(owing)
                .as("%s, %s was failed by the kernel and has not proven itself since", step, path)
                .doesNotContain(path.minor() / 16);
    }

    private PathReport report(DevT path) {
        return Optional.ofNullable(reports.get(path.minor() / 16))
                .orElseThrow(() -> new AssertionError(step + ", nobody has told of " + path));
    }

    private static MapSettings settings(String selector) {
        return Settings.of(
                GroupingPolicy.MULTIBUS, new Failback.Manual(), new NoPathRetry.Fail(), selector, List.of(), List.of());
    }
}
