package org.lunwarden.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.Subscription;
import org.lunwarden.model.DevT;

/** Passes everything on, and writes down what changes a device. */
final class CountingDeviceMapper implements DeviceMapper {

    private static final IoResult<IoResult.Done> RESUME_REFUSED =
            new IoResult.Refused<>(5, "dm resume", "Input/output error");

    private final DeviceMapper dm;
    private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> hangingReloads = new ConcurrentHashMap<>();
    private final Map<String, Integer> resumeRefusals = new ConcurrentHashMap<>();
    private final Set<String> hung = ConcurrentHashMap.newKeySet();
    private final List<String> changes = new ArrayList<>();

    CountingDeviceMapper(DeviceMapper dm) {
        this.dm = dm;
    }

    synchronized List<String> changes() {
        return List.copyOf(changes);
    }

    /** From now on calls on that map do not return before the latch opens. */
    void hang(String name, CountDownLatch answer) {
        hanging.put(name, answer);
    }

    /** From now on a reload of that map does not return before the latch opens. */
    void hangReload(String name, CountDownLatch answer) {
        hangingReloads.put(name, answer);
    }

    /** From now on so many resumes of that map are refused, the one at the end of a reload among them. */
    void refuseResumes(String name, int times) {
        resumeRefusals.put(name, times);
    }

    private boolean refusesResume(String name) {
        return resumeRefusals.getOrDefault(name, 0) > 0 && resumeRefusals.merge(name, -1, Integer::sum) >= 0;
    }

    /** Whether a call on that map hangs now. */
    boolean isHung(String name) {
        return hung.contains(name);
    }

    private void waitIfHung(String name) {
        waitFor(name, hanging.get(name));
    }

    private void waitFor(String name, @Nullable CountDownLatch answer) {
        if (answer != null) {
            hung.add(name);
            try {
                answer.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            hung.remove(name);
        }
    }

    private synchronized void note(String change) {
        changes.add(change);
    }

    @Override
    public IoResult<List<Device>> list() {
        return dm.list();
    }

    @Override
    public IoResult<Info> info(String name) {
        waitIfHung(name);
        return dm.info(name);
    }

    @Override
    public IoResult<Status> statusOf(String uuid) {
        var found = dm.statusOf(uuid);
        if (found instanceof IoResult.Ok<Status>(var status)) {
            waitIfHung(status.info().name());
            return dm.statusOf(uuid);
        }
        return found;
    }

    @Override
    public IoResult<List<Target>> table(String name) {
        waitIfHung(name);
        return dm.table(name);
    }

    @Override
    public IoResult<List<Target>> status(String name) {
        waitIfHung(name);
        return dm.status(name);
    }

    @Override
    public CompletionStage<Void> settled(String name) {
        return dm.settled(name);
    }

    @Override
    public int mostUnsettled() {
        return dm.mostUnsettled();
    }

    @Override
    public IoResult<DevT> create(String name, String uuid, boolean readOnly, List<Target> table, UdevFlags flags) {
        note("create " + name);
        return dm.create(name, uuid, readOnly, table, flags);
    }

    @Override
    public IoResult<IoResult.Done> reload(
            String name, boolean readOnly, List<Target> table, SuspendMode mode, UdevFlags flags) {
        waitIfHung(name);
        waitFor(name, hangingReloads.get(name));
        note("reload " + name);
        var reloaded = dm.reload(name, readOnly, table, mode, flags);
        return refusesResume(name) ? dm.suspend(name, mode).then(done -> RESUME_REFUSED) : reloaded;
    }

    @Override
    public IoResult<IoResult.Done> exchange(
            String name,
            boolean readOnly,
            List<Target> was,
            List<Target> table,
            Supplier<IoResult<IoResult.Done>> lastLook,
            UdevFlags flags) {
        note("exchange " + name);
        return dm.exchange(name, readOnly, was, table, lastLook, flags);
    }

    @Override
    public IoResult<List<Target>> inactiveTable(String name) {
        return dm.inactiveTable(name);
    }

    @Override
    public IoResult<IoResult.Done> suspend(String name, SuspendMode mode) {
        note("suspend " + name);
        return dm.suspend(name, mode);
    }

    @Override
    public IoResult<IoResult.Done> resume(String name, UdevFlags flags) {
        note("resume " + name);
        return refusesResume(name) ? RESUME_REFUSED : dm.resume(name, flags);
    }

    @Override
    public IoResult<IoResult.Done> remove(String name, boolean deferred) {
        note("remove " + name);
        return dm.remove(name, deferred);
    }

    @Override
    public IoResult<IoResult.Done> rename(String name, String newName, UdevFlags flags) {
        note("rename " + name);
        return dm.rename(name, newName, flags);
    }

    @Override
    public IoResult<IoResult.Done> message(String name, String message) {
        note("message " + name + " " + message);
        return dm.message(name, message);
    }

    @Override
    public IoResult<Integer> requestLimit(DevT device) {
        return dm.requestLimit(device);
    }

    @Override
    public IoResult<IoResult.Done> limitRequests(DevT disk, int kib) {
        return dm.limitRequests(disk, kib);
    }

    @Override
    public Readiness readiness(DevT map) {
        return dm.readiness(map);
    }

    @Override
    public Subscription onEvent(Consumer<Event> listener) {
        return dm.onEvent(listener);
    }
}
