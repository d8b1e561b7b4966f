package org.lunwarden.io.linux;

import org.junit.jupiter.api.Tag;

import org.lunwarden.io.contract.DiskControlContract;
import org.lunwarden.io.contract.HostFixture;

@Tag("kernel")
class DiskControlKernelTest extends DiskControlContract {

    @Override
    protected HostFixture open() {
        return new ScsiDebugHost();
    }
}
