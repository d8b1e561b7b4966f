package org.lunwarden.path;

import java.util.concurrent.Executor;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.HostClock;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.PathProbe;
import org.lunwarden.path.checker.InactiveSnapshots;
import org.lunwarden.path.marginal.SamplePlaces;
import org.lunwarden.path.prio.Expressions;
import org.lunwarden.path.transport.TransportTuning;

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
        SamplePlaces samplePlaces,
        Expressions expressions,
        TransportTuning transports,
        DiskActs acts) {

    public static PathHost of(HostPorts ports, Executor blocking, Expressions expressions) {
        return new PathHost(
                ports.pathProbe(),
                ports.blockDevices(),
                blocking,
                ports.clock(),
                new InactiveSnapshots(),
                new SamplePlaces(),
                expressions,
                new TransportTuning(ports.diskControl(), blocking),
                DiskActs.of(ports.diskControl()));
    }
}
