package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.io.contract.Expect.eventually;
import static org.lunwarden.io.contract.Expect.ok;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.StateFiles;
import org.lunwarden.io.StateFiles.File;
import org.lunwarden.io.contract.StateFilesContract;

final class StateDirectoryTest extends StateFilesContract {

    private static final String HOLD = """
            import fcntl, sys
            f = open(sys.argv[1], 'a+')
            fcntl.lockf(f, fcntl.LOCK_EX)
            print('held', flush=True)
            sys.stdin.read()
            """;

    @TempDir
    private Path folder;

    @Override
    protected StateFiles open() {
        return files(Duration.ofSeconds(30));
    }

    private StateDirectory files(Duration patience) {
        return new StateDirectory(folder.resolve("etc/multipath"), folder.resolve("run/failed_wwids"), patience);
    }

    @Test
    void aFileIsReplacedAsAWholeAndForItsOwnerAlone() throws IOException {
        var files = open();
        ok(files.change(File.BINDINGS, text -> "mpatha 1\n"));
        var before = key(File.BINDINGS);

        ok(files.change(File.BINDINGS, text -> text + "mpathb 2\n"));

        assertThat(key(File.BINDINGS)).isNotEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path(File.BINDINGS))))
                .isEqualTo("rw-------");
        try (var all = Files.list(folder.resolve("etc/multipath"))) {
            assertThat(all).containsExactly(path(File.BINDINGS));
        }
    }

    @Test
    void aWwidIsAddedToTheFileThatIsThereAndAHandsBytesStay() throws IOException {
        var files = open();
        ok(files.change(File.WWIDS, text -> "/1/\n"));
        var byHand = new byte[] {'#', (byte) 0xe9, '\n'};
        Files.write(path(File.WWIDS), byHand);
        var before = key(File.WWIDS);

        ok(files.change(File.WWIDS, text -> text + "/2/\n"));

        assertThat(key(File.WWIDS)).isEqualTo(before);
        assertThat(Files.readAllBytes(path(File.WWIDS))).startsWith(byHand).endsWith('/', '2', '/', '\n');
    }

    @ParameterizedTest
    @EnumSource(File.class)
    void whatAHandWroteInAnyCharsetStaysWhenAnotherLineIsAdded(File file) throws IOException {
        var files = open();
        ok(files.change(file, text -> "x"));
        var byHand = new byte[257];
        for (var at = 0; at < byHand.length; at++) {
            byHand[at] = (byte) (at + 1);
        }
        Files.write(path(file), byHand);

        ok(files.change(file, text -> text + "more\n"));

        assertThat(Files.readAllBytes(path(file))).startsWith(byHand).endsWith('m', 'o', 'r', 'e', '\n');
    }

    @Test
    void aLockOfAnotherProgramIsWaitedForAndThenRefused() throws Exception {
        ok(open().change(File.BINDINGS, text -> "mpatha 1\n"));
        try (var holder = hold(File.BINDINGS)) {
            var change = files(Duration.ofMillis(50)).change(File.BINDINGS, text -> "none\n");
            var read = files(Duration.ofMillis(50)).read(File.BINDINGS);

            assertThat(change)
                    .isInstanceOfSatisfying(
                            IoResult.Refused.class,
                            refused -> assertThat(refused.toString())
                                    .contains("bindings", "another program has held its lock"));
            assertThat(read).isInstanceOf(IoResult.Refused.class);
        }

        assertThat(ok(open().change(File.BINDINGS, text -> text + "mpathb 2\n")))
                .isEqualTo("mpatha 1\nmpathb 2\n");
    }

    @Test
    void whatAnotherProgramPutInItsPlaceWhileTheLockWasAwaitedIsWhatIsChanged() throws Exception {
        var files = open();
        ok(files.change(File.BINDINGS, text -> "mpatha 1\n"));
        try (var holder = hold(File.BINDINGS)) {
            var changing =
                    Thread.ofPlatform().start(() -> ok(files.change(File.BINDINGS, text -> text + "mpathc 3\n")));
            eventually("the lock is awaited", () -> changing.getState() == Thread.State.TIMED_WAITING);
            var other = Files.writeString(folder.resolve("other"), "mpathb 2\n");
            Files.move(other, path(File.BINDINGS), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            holder.close();
            changing.join();
        }

        assertThat(Files.readString(path(File.BINDINGS))).isEqualTo("mpathb 2\nmpathc 3\n");
    }

    @Test
    void whatCannotBeWrittenIsRefusedWithTheReason() throws IOException {
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/multipath"), "a file where the directory should be");

        assertThat(open().change(File.BINDINGS, text -> "x")).isInstanceOf(IoResult.Refused.class);
        assertThat(open().read(File.BINDINGS)).isInstanceOf(IoResult.Refused.class);
    }

    @Test
    void aHandsEditIsHeard() throws IOException {
        var files = open();
        ok(files.change(File.BINDINGS, text -> "mpatha 1\n"));
        var heard = new CopyOnWriteArrayList<File>();
        try (var subscription = files.onChange(heard::add)) {
            eventually("all may have changed", () -> heard.size() >= File.values().length);
            heard.clear();
            Files.writeString(path(File.BINDINGS), "data 1\n");
            eventually("the edit is heard", () -> heard.contains(File.BINDINGS));
        }
        assertThat(heard).doesNotContain(File.PRKEYS);
    }

    private Path path(File file) {
        return folder.resolve("etc/multipath").resolve(file.fileName());
    }

    private Object key(File file) throws IOException {
        return Files.readAttributes(path(file), BasicFileAttributes.class).fileKey();
    }

    private interface Holder extends AutoCloseable {
        @Override
        void close();
    }

    /** Another program that has the file's lock. */
    private Holder hold(File file) throws IOException {
        var process = new ProcessBuilder("python3", "-c", HOLD, path(file).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader(StandardCharsets.US_ASCII).readLine()).isEqualTo("held");
        return () -> {
            try {
                process.getOutputStream().close();
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (IOException | InterruptedException broke) {
                throw new AssertionError(broke);
            }
        };
    }
}
