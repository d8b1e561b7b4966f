package org.lunwarden.io.simulated;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.Subscription;
import org.lunwarden.io.simulated.MapDevice.Table;
import org.lunwarden.model.DevT;

/** The device-mapper of a simulated kernel: which devices there are, and how their tables change. */
final class SimulatedDeviceMapper implements DeviceMapper {

    private static final int PAGE_KIB = 4;

    private final SimulatedKernel kernel;
    private final MapIo io;
    final MapDevices devices = new MapDevices();
    private final TableLoading tables;
    private final Listeners<Event> events = new Listeners<>();

    SimulatedDeviceMapper(SimulatedKernel kernel) {
        this.kernel = kernel;
        this.io = new MapIo(kernel, this::pathFailed);
        this.tables = new TableLoading(kernel, devices);
    }

    @Override
    public IoResult<List<Device>> list() {
        synchronized (kernel.san.lock) {
            return new IoResult.Ok<>(devices.all().stream()
                    .map(device -> new Device(device.name, device.uuid, device.number(), device.events))
                    .toList());
        }
    }

    @Override
    public IoResult<Info> info(String name) {
        return with("info", name, device -> new IoResult.Ok<>(info(device)));
    }

    @Override
    public IoResult<Status> statusOf(String uuid) {
        var call = "dm status " + uuid;
        if (uuid.isEmpty()) {
            return Errno.EINVAL.refused(call);
        }
        synchronized (kernel.san.lock) {
            return devices.withUuid(uuid)
                    .<IoResult<Status>>map(device -> new IoResult.Ok<>(
                            new Status(info(device), TableLoading.tell(device.live, MultipathTarget::status, false))))
                    .orElseGet(() -> Errno.ENXIO.refused(call));
        }
    }

    private Info info(MapDevice device) {
        return new Info(
                device.name,
                device.uuid,
                device.number(),
                device.suspended,
                device.readOnly,
                devices.openCount(device),
                device.events,
                device.live.isPresent(),
                device.inactive.isPresent(),
                device.removeWhenClosed);
    }

    @Override
    public IoResult<List<Target>> table(String name) {
        return with(
                "table",
                name,
                device -> new IoResult.Ok<>(TableLoading.tell(device.live, MultipathTarget::table, true)));
    }

    @Override
    public IoResult<List<Target>> inactiveTable(String name) {
        return with(
                "table",
                name,
                device -> new IoResult.Ok<>(TableLoading.tell(device.inactive, MultipathTarget::table, true)));
    }

    @Override
    public IoResult<List<Target>> status(String name) {
        return with(
                "status",
                name,
                device -> new IoResult.Ok<>(TableLoading.tell(device.live, MultipathTarget::status, false)));
    }

    @Override
    public CompletionStage<Void> settled(String name) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public int mostUnsettled() {
        return Integer.MAX_VALUE;
    }

    @Override
    public IoResult<DevT> create(String name, String uuid, boolean readOnly, List<Target> table, UdevFlags flags) {
        synchronized (kernel.san.lock) {
            var call = "dm create " + name;
            if (devices.named(name).isPresent() || devices.withUuid(uuid).isPresent()) {
                return Errno.EBUSY.refused(call);
            }
            var device = devices.add(name, uuid);
            var started = tables.load(device, readOnly, table, call).then(done -> start(device, call));
            if (started instanceof IoResult.Refused<IoResult.Done> refused) {
                devices.remove(device);
                return refused.as();
            }
            uevent("add", device, Map.of());
            announce(device, flags);
            kernel.san.happened(kernel.name, "map " + name + " created");
            return new IoResult.Ok<>(device.number());
        }
    }

