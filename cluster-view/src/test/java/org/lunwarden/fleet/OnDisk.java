package org.lunwarden.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What a test finds in a spool file. */
final class OnDisk {

    private OnDisk() {}

    static <K> K read(SpoolFile<K> file) {
        try {
            return file.read();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
