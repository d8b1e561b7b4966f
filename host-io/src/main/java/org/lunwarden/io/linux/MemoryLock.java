package org.lunwarden.io.linux;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;

/** Keeps this process in memory, so that it needs no disk to go on when its own disk is the one that hangs. */
public final class MemoryLock {

    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    private static final int MCL_ONFAULT = 4;

    private MemoryLock() {}

    /**
     * Keeps every page that was touched, of now and later, in memory; on a kernel before 4.4 untouched ones too, which
     * costs the whole heap. Refused with {@code EPERM} or {@code ENOMEM} without the right or the limit.
     */
    public static IoResult<Done> lockAll() {
        var libc = LibC.calls();
        var locked = libc.mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0
                || (LibC.errno() == LibC.EINVAL && libc.mlockall(MCL_CURRENT | MCL_FUTURE) == 0);
        return locked ? IoResult.done() : LibC.refused("mlockall");
    }
}
