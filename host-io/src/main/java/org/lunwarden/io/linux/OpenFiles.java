package org.lunwarden.io.linux;

import java.nio.file.Path;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;

/** How many files this process may have open; getrlimit(2), {@code RLIMIT_NOFILE}. Each path takes some. */
public final class OpenFiles {

    private static final int RLIMIT_NOFILE = 7;
    private static final int HARD = 8;
    private static final int SIZE = 16;

    private OpenFiles() {}

    /**
     * Raises the limit; one that is higher stays. Refused with {@code EPERM} (1) where more is wanted than this process may
     * give itself; it has all that it may then.
     *
     * @param most {@code Integer.MAX_VALUE} for as many as the kernel lets a process have
     */
    public static IoResult<Done> allow(int most) {
        var libc = LibC.calls();
        var limit = LibC.allocate(SIZE);
        if (libc.getrlimit(RLIMIT_NOFILE, limit) != 0) {
            return LibC.refused("getrlimit");
        }
        var soft = limit.getLong(0);
        var hard = limit.getLong(HARD);
        var wanted = wanted(
                most,
                soft,
                new SysfsTree(Path.of("/")).number("proc/sys/fs/nr_open").orElse(hard));
        return wanted == soft ? IoResult.done() : set(wanted, hard);
    }

    private static IoResult<Done> set(long wanted, long hard) {
        var set = setTo(wanted, Long.compareUnsigned(wanted, hard) > 0 ? wanted : hard);
        if (set instanceof IoResult.Refused<Done>) {
            var unused = setTo(hard, hard);
        }
        return set;
    }

    private static IoResult<Done> setTo(long soft, long hard) {
        var limit = LibC.allocate(SIZE);
        limit.putLong(0, soft);
        limit.putLong(HARD, hard);
        return LibC.calls().setrlimit(RLIMIT_NOFILE, limit) == 0
                ? IoResult.done()
                : LibC.refused("let " + soft + " files be open");
    }

    /** Numbers without a sign: no limit is the highest. */
    static long wanted(int most, long now, long kernelAllows) {
        var wanted = Math.min(most == Integer.MAX_VALUE ? kernelAllows : most, kernelAllows);
        return Long.compareUnsigned(wanted, now) > 0 ? wanted : now;
    }
}
