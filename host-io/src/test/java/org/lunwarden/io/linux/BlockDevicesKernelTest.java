package org.lunwarden.io.linux;

import org.junit.jupiter.api.Tag;

import org.lunwarden.io.contract.BlockDevicesContract;
import org.lunwarden.io.contract.HostFixture;

@Tag("kernel")
class BlockDevicesKernelTest extends BlockDevicesContract {

    @Override
    protected HostFixture open() {
        return new ScsiDebugHost();
    }
}
