package org.lunwarden.fleet.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrowAwayCertificatesTest {

    @TempDir
    private Path folder;

    @Test
    void whoeverReadsWhileMembersGetTheirFilesFindsThemWhole() throws Exception {
        var authority = ThrowAwayCertificates.of("lunwarden");
        authority.member("h0", folder);
        var shared = folder.resolve("authority.crt");
        var whole = Files.readString(shared);
        var isOver = new AtomicBoolean();
        var reading = CompletableFuture.supplyAsync(() -> {
            var torn = new ArrayList<String>();
            while (!isOver.get()) {
                try {
                    var found = Files.readString(shared);
                    if (!found.equals(whole)) {
                        torn.add(found);
                    }
                } catch (java.io.IOException missing) {
                    torn.add(missing.toString());
                }
            }
            return torn;
        });

        for (var member = 1; member < 8; member++) {
            authority.member("h" + member, folder);
        }
        isOver.set(true);

        assertThat(reading.get()).isEmpty();
    }

    @Test
    void aKeyIsForItsOwnerOnlyAndNothingElseIsLeftBehind() throws Exception {
        var files = ThrowAwayCertificates.of("lunwarden").member("h1", folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())))
                .isEqualTo("rw-------");
        try (var left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("h1.key", "h1.crt", "authority.crt");
        }
    }
}
