package org.lunwarden.io.simulated;

import org.lunwarden.io.contract.DeviceMapperContract;
import org.lunwarden.io.contract.HostFixture;
import org.lunwarden.io.measured.MeasuredPorts;

/** What is counted is done all the same. */
final class MeasuredDeviceMapperTest extends DeviceMapperContract {

    @Override
    protected HostFixture open() {
        return new SimulatedFixture(ports -> MeasuredPorts.of(ports).ports());
    }
}
