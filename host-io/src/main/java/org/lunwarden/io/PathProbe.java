package org.lunwarden.io;

import org.lunwarden.model.DeviceName;

/**
 * Sends commands to path devices without waiting for them: no thread per path, and a hung device costs an entry. SCSI
 * commands go through the sg driver's asynchronous interface from one event loop; where a device has no sg node or sg
 * refuses, a bounded pool of threads takes over, which {@link #load} shows.
 */
public interface PathProbe extends AutoCloseable {

    /** Readies a device for probing. Cheap: the device is opened by the first probe, not here. */
    DeviceProbe attach(DeviceName name);

    /** Reads of one reader that may be at their device at once. */
    int READS_AT_ONCE = 32;

    /**
     * Readies a device for many reads at once, beside whatever else it is asked. One that the device has no room for now
     * is not asked for, rather than waited with.
     */
    DeviceProbe attachReader(DeviceName name);

    Load load();

    @Override
    void close();

    /**
     * @param pending probes submitted and not answered, within their deadline
     * @param overdue probes past their deadline that the device has still not answered
     * @param lateAnswers answers that came after their deadline, since the start
     * @param pooled devices probed through the pool instead of sg
     * @param poolBusy threads of the pool in use; {@code poolSize} of them exist at most
     * @param notAsked probes that this process could not bring to their device, since the start
     */
    record Load(int pending, int overdue, long lateAnswers, int pooled, int poolBusy, int poolSize, long notAsked) {}
}
