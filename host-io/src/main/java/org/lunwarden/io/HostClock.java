package org.lunwarden.io;

import java.time.Duration;

/** A host's uptime ({@code CLOCK_BOOTTIME}): starts at boot, never jumps, is the same for all its processes. */
@FunctionalInterface
public interface HostClock {

    Duration uptime();
}
