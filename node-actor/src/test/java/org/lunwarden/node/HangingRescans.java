package org.lunwarden.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.lunwarden.io.DiskControl;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;

/** Passes everything on, rescans only once they are let. */
final class HangingRescans implements DiskControl {

    private final DiskControl control;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    HangingRescans(DiskControl control) {
        this.control = control;
    }

    void hang() {
        gate = new CountDownLatch(1);
    }

    void answer() {
        gate.countDown();
    }

    int waiting() {
        return waiting.get();
    }

    @Override
    public IoResult<Done> reread(DeviceName disk, DevT device) {
        waiting.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
        }
        return control.reread(disk, device);
    }

    @Override
    public IoResult<String> read(DeviceName disk, Attribute attribute) {
        return control.read(disk, attribute);
    }

    @Override
    public IoResult<Done> write(DeviceName disk, Attribute attribute, String value) {
        return control.write(disk, attribute, value);
    }

    @Override
    public IoResult<Done> change(DeviceName disk, DevT device) {
        return control.change(disk, device);
    }

    @Override
    public IoResult<Done> judgeAnew(DeviceName disk, DevT device, boolean isPath) {
        return control.judgeAnew(disk, device, isPath);
    }

    @Override
    public IoResult<Done> delete(DeviceName disk, DevT device) {
        return control.delete(disk, device);
    }
}
