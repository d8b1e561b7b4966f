package org.lunwarden.io.linux;

import org.junit.jupiter.api.Tag;

import org.lunwarden.io.contract.HostFixture;
import org.lunwarden.io.contract.UeventSourceContract;

@Tag("kernel")
class UeventSourceKernelTest extends UeventSourceContract {

    @Override
    protected HostFixture open() {
        return new ScsiDebugHost();
    }
}
