package org.lunwarden.io.measured;

import org.lunwarden.io.HostPorts;
import org.lunwarden.model.figures.CallTally;
import org.lunwarden.model.figures.PortFigures;

/** Ports that do what others do, and count it: commands to path devices, and calls of device-mapper. */
public final class MeasuredPorts {

    private final HostPorts ports;
    private final CallTally devices = new CallTally();
    private final CallTally deviceMapper = new CallTally();

    private MeasuredPorts(HostPorts plain) {
        this.ports = new HostPorts(
                plain.facts(),
                new MeasuredDeviceMapper(plain.deviceMapper(), deviceMapper),
                plain.blockDevices(),
                new MeasuredPathProbe(plain.pathProbe(), devices),
                plain.uevents(),
                plain.clock(),
                plain.stateFiles(),
                plain.diskControl(),
                plain.fabricEvents());
    }

    public static MeasuredPorts of(HostPorts plain) {
        return new MeasuredPorts(plain);
    }

    public HostPorts ports() {
        return ports;
    }

    /** What was asked through {@link #ports} until now. */
    public PortFigures figures() {
        return new PortFigures(devices.now(), deviceMapper.now());
    }
}
