package org.lunwarden.io.simulated;

import org.lunwarden.io.contract.HostFixture;
import org.lunwarden.io.contract.RequestLimitContract;

final class SimulatedRequestLimitTest extends RequestLimitContract {

    @Override
    protected HostFixture open() {
        return new SimulatedFixture();
    }
}
