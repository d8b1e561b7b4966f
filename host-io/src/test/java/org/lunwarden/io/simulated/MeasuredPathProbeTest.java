package org.lunwarden.io.simulated;

import org.lunwarden.io.contract.HostFixture;
import org.lunwarden.io.contract.PathProbeContract;
import org.lunwarden.io.measured.MeasuredPorts;

/** What is counted is done all the same. */
final class MeasuredPathProbeTest extends PathProbeContract {

    @Override
    protected HostFixture open() {
        return new SimulatedFixture(ports -> MeasuredPorts.of(ports).ports());
    }
}
