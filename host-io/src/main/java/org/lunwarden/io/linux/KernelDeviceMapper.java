package org.lunwarden.io.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;
import org.lunwarden.io.Subscription;
import org.lunwarden.model.DevT;

/** Device-mapper through libdevmapper. */
final class KernelDeviceMapper implements DeviceMapper {

    private static final int ADD_NODE_ON_RESUME = 0;

    private final SysfsTree tree;
    private final UdevRules rules;

    /** Devices whose table is being exchanged. */
    private final Set<String> exchanging = ConcurrentHashMap.newKeySet();

    /** Devices that were made and udev has not dealt with yet. */
    private final Map<String, CompletionStage<Void>> made = new ConcurrentHashMap<>();

    private final LibDevmapper.Calls dm = LibDevmapper.calls();
    private final UdevCookies cookies = new UdevCookies();
    private final Listeners<Event> events = new Listeners<>(to -> DmEvents.start(this::entries, to));

    KernelDeviceMapper(SysfsTree tree, UdevRules rules) {
        this.tree = tree;
        this.rules = rules;
    }

    @Override
    public IoResult<List<Device>> list() {
        return entries().then(entries -> {
            var devices = new ArrayList<Device>();
            for (var entry : entries) {
                device(entry, devices);
            }
            return new IoResult.Ok<>(List.copyOf(devices));
        });
    }

    private IoResult<List<DmNames.Entry>> entries() {
        try (var task = DmTask.of(DmTask.Type.LIST)) {
            return task.run().then(answer -> {
                var names = answer.names();
                return new IoResult.Ok<>(
                        names == null
                                ? List.of()
                                : DmNames.read(names).stream().map(this::whole).toList());
            });
        }
    }

    /** One that is gone by now stays as it was listed. */
    private DmNames.Entry whole(DmNames.Entry entry) {
        return !DmNames.isAsIs(entry.name()) && info(entry.name()) instanceof IoResult.Ok<Info>(var info)
                ? new DmNames.Entry(entry.name(), Optional.of(info.uuid()), info.device(), info.eventNumber())
                : entry;
    }

    /** Adds the device of a list entry; a kernel that lists no UUID is asked for it. */
    private void device(DmNames.Entry entry, List<Device> to) {
        if (entry.uuid().isPresent()) {
            to.add(new Device(entry.name(), entry.uuid().get(), entry.device(), entry.eventNumber()));
        } else if (info(entry.name()) instanceof IoResult.Ok<Info>(var info)) {
            to.add(new Device(entry.name(), info.uuid(), info.device(), info.eventNumber()));
        }
    }

    @Override
    public IoResult<Info> info(String name) {
        try (var task = DmTask.of(DmTask.Type.INFO, name)) {
            return task.run().then(DmTask::info);
        }
    }

    @Override
    public IoResult<Status> statusOf(String uuid) {
        try (var task = DmTask.ofUuid(DmTask.Type.STATUS, uuid).with(dm::dm_task_no_flush)) {
            return task.run()
                    .then(answer -> answer.info()
                            .then(info -> new IoResult.Ok<>(
                                    new Status(info, info.liveTable() ? answer.targets() : List.of()))));
        }
    }

    @Override
    public IoResult<List<Target>> table(String name) {
        return targets(DmTask.Type.TABLE, name);
    }

    @Override
    public IoResult<List<Target>> inactiveTable(String name) {
        try (var task = DmTask.of(DmTask.Type.TABLE, name)
                .with(dm::dm_task_query_inactive_table)
                .with(dm::dm_task_no_open_count)) {
            return task.run().then(answer -> answer.info().then(exists -> new IoResult.Ok<>(answer.targets())));
        }
    }

    @Override
    public IoResult<List<Target>> status(String name) {
        return targets(DmTask.Type.STATUS, name);
    }

    private IoResult<List<Target>> targets(DmTask.Type type, String name) {
        try (var task = DmTask.of(type, name).with(dm::dm_task_no_flush).with(dm::dm_task_no_open_count)) {
            return task.run().then(answer -> answer.info().then(exists -> new IoResult.Ok<>(answer.targets())));
        }
    }

    @Override
    public IoResult<DevT> create(String name, String uuid, boolean readOnly, List<Target> table, UdevFlags flags) {
        return make(name, uuid).then(device -> {
            var started = load(name, readOnly, table).then(loaded -> start(name, flags));
            if (started instanceof IoResult.Refused<Done> refused) {
                var unused = remove(name, false);
                return refused.as();
            }
            return new IoResult.Ok<>(device);
        });
    }

    private IoResult<Done> start(String name, UdevFlags flags) {
        var ran = resumed(name, flags);
        made.put(name, ran.udev());
        var unused = ran.udev().whenComplete((dealtWith, broke) -> made.remove(name, ran.udev()));
        return ran.answer();
    }

