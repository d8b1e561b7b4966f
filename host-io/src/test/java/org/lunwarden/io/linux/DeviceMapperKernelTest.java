package org.lunwarden.io.linux;

import org.junit.jupiter.api.Tag;

import org.lunwarden.io.contract.DeviceMapperContract;
import org.lunwarden.io.contract.HostFixture;

@Tag("kernel")
class DeviceMapperKernelTest extends DeviceMapperContract {

    @Override
    protected HostFixture open() {
        return new ScsiDebugHost();
    }
}
