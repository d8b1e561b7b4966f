package org.lunwarden.io.simulated;

import org.lunwarden.io.contract.DeviceMapperContract;
import org.lunwarden.io.contract.HostFixture;

final class SimulatedDeviceMapperTest extends DeviceMapperContract {

    @Override
    protected HostFixture open() {
        return new SimulatedFixture();
    }
}
