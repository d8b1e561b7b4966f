package org.lunwarden.io.linux;

import org.junit.jupiter.api.Tag;

import org.lunwarden.io.HostPorts;
import org.lunwarden.io.contract.NvmeProbeContract;

/** Needs the NVMe disks of the lab's {@code guest/nvme-here}, and a kernel that has them. */
@Tag("nvme")
class NvmeProbeKernelTest extends NvmeProbeContract {

    private final HostPorts ports = LinuxHost.open();

    @Override
    protected HostPorts open() {
        return ports;
    }

    @Override
    protected void close() {
        ports.pathProbe().close();
    }
}
