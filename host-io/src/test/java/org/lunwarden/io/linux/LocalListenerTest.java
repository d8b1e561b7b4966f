package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LocalListenerTest {

    private static final int RLIMIT_NOFILE = 7;

    @TempDir
    Path folder;

    private static final int TRIES = 10;

    /**
     * First none, then the first of the two that it takes. Nothing of ours may need another class while they are few; what
     * another thread of this process opens or closes meanwhile spoils a try, and what is wrong spoils each.
     */
    @Test
    void aProcessWithoutFilesToOpenIsRefusedAndKeepsNone() throws IOException {
        LocalListener.open(folder.resolve("socket")).close();
        assertThat(refusal(folder.resolve("socket"))).isPresent();
        var isRefused = false;
        for (var number = 0; number < TRIES && !isRefused; number++) {
            isRefused = isRefusedAndKeepsNone();
        }

        assertThat(isRefused).isTrue();
    }

    private boolean isRefusedAndKeepsNone() {
        var free = free(2);
        var limit = LibC.allocate(16);
        assertThat(LibC.calls().getrlimit(RLIMIT_NOFILE, limit)).isZero();
        var before = limit.getLong(0);

        var refusals = new ArrayList<Optional<Exception>>();
        try {
            for (var most : free) {
                limit.putLong(0, most);
                refusals.add(
                        LibC.calls().setrlimit(RLIMIT_NOFILE, limit) == 0
                                ? refusal(folder.resolve("another"))
                                : Optional.empty());
            }
        } finally {
            limit.putLong(0, before);
            assertThat(LibC.calls().setrlimit(RLIMIT_NOFILE, limit)).isZero();
        }
        return refusals.stream()
                        .allMatch(refusal ->
                                refusal.filter(IOException.class::isInstance).isPresent())
                && free(2).equals(free);
    }

    private static Optional<Exception> refusal(Path path) {
        try {
            LocalListener.open(path).close();
            return Optional.empty();
        } catch (IOException | IllegalStateException refused) {
            return Optional.of(refused);
        }
    }

    /** The lowest numbers that no file has. */
    private static List<Integer> free(int count) {
        var taken = new ArrayList<Integer>();
        for (var i = 0; i < count; i++) {
            taken.add(LibC.calls().eventfd(0, LibC.O_CLOEXEC));
        }
        for (var fd : taken) {
            var unused = LibC.calls().close(fd);
        }
        return taken;
    }
}
