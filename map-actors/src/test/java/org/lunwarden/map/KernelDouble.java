package org.lunwarden.map;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.Subscription;
import org.lunwarden.model.DevT;
import org.lunwarden.model.dm.MultipathStatus;
import org.lunwarden.model.dm.MultipathStatus.GroupState;
import org.lunwarden.model.dm.MultipathStatusCodec;
import org.lunwarden.model.dm.MultipathTable;
import org.lunwarden.model.dm.MultipathTableCodec;
import org.lunwarden.model.dm.Parsed;

/** A device-mapper that remembers what it was told, and refuses what it is asked to. */
final class KernelDouble implements DeviceMapper {

    private static final class Held {
        String name = "";
        String uuid = "";
        DevT device = new DevT(253, 0);
        boolean suspended;
        boolean readOnly;
        int openCount;
        boolean inactive;
        long sectors;
        MultipathTable table = new MultipathTable(List.of(), List.of(), 0, List.of());
        boolean queueing;
        boolean linear;
        boolean goesWithLastClose;
        String on = "8:16 0";
        int nextGroup;
        final Set<DevT> failed = new HashSet<>();
        final Set<DevT> failing = new HashSet<>();
    }

    static final int USUAL_REQUEST = 1_280;

    private static final List<String> LOOKS = List.of("info", "table", "status", "list");

    /** What udev was told with each create and reload, in words: {@code ready} or {@code not ready}. */
    final List<String> announced = new ArrayList<>();

    /** The loads that udev was told of as of a new map. */
    final List<String> news = new ArrayList<>();

    /** KiB. */
    final Map<DevT, Integer> requestLimits = new HashMap<>();

    /** Ends when udev has dealt with what was made. */
    volatile CompletableFuture<Void> udev = CompletableFuture.completedFuture(null);

    Readiness readiness = Readiness.READY;

    /** How often udev was asked. */
    int readinessAsked;

    final List<String> calls = new ArrayList<>();
    private final Map<String, Held> maps = new TreeMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private Runnable beforeLastLook = () -> {};
    private boolean readOnlyDisks;
    private String leftOut = "none";
    private String broken = "none";
    private volatile String hanging = "none";
    private final CountDownLatch hung = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    /** Calls whose text starts so are refused until {@link #accept}. */
    void refuse(String start, int errno) {
        refusals.put(start, errno);
    }

    /** The next call whose text starts so throws. */
    void breakNext(String start) {
        broken = start;
    }

    /** The next call whose text starts so returns only when the latch opens. */
    CountDownLatch hang(String start) {
        hanging = start;
        return answer;
    }

    /** What befalls the host while a table is being exchanged. */
    void duringAnExchange(Runnable happening) {
        beforeLastLook = happening;
    }

    /** Waits until a call hangs. */
    void awaitHung() throws InterruptedException {
        hung.await();
    }

    void accept(String start) {
        refusals.remove(start);
    }

    void has(String name, String uuid, long sectors, String table) {
        var map = new Held();
        map.name = name;
        map.uuid = uuid;
        maps.put(name, map);
        load(map, false, List.of(new Target(0, sectors, "multipath", table)));
    }

    /** A partition of that map. */
    void hasPartition(String name, String map, int number) {
        hasLinear(name, "part" + number + "-" + held(map).uuid);
        held(name).device = new DevT(253, number);
        held(name).on = held(map).device + " 63";
        held(map).openCount++;
    }

    void closed(String name) {
        held(name).openCount = 0;
        if (held(name).goesWithLastClose) {
            maps.remove(name);
        }
    }

    /** A device whose only target is a linear one. */
    void hasLinear(String name, String uuid) {
        has(name, uuid, 1, "0 0 1 1 service-time 0 1 1 8:16 1");
        held(name).linear = true;
    }

    /** It has no such feature, and takes a table with it all the same. */
    void leavesOut(String feature) {
        leftOut = feature;
    }

    /** No device is made that can be written to. */
    void hasReadOnlyDisks() {
        readOnlyDisks = true;
    }

    void suspendedInTheMiddleOfAReload(String name) {
        held(name).suspended = true;
    }

    void leftAnInactiveTable(String name) {
        held(name).inactive = true;
    }

    void opened(String name, int count) {
        held(name).openCount = count;
    }

    /** The kernel itself gives a path up. */
    void ioFails(String name, DevT path) {
        held(name).failed.add(path);
    }

    /** As soon as that path is in use again, its I/O fails. */
    void failsAtOnce(String name, DevT path) {
        held(name).failing.add(path);
    }

    void usesGroup(String name, int group) {
        held(name).nextGroup = group;
    }

    /** Somebody else gives it another name. */
    void calledByOthers(String name, String other) {
        var map = held(name);
        maps.remove(name);
        map.name = other;
        maps.put(other, map);
    }

    void vanish(String name) {
        maps.remove(name);
    }

    String tableText(String name) {
        return MultipathTableCodec.format(kernelTable(held(name)));
    }

    Set<DevT> failed(String name) {
        return held(name).failed;
    }

