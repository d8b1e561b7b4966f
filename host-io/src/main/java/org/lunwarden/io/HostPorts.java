package org.lunwarden.io;

/**
 * All ports of one host. The actors see only these; {@code deploy} picks the adapter.
 *
 * <p>Calls of {@link DeviceMapper}, {@link BlockDevices}, {@link StateFiles} and {@link DiskControl} block: they belong on
 * dispatchers of their own.
 */
public record HostPorts(
        HostFacts facts,
        DeviceMapper deviceMapper,
        BlockDevices blockDevices,
        PathProbe pathProbe,
        UeventSource uevents,
        HostClock clock,
        StateFiles stateFiles,
        DiskControl diskControl,
        FabricEvents fabricEvents) {}
