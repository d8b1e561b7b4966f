package org.lunwarden.io.linux;

import org.junit.jupiter.api.Tag;

import org.lunwarden.io.contract.HostFixture;
import org.lunwarden.io.contract.RequestLimitContract;

@Tag("kernel")
class RequestLimitKernelTest extends RequestLimitContract {

    @Override
    protected HostFixture open() {
        return new ScsiDebugHost();
    }
}
