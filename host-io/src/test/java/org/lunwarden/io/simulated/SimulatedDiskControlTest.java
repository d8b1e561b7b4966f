package org.lunwarden.io.simulated;

import org.lunwarden.io.contract.DiskControlContract;
import org.lunwarden.io.contract.HostFixture;

final class SimulatedDiskControlTest extends DiskControlContract {

    @Override
    protected HostFixture open() {
        return new SimulatedFixture();
    }
}
