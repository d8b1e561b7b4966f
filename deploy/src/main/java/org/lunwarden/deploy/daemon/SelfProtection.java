package org.lunwarden.deploy.daemon;

import java.util.ArrayList;
import java.util.List;

import org.lunwarden.cli.config.DaemonSettings;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.linux.MemoryLock;
import org.lunwarden.io.linux.OomScore;
import org.lunwarden.io.linux.OpenFiles;

/** Makes the daemon survive what it protects against: a root disk that hangs, and memory or open files that run out. */
public final class SelfProtection {

    private static final int NEVER = -1000;

    private SelfProtection() {}

    /** Gives a sentence for each protection that was wanted and refused; the daemon runs all the same. */
    public static List<String> apply(DaemonSettings settings) {
        var refused = new ArrayList<String>();
        if (settings.lockMemory() && MemoryLock.lockAll() instanceof IoResult.Refused<?> no) {
            refused.add("memory is not locked, so the daemon may wait for its own disk: " + no);
        }
        if (settings.oomProtect() && OomScore.adjust(NEVER) instanceof IoResult.Refused<?> no) {
            refused.add("the kernel may kill the daemon when memory runs out: " + no);
        }
        if (OpenFiles.allow(settings.site().process().maxFds()) instanceof IoResult.Refused<?> no) {
            refused.add("the daemon may run out of open files: " + no);
        }
        return List.copyOf(refused);
    }
}
