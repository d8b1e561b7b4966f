package org.lunwarden.io;

/**
 * All ports of one host. The actors see only these; {@code deploy} picks the adapter.
 *
 * <p>Calls of {@link DeviceMapper} and {@link BlockDevices} block: they belong on a dispatcher of their own.
 */
public record HostPorts(
        HostFacts facts,
        DeviceMapper deviceMapper,
        BlockDevices blockDevices,
        PathProbe pathProbe,
        UeventSource uevents,
        HostClock clock) {}
