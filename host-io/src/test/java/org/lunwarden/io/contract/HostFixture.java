package org.lunwarden.io.contract;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.Subscription;
import org.lunwarden.model.DeviceName;

/**
 * A host with two LUNs of at least four paths each, and hands to break it. A suite takes a fresh fixture for each test;
 * it closes what it opened and removes the maps that it made. Nothing here changes the ports' state otherwise.
 */
public interface HostFixture extends AutoCloseable {

    HostPorts ports();

    /** The paths of LUN 0 or 1, at least four, sorted. */
    List<DeviceName> paths(int lun);

    /** The device is still there, and refuses all I/O. */
    void breakPath(DeviceName path);

    void restorePath(DeviceName path);

    boolean canHang();

    /** The device takes commands and does not answer. */
    void hangPath(DeviceName path);

    /** What waited is answered now. */
    void unhangPath(DeviceName path);

    /** The device goes away. */
    void removePath(DeviceName path);

    /** Devices that were removed come back, perhaps with other names. */
    void rescan();

    /** Sends a {@code change} event for a device. */
    void change(DeviceName path);

    boolean canResize();

    /** All paths of the LUN tell the new size, 512-byte sectors. */
    void resize(int lun, long sectors);

    /** Reads the first block of a dm device past the page cache; ends when the read does, with bytes or errno. */
    CompletionStage<IoResult<Integer>> readMap(String map);

    /** Opens a path exclusively, which nothing but another opener shows; ends with {@code close}. */
    Subscription hold(DeviceName path);

    boolean canMount();

    /** Mounts a file system of the path's own; ends with {@code close}. */
    Subscription mount(DeviceName path);

    /** Returns when udev has dealt with all events so far. */
    void settle();

    @Override
    void close();
}
