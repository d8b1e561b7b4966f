package org.lunwarden.io.simulated;

import java.util.List;

import org.lunwarden.io.HostPorts;
import org.lunwarden.io.contract.NvmeProbeContract;
import org.lunwarden.io.simulated.SanBuilder.ArrayPort;
import org.lunwarden.io.simulated.SanBuilder.Plug;

class SimulatedNvmeProbeTest extends NvmeProbeContract {

    private static final Plug A = new Plug("a", 1);
    private static final Plug B = new Plug("b", 1);

    private final SimulatedSan san = SimulatedSan.builder()
            .network("a", "10.1.0.0/24")
            .network("b", "10.2.0.0/24")
            .nvmeArray("array", List.of(new ArrayPort(1, A), new ArrayPort(2, B)), 1, 2048)
            .host("h001", A, B)
            .build();

    @Override
    protected HostPorts open() {
        return san.host("h001");
    }

    @Override
    protected void close() {
        san.close();
    }
}
