package org.lunwarden.io.linux;

import java.time.Duration;

import jnr.ffi.Pointer;

import org.lunwarden.io.HostClock;

/** {@code CLOCK_BOOTTIME}. */
final class BootClock implements HostClock {

    private static final int CLOCK_BOOTTIME = 7;

    private final ThreadLocal<Pointer> timespec = ThreadLocal.withInitial(() -> LibC.allocate(16));

    @Override
    public Duration uptime() {
        var time = timespec.get();
        if (LibC.calls().clock_gettime(CLOCK_BOOTTIME, time) != 0) {
            throw new IllegalStateException("clock_gettime: " + LibC.reason(LibC.errno()));
        }
        return Duration.ofSeconds(time.getLong(0), time.getLong(8));
    }
}
