package org.lunwarden.io.simulated;

import org.lunwarden.io.contract.HostFixture;
import org.lunwarden.io.contract.PathProbeContract;

final class SimulatedPathProbeTest extends PathProbeContract {

    @Override
    protected HostFixture open() {
        return new SimulatedFixture();
    }
}
