package org.lunwarden.io.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;

/** How willingly the kernel kills this process when memory runs out; proc(5), {@code oom_score_adj}. */
public final class OomScore {

    private static final Path FILE = Path.of("/proc/self/oom_score_adj");

    private OomScore() {}

    /** @param adjustment -1000 (never) to 1000 (first); less than now needs a right */
    public static IoResult<Done> adjust(int adjustment) {
        return adjust(FILE, adjustment);
    }

    static IoResult<Done> adjust(Path file, int adjustment) {
        try {
            Files.writeString(file, Integer.toString(adjustment));
            return IoResult.done();
        } catch (NoSuchFileException absent) {
            return LibC.refused(LibC.ENOENT, "write " + file);
        } catch (IOException refused) {
            return LibC.refused(LibC.EACCES, "write " + file);
        }
    }
}