    /** Whether I/O goes through it. */
    boolean uses(String name, DevT path) {
        return exists(name)
                && held(name).table.groups().stream()
                        .flatMap(group -> group.paths().stream())
                        .anyMatch(member -> member.device().equals(path))
                && !failed(name).contains(path);
    }

    boolean exists(String name) {
        return maps.containsKey(name);
    }

    boolean suspended(String name) {
        return held(name).suspended;
    }

    /** What was asked for, the looking left out. */
    List<String> acts() {
        return calls.stream()
                .filter(call -> LOOKS.stream().noneMatch(call::startsWith))
                .toList();
    }

    @Override
    public IoResult<List<Device>> list() {
        return call(
                "list",
                "",
                map -> new IoResult.Ok<>(maps.values().stream()
                        .map(each -> new Device(each.name, each.uuid, each.device, 0))
                        .toList()));
    }

    @Override
    public IoResult<Info> info(String name) {
        return known(
                "info " + name,
                name,
                map -> new IoResult.Ok<>(new Info(
                        map.name,
                        map.uuid,
                        map.device,
                        map.suspended,
                        map.readOnly,
                        map.openCount,
                        0,
                        !map.table.groups().isEmpty(),
                        map.inactive,
                        map.goesWithLastClose)));
    }

    @Override
    public IoResult<Status> statusOf(String uuid) {
        var name = maps.values().stream()
                .filter(map -> map.uuid.equals(uuid))
                .findFirst()
                .map(map -> map.name)
                .orElse("UUID " + uuid);
        return info(name).then(info -> status(name).then(targets -> new IoResult.Ok<>(new Status(info, targets))));
    }

    @Override
    public IoResult<List<Target>> table(String name) {
        return known(
                "table " + name,
                name,
                map -> new IoResult.Ok<>(List.of(new Target(
                        0,
                        map.sectors,
                        type(map),
                        map.linear ? map.on : MultipathTableCodec.format(kernelTable(map))))));
    }

    @Override
    public IoResult<List<Target>> status(String name) {
        return known(
                "status " + name,
                name,
                map -> new IoResult.Ok<>(List.of(
                        new Target(0, map.sectors, type(map), MultipathStatusCodec.format(kernelStatus(map)) + " "))));
    }

    @Override
    public CompletionStage<Void> settled(String name) {
        return udev;
    }

    @Override
    public int mostUnsettled() {
        return Integer.MAX_VALUE;
    }

    @Override
    public IoResult<DevT> create(String name, String uuid, boolean readOnly, List<Target> table, UdevFlags flags) {
        return call("create " + name + " " + table.getFirst().parameters(), name, none -> {
            if (!readOnly && readOnlyDisks) {
                return new IoResult.Refused<>(30, "dm create " + name, "Read-only file system");
            }
            if (maps.values().stream().anyMatch(map -> map.name.equals(name) || map.uuid.equals(uuid))) {
                return new IoResult.Refused<>(16, "dm create " + name, "Device or resource busy");
            }
            var map = new Held();
            map.name = name;
            map.uuid = uuid;
            maps.put(name, map);
            load(map, readOnly, table);
            announced.add(flags.noUsablePath() ? "not ready" : "ready");
            return new IoResult.Ok<>(map.device);
        });
    }

    @Override
    public IoResult<IoResult.Done> reload(
            String name, boolean readOnly, List<Target> table, SuspendMode mode, UdevFlags flags) {
        var text = "reload " + name + " " + mode + " " + table.getFirst().parameters();
        return known(text, name, map -> {
            announced.add(flags.noUsablePath() ? "not ready" : "ready");
            if (!flags.reload()) {
                news.add(text);
            }
            return load(map, readOnly, table);
        });
    }

    @Override
    public IoResult<IoResult.Done> exchange(
            String name,
            boolean readOnly,
            List<Target> was,
            List<Target> table,
            Supplier<IoResult<IoResult.Done>> lastLook,
            UdevFlags flags) {
        beforeLastLook.run();
        var looked = lastLook.get();
        return looked instanceof IoResult.Refused<IoResult.Done>
                ? looked
                : known(
                        "exchange " + name + " " + table.getFirst().parameters(),
                        name,
                        map -> load(map, readOnly, table));
    }

