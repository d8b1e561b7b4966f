package org.lunwarden.io.linux;

import org.junit.jupiter.api.Tag;

import org.lunwarden.io.contract.HostFixture;
import org.lunwarden.io.contract.PathProbeContract;

@Tag("kernel")
class PathProbeKernelTest extends PathProbeContract {

    @Override
    protected HostFixture open() {
        return new ScsiDebugHost();
    }
}