    @Override
    public CompletionStage<Void> settled(String name) {
        return Optional.ofNullable(made.get(name)).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    @Override
    public int mostUnsettled() {
        return UdevCookies.most(tree.text("proc/sys/kernel/sem"));
    }

    /** A device without a table. */
    private IoResult<DevT> make(String name, String uuid) {
        try (var task = DmTask.of(DmTask.Type.CREATE, name)) {
            if (!uuid.isEmpty()) {
                task.with(created -> dm.dm_task_set_uuid(created, uuid));
            }
            synchronized (LibDevmapper.NODES) {
                return task.run().then(DmTask::info).then(info -> new IoResult.Ok<>(info.device()));
            }
        }
    }

    @Override
    public IoResult<Done> reload(String name, boolean readOnly, List<Target> table, SuspendMode mode, UdevFlags flags) {
        var loaded = load(name, readOnly, table);
        if (loaded instanceof IoResult.Refused<Done>) {
            clear(name);
            return loaded;
        }
        var suspended = suspend(name, mode);
        if (suspended instanceof IoResult.Refused<Done>) {
            clear(name);
            return suspended;
        }
        var resumed = resume(name, flags);
        if (resumed instanceof IoResult.Refused<Done>) {
            clear(name);
            var unused = resume(name, flags);
        }
        return resumed;
    }

    @Override
    public IoResult<Done> exchange(
            String name,
            boolean readOnly,
            List<Target> was,
            List<Target> table,
            Supplier<IoResult<Done>> lastLook,
            UdevFlags flags) {
        if (!exchanging.add(name)) {
            return busy(name);
        }
        try {
            return exchangeAlone(name, readOnly, was, table, lastLook, flags);
        } finally {
            exchanging.remove(name);
        }
    }

    private IoResult<Done> exchangeAlone(
            String name,
            boolean readOnly,
            List<Target> was,
            List<Target> table,
            Supplier<IoResult<Done>> lastLook,
            UdevFlags flags) {
        var pending =
                inactiveTable(name).then(left -> left.isEmpty() || left.equals(table) ? IoResult.done() : busy(name));
        if (pending instanceof IoResult.Refused<Done>) {
            return pending;
        }
        var started = load(name, readOnly, table)
                .then(loaded -> lastLook.get())
                .then(still -> isAsIt(name, was))
                .then(same -> exchange(name, flags));
        if (started instanceof IoResult.Refused<Done>) {
            clear(name);
        }
        return started;
    }

    private IoResult<Done> isAsIt(String name, List<Target> was) {
        return info(name)
                .then(info -> info.suspended() ? busy(name) : table(name))
                .then(live -> live.equals(was) ? IoResult.done() : busy(name));
    }

    private static <T> IoResult<T> busy(String name) {
        return LibC.refused(LibC.EBUSY, "exchange the table of " + name);
    }

    private IoResult<Done> exchange(String name, UdevFlags flags) {
        try (var task = DmTask.of(DmTask.Type.RESUME, name)
                .with(dm::dm_task_no_flush)
                .with(dm::dm_task_skip_lockfs)
                .with(resumed -> dm.dm_task_set_add_node(resumed, ADD_NODE_ON_RESUME))) {
            return cookies.run(task, flags).answer();
        }
    }

    private IoResult<Done> load(String name, boolean readOnly, List<Target> table) {
        try (var task = DmTask.of(DmTask.Type.RELOAD, name).withTable(readOnly, table)) {
            return task.run().then(answer -> IoResult.done());
        }
    }

    /** Drops the inactive table, if there is one. */
    private void clear(String name) {
        try (var task = DmTask.of(DmTask.Type.CLEAR, name)) {
            var unused = task.run();
        }
    }

    @Override
    public IoResult<Done> suspend(String name, SuspendMode mode) {
        try (var task = DmTask.of(DmTask.Type.SUSPEND, name)) {
            switch (mode) {
                case KEEP_IO -> task.with(dm::dm_task_no_flush).with(dm::dm_task_skip_lockfs);
                case FLUSH -> {}
            }
            return task.run().then(answer -> IoResult.done());
        }
    }

    @Override
    public IoResult<Done> resume(String name, UdevFlags flags) {
        return resumed(name, flags).answer();
    }

    private UdevCookies.Ran resumed(String name, UdevFlags flags) {
        try (var task = DmTask.of(DmTask.Type.RESUME, name)
                .with(resumed -> dm.dm_task_set_add_node(resumed, ADD_NODE_ON_RESUME))) {
            return cookies.run(task, flags);
        }
    }

    @Override
    public IoResult<Done> remove(String name, boolean deferred) {
        try (var task = DmTask.of(DmTask.Type.REMOVE, name)) {
            if (deferred) {
                task.with(dm::dm_task_deferred_remove);
            }
            return cookies.run(task, UdevFlags.NONE).followed();
        }
    }

    @Override
    public IoResult<Done> rename(String name, String newName, UdevFlags flags) {
        try (var task = DmTask.of(DmTask.Type.RENAME, name).with(renamed -> dm.dm_task_set_newname(renamed, newName))) {
            return cookies.run(task, flags).answer();
        }
    }

    @Override
    public IoResult<Done> message(String name, String message) {
        try (var task = DmTask.of(DmTask.Type.MESSAGE, name)
                .with(told -> dm.dm_task_set_sector(told, 0))
                .with(told -> dm.dm_task_set_message(told, message))) {
            return task.run().then(answer -> IoResult.done());
        }
    }

    @Override
    public IoResult<Integer> requestLimit(DevT device) {
        var kib = tree.number(requestLimitOf(device));
        return kib.isPresent()
                ? new IoResult.Ok<>((int) Math.min(kib.getAsLong(), Integer.MAX_VALUE))
                : LibC.refused(LibC.ENOENT, "read max_sectors_kb of " + device);
    }

    @Override
    public IoResult<Done> limitRequests(DevT disk, int kib) {
        return tree.write(requestLimitOf(disk), Integer.toString(kib));
    }

    private static String requestLimitOf(DevT device) {
        return "sys/dev/block/" + device + "/queue/max_sectors_kb";
    }

    @Override
    public Readiness readiness(DevT map) {
        return rules.readiness(map);
    }

    @Override
    public Subscription onEvent(Consumer<Event> listener) {
        return events.add(listener);
    }
}
