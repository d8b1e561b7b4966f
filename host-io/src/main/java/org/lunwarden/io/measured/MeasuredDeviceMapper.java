package org.lunwarden.io.measured;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.Subscription;
import org.lunwarden.model.DevT;
import org.lunwarden.model.figures.CallTally;

/** Counts calls of device-mapper, by what they do and whether they were refused. */
final class MeasuredDeviceMapper implements DeviceMapper {

    private final DeviceMapper plain;
    private final CallTally tally;

    MeasuredDeviceMapper(DeviceMapper plain, CallTally tally) {
        this.plain = plain;
        this.tally = tally;
    }

    private <T> IoResult<T> measured(String call, Supplier<IoResult<T>> work) {
        var began = System.nanoTime();
        var outcome = "broke";
        try {
            var result = work.get();
            outcome = result instanceof IoResult.Ok<T> ? "done" : "refused";
            return result;
        } finally {
            tally.add(call, outcome, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    @Override
    public IoResult<List<Device>> list() {
        return measured("list", plain::list);
    }

    @Override
    public IoResult<Info> info(String name) {
        return measured("info", () -> plain.info(name));
    }

    @Override
    public IoResult<Status> statusOf(String uuid) {
        return measured("status", () -> plain.statusOf(uuid));
    }

    @Override
    public IoResult<List<Target>> table(String name) {
        return measured("table", () -> plain.table(name));
    }

    @Override
    public IoResult<List<Target>> inactiveTable(String name) {
        return measured("table", () -> plain.inactiveTable(name));
    }

    @Override
    public IoResult<List<Target>> status(String name) {
        return measured("status", () -> plain.status(name));
    }

    @Override
    public IoResult<DevT> create(String name, String uuid, boolean readOnly, List<Target> table, UdevFlags flags) {
        return measured("create", () -> plain.create(name, uuid, readOnly, table, flags));
    }

    @Override
    public CompletionStage<Void> settled(String name) {
        return plain.settled(name);
    }

    @Override
    public int mostUnsettled() {
        return plain.mostUnsettled();
    }

    @Override
    public IoResult<IoResult.Done> reload(
            String name, boolean readOnly, List<Target> table, SuspendMode mode, UdevFlags flags) {
        return measured("reload", () -> plain.reload(name, readOnly, table, mode, flags));
    }

    @Override
    public IoResult<IoResult.Done> exchange(
            String name,
            boolean readOnly,
            List<Target> was,
            List<Target> table,
            Supplier<IoResult<IoResult.Done>> lastLook,
            UdevFlags flags) {
        return measured("exchange", () -> plain.exchange(name, readOnly, was, table, lastLook, flags));
    }

    @Override
    public IoResult<IoResult.Done> suspend(String name, SuspendMode mode) {
        return measured("suspend", () -> plain.suspend(name, mode));
    }

    @Override
    public IoResult<IoResult.Done> resume(String name, UdevFlags flags) {
        return measured("resume", () -> plain.resume(name, flags));
    }

    @Override
    public IoResult<IoResult.Done> remove(String name, boolean deferred) {
        return measured("remove", () -> plain.remove(name, deferred));
    }

    @Override
    public IoResult<IoResult.Done> rename(String name, String newName, UdevFlags flags) {
        return measured("rename", () -> plain.rename(name, newName, flags));
    }

    @Override
    public IoResult<IoResult.Done> message(String name, String message) {
        return measured("message", () -> plain.message(name, message));
    }

    @Override
    public IoResult<Integer> requestLimit(DevT device) {
        return plain.requestLimit(device);
    }

    @Override
    public IoResult<IoResult.Done> limitRequests(DevT disk, int kib) {
        return plain.limitRequests(disk, kib);
    }

    @Override
    public Readiness readiness(DevT map) {
        return plain.readiness(map);
    }

    @Override
    public Subscription onEvent(Consumer<Event> listener) {
        return plain.onEvent(listener);
    }
}
