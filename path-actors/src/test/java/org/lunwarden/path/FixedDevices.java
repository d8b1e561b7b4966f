package org.lunwarden.path;

import java.util.concurrent.CountDownLatch;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;

/** Tells one live state, whatever the disk, until it is told another. */
public final class FixedDevices implements BlockDevices {

    private volatile IoResult<Live> live;
    private volatile IoResult<Disk> disk = new IoResult.Refused<>(19, "read disk", "No such device");
    private volatile Gate onRead = () -> {};

    private interface Gate {
        void pass() throws InterruptedException;
    }

    public FixedDevices(IoResult<Live> live) {
        this.live = live;
    }

    public static FixedDevices running() {
        return new FixedDevices(new IoResult.Ok<>(Disks.live("running")));
    }

    public static FixedDevices in(String state) {
        return new FixedDevices(new IoResult.Ok<>(Disks.live(state)));
    }

    public static FixedDevices refusing(int errno) {
        return new FixedDevices(new IoResult.Refused<>(errno, "read state", "errno " + errno));
    }

    public void become(IoResult<Live> next) {
        live = next;
    }

    /** From now on a reader of a state enters, and waits for its release. */
    public void hang(CountDownLatch entered, CountDownLatch release) {
        onRead = () -> {
            entered.countDown();
            release.await();
        };
    }

    @Override
    public IoResult<Live> live(DeviceName name) {
        try {
            onRead.pass();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return live;
    }

    @Override
    public Look look() {
        throw new UnsupportedOperationException("a path looks at no other disks");
    }

    public void hasDisk(Disk now) {
        disk = new IoResult.Ok<>(now);
    }

    @Override
    public IoResult<Disk> disk(DeviceName name) {
        return disk;
    }

    @Override
    public IoResult<Holders> stackedOn(DeviceName name) {
        throw new UnsupportedOperationException("a path does not ask for holders");
    }

    @Override
    public IoResult<Holders> holders(DeviceName name) {
        throw new UnsupportedOperationException("a path does not ask for holders");
    }
}
