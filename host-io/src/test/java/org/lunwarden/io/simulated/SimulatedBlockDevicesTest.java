package org.lunwarden.io.simulated;

import org.lunwarden.io.contract.BlockDevicesContract;
import org.lunwarden.io.contract.HostFixture;

final class SimulatedBlockDevicesTest extends BlockDevicesContract {

    @Override
    protected HostFixture open() {
        return new SimulatedFixture();
    }
}
