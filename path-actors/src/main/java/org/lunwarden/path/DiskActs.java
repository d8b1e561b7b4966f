package org.lunwarden.path;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.Disk;
import org.lunwarden.io.DiskControl;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;
import org.lunwarden.model.Wwid;

/** What is done to the disks of a host's paths, one after the other: each may wait for I/O, and none is urgent. */
public final class DiskActs {

    private static final Logger LOG = LoggerFactory.getLogger(DiskActs.class);

    private final DiskControl control;
    private final Executor executor;

    DiskActs(DiskControl control, Executor executor) {
        this.control = control;
        this.executor = executor;
    }

    static DiskActs of(DiskControl control) {
        return new DiskActs(control, Executors.newSingleThreadExecutor(work -> {
            var thread = new Thread(work, "disk-acts");
            thread.setDaemon(true);
            return thread;
        }));
    }

    /** Takes the device from the host. */
    void purge(Wwid wwid, Disk disk) {
        begin(
                wwid,
                disk,
                "removed from the host, its unit is not mapped any more",
                () -> control.delete(disk.name(), disk.device()));
    }

    /** Has the kernel and udev read the disk anew. */
    void reread(Wwid wwid, Disk disk) {
        begin(wwid, disk, "read anew, it is another unit", () -> control.reread(disk.name(), disk.device()));
    }

    private void begin(Wwid wwid, Disk disk, String what, Supplier<IoResult<Done>> act) {
        try {
            executor.execute(() -> {
                AuditTrail.note(wwid, disk.name() + ": to be " + what);
                switch (act.get()) {
                    case IoResult.Ok<Done> done -> AuditTrail.note(wwid, disk.name() + ": " + what);
                    case IoResult.Refused<Done> refused -> {
                        AuditTrail.note(wwid, disk.name() + ": not " + what + ": " + refused);
                        LOG.warn("{} {}: not {}: {}", wwid, disk.name(), what, refused);
                    }
                }
            });
        } catch (RejectedExecutionException stopping) {
            LOG.debug("{} {}: not {}, the daemon stops", wwid, disk.name(), what);
        }
    }
}
