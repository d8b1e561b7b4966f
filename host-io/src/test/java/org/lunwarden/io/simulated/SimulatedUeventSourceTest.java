package org.lunwarden.io.simulated;

import org.lunwarden.io.contract.HostFixture;
import org.lunwarden.io.contract.UeventSourceContract;

final class SimulatedUeventSourceTest extends UeventSourceContract {

    @Override
    protected HostFixture open() {
        return new SimulatedFixture();
    }
}
