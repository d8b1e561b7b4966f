package org.lunwarden.path;

import java.util.concurrent.Executor;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.HostClock;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.PathProbe;
import org.lunwarden.path.checker.InactiveSnapshots;
import org.lunwarden.path.marginal.SamplePlaces;

/**
 * What the paths of a host are looked at through, and what they share.
 *
 * @param blocking runs the calls of {@code devices}
 */
public record PathHost(
        PathProbe probe,
        BlockDevices devices,
        Executor blocking,
        HostClock clock,
        InactiveSnapshots snapshots,
        SamplePlaces samplePlaces) {

    public static PathHost of(HostPorts ports, Executor blocking) {
        return of(ports.pathProbe(), ports.blockDevices(), blocking, ports.clock());
    }

    static PathHost of(PathProbe probe, BlockDevices devices, Executor blocking, HostClock clock) {
        return new PathHost(probe, devices, blocking, clock, new InactiveSnapshots(), new SamplePlaces());
    }
}
