package org.lunwarden.path;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.DiskControl;
import org.lunwarden.io.HostClock;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.path.checker.InactiveSnapshots;
import org.lunwarden.path.marginal.SamplePlaces;
import org.lunwarden.path.transport.TransportTuning;

/** A host without attributes, which writes down what is done to its disks. */
final class RecordedControl implements DiskControl {

    private final List<String> done = new CopyOnWriteArrayList<>();

    List<String> done() {
        return List.copyOf(done);
    }

    PathHost host(PathProbe probe, BlockDevices devices, Executor blocking, HostClock clock) {
        return new PathHost(
                probe,
                devices,
                blocking,
                clock,
                new InactiveSnapshots(),
                new SamplePlaces(),
                String::equals,
                new TransportTuning(this, Runnable::run),
                new DiskActs(this, Runnable::run));
    }

    @Override
    public IoResult<String> read(DeviceName disk, Attribute attribute) {
        return new IoResult.Refused<>(2, "read " + attribute.word(), "No such file or directory");
    }

    @Override
    public IoResult<Done> write(DeviceName disk, Attribute attribute, String value) {
        done.add("write " + attribute.word());
        return IoResult.done();
    }

    @Override
    public IoResult<Done> reread(DeviceName disk, DevT device) {
        done.add("reread " + disk + " " + device);
        return IoResult.done();
    }

    @Override
    public IoResult<Done> change(DeviceName disk, DevT device) {
        done.add("change " + disk + " " + device);
        return IoResult.done();
    }

    @Override
    public IoResult<Done> judgeAnew(DeviceName disk, DevT device, boolean isPath) {
        done.add("judge " + disk + " " + device);
        return IoResult.done();
    }

    @Override
    public IoResult<Done> delete(DeviceName disk, DevT device) {
        done.add("delete " + disk + " " + device);
        return IoResult.done();
    }
}
