package org.lunwarden.io;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.lunwarden.model.Wwid;

/**
 * The small files by which a host remembers its maps from one run to the next, and which other programs and hands change,
 * too. Blocking, for as long as their disk does not answer; safe for use by several threads. A lock that another program
 * holds is waited for, 30 seconds long, then the call is refused.
 */
public interface StateFiles {

    /** A character for each byte, so that what a hand wrote in any charset stays what it is. */
    Charset CHARSET = StandardCharsets.ISO_8859_1;

    enum File {
        BINDINGS("bindings"),
        WWIDS("wwids"),
        PRKEYS("prkeys");

        private final String fileName;

        File(String fileName) {
            this.fileName = fileName;
        }

        public String fileName() {
            return fileName;
        }
    }

    /** The file's text in {@link #CHARSET}; empty when there is no file. */
    IoResult<String> read(File file);

    /**
     * Makes another text of a file's, with no other program in between, and gives it back once it is on disk. A text that
     * stays the same is not written.
     *
     * @param edit an empty text stands for no file; no character is beyond {@link #CHARSET}
     */
    IoResult<String> change(File file, UnaryOperator<String> edit);

    /** The names of the marks that say of WWIDs that the kernel refused their maps. Until the host's next start. */
    IoResult<Set<String>> failed();

    IoResult<IoResult.Done> markFailed(Wwid wwid, boolean failed);

    /**
     * Hears when a file may have changed, by whomever; of every file, when that cannot be told. The listener must not
     * block.
     */
    Subscription onChange(Consumer<File> listener);
}
