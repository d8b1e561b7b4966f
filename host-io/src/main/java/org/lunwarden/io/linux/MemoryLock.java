package org.lunwarden.io.linux;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;

/** Keeps this process in memory, so that it needs no disk to go on when its own disk is the one that hangs. */
public final class MemoryLock {

    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;

    private MemoryLock() {}

    /** Locks all pages of now and later; refused with {@code EPERM} or {@code ENOMEM} without the right or the limit. */
    public static IoResult<Done> lockAll() {
        return LibC.calls().mlockall(MCL_CURRENT | MCL_FUTURE) == 0 ? IoResult.done() : LibC.refused("mlockall");
    }
}