    @Override
    public IoResult<IoResult.Done> reload(
            String name, boolean readOnly, List<Target> table, SuspendMode mode, UdevFlags flags) {
        return with("reload", name, device -> {
            var call = "dm reload " + name;
            var result = tables.load(device, readOnly, table, call).then(done -> {
                device.suspended = true;
                return start(device, call);
            });
            device.inactive = Optional.empty();
            if (result instanceof IoResult.Ok) {
                announce(device, flags);
                kernel.san.happened(kernel.name, "map " + name + " reloaded");
            } else {
                device.suspended = false;
            }
            io.release(device);
            return result;
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
        var call = "exchange the table of " + name;
        var loaded = with("reload", name, device -> {
            var left = TableLoading.tell(device.inactive, MultipathTarget::table, true);
            return left.isEmpty() || left.equals(table)
                    ? tables.load(device, readOnly, table, call)
                    : Errno.EBUSY.refused(call);
        });
        return loaded.then(done -> {
            var looked = lastLook.get();
            return with("resume", name, device -> {
                device.inactive = Optional.empty();
                return looked.then(still -> device.suspended || !table(name).equals(new IoResult.Ok<>(was))
                        ? Errno.EBUSY.refused(call)
                        : reload(name, readOnly, table, SuspendMode.KEEP_IO, flags));
            });
        });
    }

    @Override
    public IoResult<IoResult.Done> suspend(String name, SuspendMode mode) {
        return with("suspend", name, device -> {
            device.suspended = true;
            if (mode == SuspendMode.FLUSH) {
                device.live.stream().flatMap(Table::multipaths).forEach(MultipathTarget::flush);
            }
            return IoResult.done();
        });
    }

    @Override
    public IoResult<IoResult.Done> resume(String name, UdevFlags flags) {
        return with("resume", name, device -> {
            var result = start(device, "dm resume " + name);
            if (result instanceof IoResult.Ok) {
                announce(device, flags);
                io.release(device);
            }
            return result;
        });
    }

    @Override
    public IoResult<IoResult.Done> remove(String name, boolean deferred) {
        return with("remove", name, device -> {
            if (devices.openCount(device) == 0) {
                drop(device);
                return IoResult.done();
            }
            device.removeWhenClosed |= deferred;
            return deferred ? IoResult.done() : Errno.EBUSY.refused("dm remove " + name);
        });
    }

    @Override
    public IoResult<IoResult.Done> rename(String name, String newName, UdevFlags flags) {
        return with("rename", name, device -> {
            if (devices.named(newName).isPresent()) {
                return Errno.EBUSY.refused("dm rename " + name);
            }
            if (newName.isEmpty() || newName.contains("/")) {
                return Errno.EINVAL.refused("dm rename " + name);
            }
            devices.rename(device, newName);
            raise(device);
            announce(device, flags);
            return IoResult.done();
        });
    }

    @Override
    public IoResult<IoResult.Done> message(String name, String message) {
        return with("message", name, device -> {
            var call = "dm message " + name + " " + message;
            if (message.equals("@cancel_deferred_remove")) {
                device.removeWhenClosed = false;
                return IoResult.done();
            }
            var target = device.live.flatMap(table -> table.multipaths().findFirst());
            if (target.isEmpty()) {
                return Errno.EINVAL.refused(call);
            }
            if (device.suspended) {
                return Errno.EBUSY.refused(call);
            }
            var effect = MultipathMessage.apply(kernel, target.get(), message);
            if (effect.refusal().isPresent()) {
                return effect.refusal().get().refused(call);
            }
            if (effect.changed()) {
                raise(device);
                kernel.san.happened(kernel.name, "map " + name + ": " + message);
            }
            effect.uevent().ifPresent(properties -> uevent("change", device, properties));
            device.ready |= message.startsWith("reinstate_path");
            io.release(device);
            return IoResult.done();
        });
    }

    @Override
    public IoResult<Integer> requestLimit(DevT device) {
        var call = "read max_sectors_kb of " + device;
        synchronized (kernel.san.lock) {
            return devices.numbered(device)
                    .map(map -> map.requestLimit)
                    .or(() -> kernel.disk(device).map(disk -> disk.requestLimit))
                    .<IoResult<Integer>>map(IoResult.Ok::new)
                    .orElseGet(() -> Errno.ENOENT.refused(call));
        }
    }

    @Override
    public IoResult<IoResult.Done> limitRequests(DevT disk, int kib) {
        var call = "write " + kib + " to max_sectors_kb of " + disk;
        synchronized (kernel.san.lock) {
            var found = kernel.disk(disk);
            if (found.isEmpty()) {
                return Errno.ENOENT.refused(call);
            }
            if (kib < PAGE_KIB || kib > PathDevice.LARGEST_REQUEST) {
                return Errno.EINVAL.refused(call);
            }
            found.get().requestLimit = kib;
            return IoResult.done();
        }
    }

    @Override
    public Readiness readiness(DevT map) {
        synchronized (kernel.san.lock) {
            return devices.numbered(map)
                    .map(device -> device.ready ? Readiness.READY : Readiness.NOT_READY)
                    .orElse(Readiness.UNTOLD);
        }
    }

    /** udev loses what it knew of a map. */
    void unready(String name) {
        synchronized (kernel.san.lock) {
            devices.named(name).ifPresent(device -> device.ready = false);
        }
    }

    @Override
    public Subscription onEvent(Consumer<Event> listener) {
        return events.add(listener);
    }

    /** One read; the answer comes when the device has given it. */
    CompletionStage<IoResult<Integer>> read(String name) {
        var answer = new CompletableFuture<IoResult<Integer>>();
        synchronized (kernel.san.lock) {
            var found = devices.named(name);
            if (found.isEmpty()) {
                return CompletableFuture.completedFuture(Errno.ENXIO.refused("read " + name));
            }
            var device = found.get();
            device.opened++;
            io.submit(device, result -> {
                synchronized (kernel.san.lock) {
                    close(device);
                }
                answer.complete(result);
            });
        }
        return answer;
    }

    /** Opens a device for an application. */
    IoResult<MapDevice> open(String name) {
        return with("open", name, device -> {
            device.opened++;
            return new IoResult.Ok<>(device);
        });
    }

    void close(MapDevice device) {
        device.opened--;
        removeClosed();
    }

    void submit(MapDevice device, Consumer<IoResult<Integer>> answer) {
        io.submit(device, answer);
    }

    private <T> IoResult<T> with(String call, String name, Function<MapDevice, IoResult<T>> action) {
        synchronized (kernel.san.lock) {
            return devices.named(name).map(action).orElseGet(() -> Errno.ENXIO.refused("dm " + call + " " + name));
        }
    }

    /** Makes the loaded table live, if there is one, and lets I/O go on. */
    private IoResult<IoResult.Done> start(MapDevice device, String call) {
        if (device.inactive.isPresent()) {
            var table = device.inactive.get();
            device.inactive = Optional.empty();
            if (table.disks().anyMatch(disk -> disk.sectors < table.sectors())) {
                return Errno.EINVAL.refused(call);
            }
            device.live = Optional.of(table);
            device.readOnly = table.readOnly();
            device.requestLimit =
                    table.disks().mapToInt(disk -> disk.requestLimit).min().orElse(0);
            removeClosed();
        }
        device.live.stream().flatMap(Table::multipaths).forEach(MultipathTarget::resume);
        device.suspended = false;
        return IoResult.done();
    }

    private void removeClosed() {
        devices.dueToGo().forEach(this::drop);
    }

    private void drop(MapDevice device) {
        devices.remove(device);
        uevent("remove", device, Map.of());
        kernel.san.happened(kernel.name, "map " + device.name + " removed");
        removeClosed();
    }

    private void raise(MapDevice device) {
        var event = new Event(device.name, device.number(), ++device.events, device.events == 1);
        kernel.san.time.after(Duration.ZERO, () -> events.tell(event));
    }

    private void pathFailed(MapDevice device, MultipathTarget target, MultipathTarget.Path path) {
        raise(device);
        uevent("change", device, MultipathMessage.pathEvent(target, path, "PATH_FAILED"));
        kernel.san.happened(kernel.name, "map " + device.name + ": I/O failed path " + path.device.number());
    }

    /** udev's rules deal with the event at once. */
    private void announce(MapDevice device, UdevFlags flags) {
        device.ready = !flags.noUsablePath();
        uevent("change", device, MapUevent.of(flags));
    }

    private void uevent(String action, MapDevice device, Map<String, String> more) {
        kernel.uevent(action, device.kernelName(), MapUevent.properties(device, more));
    }
}
