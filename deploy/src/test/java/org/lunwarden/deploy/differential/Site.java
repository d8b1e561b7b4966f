package org.lunwarden.deploy.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A site's files: a folder with multipath.conf, and perhaps conf.d, bindings, wwids.
 *
 * @param states what happens to it, in this order; from its file {@code states}, else only {@code healthy}
 * @param known where Lunwarden differs; from its file {@code differences}
 */
record Site(Path folder, List<String> states, KnownDifferences known) {
    static final Path ALL = Path.of("target/test-classes/differential").toAbsolutePath();

    static Site of(Path folder) {
        var states = read(folder.resolve("states")).lines().toList();
        return new Site(
                folder,
                states.isEmpty() ? List.of("healthy") : states,
                KnownDifferences.parse(read(folder.resolve("differences"))));
    }

    static List<Site> all() {
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.filter(Files::isDirectory).sorted().map(Site::of).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    /** A file's text; empty when there is no such file. */
    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