    @Override
    public IoResult<List<Target>> inactiveTable(String name) {
        throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public IoResult<IoResult.Done> suspend(String name, SuspendMode mode) {
        return known("suspend " + name, name, map -> {
            map.suspended = true;
            return IoResult.done();
        });
    }

    @Override
    public IoResult<IoResult.Done> resume(String name, UdevFlags flags) {
        return known("resume " + name, name, map -> {
            map.suspended = false;
            map.inactive = false;
            return IoResult.done();
        });
    }

    @Override
    public IoResult<IoResult.Done> remove(String name, boolean deferred) {
        return known("remove " + name + (deferred ? " deferred" : ""), name, map -> {
            if (map.openCount > 0 && deferred) {
                map.goesWithLastClose = true;
                return IoResult.done();
            }
            if (map.openCount > 0) {
                return new IoResult.Refused<>(16, "dm remove " + name, "Device or resource busy");
            }
            maps.remove(name);
            maps.values().stream()
                    .filter(below -> map.linear && map.on.startsWith(below.device + " "))
                    .forEach(below -> below.openCount--);
            return IoResult.done();
        });
    }

    @Override
    public IoResult<IoResult.Done> rename(String name, String newName, UdevFlags flags) {
        return known("rename " + name + " " + newName, name, map -> {
            maps.remove(name);
            map.name = newName;
            maps.put(newName, map);
            return IoResult.done();
        });
    }

    @Override
    public IoResult<IoResult.Done> message(String name, String message) {
        return known("message " + message, name, map -> {
            var words = message.split(" ", -1);
            var path = words.length > 1 ? DevT.parse(words[1]) : Optional.<DevT>empty();
            switch (words[0]) {
                case "fail_path" -> map.failed.add(path.orElseThrow());
                case "reinstate_path" -> {
                    map.failed.remove(path.orElseThrow());
                    map.failed.addAll(map.failing);
                }
                case "queue_if_no_path" -> map.queueing = true;
                case "fail_if_no_path" -> map.queueing = false;
                case "@cancel_deferred_remove" -> map.goesWithLastClose = false;
                case "switch_group" -> map.nextGroup = Integer.parseInt(words[1]);
                default -> throw new IllegalArgumentException(message);
            }
            return IoResult.done();
        });
    }

    @Override
    public IoResult<Integer> requestLimit(DevT device) {
        return new IoResult.Ok<>(requestLimits.getOrDefault(device, USUAL_REQUEST));
    }

    @Override
    public IoResult<IoResult.Done> limitRequests(DevT disk, int kib) {
        return call("limit " + disk + " " + kib, "", none -> {
            requestLimits.put(disk, kib);
            return IoResult.done();
        });
    }

    @Override
    public Readiness readiness(DevT map) {
        readinessAsked++;
        return readiness;
    }

    @Override
    public Subscription onEvent(Consumer<Event> listener) {
        return () -> {};
    }

    private static String type(Held map) {
        return map.linear ? "linear" : "multipath";
    }

    private IoResult<IoResult.Done> load(Held map, boolean readOnly, List<Target> targets) {
        if (map.linear) {
            map.on = targets.getFirst().parameters();
            return IoResult.done();
        }
        if (!(MultipathTableCodec.parse(targets.getFirst().parameters())
                instanceof Parsed.Ok<MultipathTable>(var table))) {
            return new IoResult.Refused<>(22, "dm load", "Invalid argument");
        }
        map.table = table;
        map.sectors = targets.getFirst().sectors();
        map.readOnly = readOnly;
        map.queueing = table.features().contains("queue_if_no_path");
        map.nextGroup = table.initialGroup();
        map.failed.clear();
        map.suspended = false;
        map.inactive = false;
        return IoResult.done();
    }

    /** As the kernel tells it: the flag as it is now first, every argument of service-time, the next group. */
    private MultipathTable kernelTable(Held map) {
        var features = new ArrayList<>(map.table.features());
        var left = features.indexOf(leftOut);
        if (left >= 0) {
            features.subList(left, left + 2).clear();
        }
        features.remove("queue_if_no_path");
        if (map.queueing) {
            features.addFirst("queue_if_no_path");
        }
        var groups = map.table.groups().stream()
                .map(group -> new MultipathTable.Group(
                        group.selector(),
                        group.paths().stream()
                                .map(path -> new MultipathTable.Path(path.device(), List.of("1", "1")))
                                .toList()))
                .toList();
        return new MultipathTable(features, map.table.hardwareHandler(), map.nextGroup, groups);
    }

    private static MultipathStatus kernelStatus(Held map) {
        var groups = map.table.groups().stream()
                .map(group -> new MultipathStatus.Group(
                        GroupState.ENABLED,
                        List.of(),
                        group.paths().stream()
                                .map(path -> new MultipathStatus.Path(
                                        path.device(), !map.failed.contains(path.device()), 0, List.of("0", "1")))
                                .toList()))
                .toList();
        return new MultipathStatus(0, 0, List.of(), map.nextGroup, groups);
    }

    private Held held(String name) {
        return Objects.requireNonNull(maps.get(name));
    }

    private <T> IoResult<T> known(String text, String name, Function<Held, IoResult<T>> act) {
        return call(
                text,
                name,
                map -> map.isEmpty()
                        ? new IoResult.Refused<>(6, text, "No such device or address")
                        : act.apply(map.get()));
    }

    private <T> IoResult<T> call(String text, String name, Function<Optional<Held>, IoResult<T>> act) {
        calls.add(text);
        if (text.startsWith(broken)) {
            broken = "none";
            throw new IllegalStateException("broken by the test: " + text);
        }
        if (text.startsWith(hanging)) {
            hanging = "none";
            hung.countDown();
            awaitAnswer();
        }
        for (var refusal : refusals.entrySet()) {
            if (text.startsWith(refusal.getKey())) {
                return new IoResult.Refused<>(refusal.getValue(), text, "refused by the test");
            }
        }
        return act.apply(Optional.ofNullable(maps.get(name)));
    }

    private void awaitAnswer() {
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
