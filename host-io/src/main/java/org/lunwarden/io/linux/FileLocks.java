package org.lunwarden.io.linux;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/** fcntl(2) locks on whole files, waited for so long and no longer. */
record FileLocks(Duration patience) {

    private static final Duration PAUSE = Duration.ofMillis(20);

    FileLock shared(FileChannel channel) throws IOException {
        return lock(channel, true);
    }

    FileLock exclusive(FileChannel channel) throws IOException {
        return lock(channel, false);
    }

    private FileLock lock(FileChannel channel, boolean shared) throws IOException {
        var since = System.nanoTime();
        while (true) {
            var lock = tryLock(channel, shared);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - since > patience.toNanos()) {
                throw new FileSystemException(
                        null, null, "another program has held its lock for " + patience.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException ofThisProcess) {
            return null;
        }
    }
}
