package org.lunwarden.io.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.StateFiles;
import org.lunwarden.io.Subscription;
import org.lunwarden.model.Wwid;

/**
 * The files in a directory, as other tools know them, and under the same fcntl(2) locks.
 *
 * <p>A file is replaced as a whole, by a rename: no crash leaves half of it. Of {@code wwids}, lines are added and taken
 * out in place, as those tools do: one of them that waits for the lock would add its line to a file that is none any more.
 */
final class StateDirectory implements StateFiles {

    private static final int LARGEST = 16 << 20;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE = permissions("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY = permissions("rwx------");

    private final Path state;
    private final Path failed;
    private final FileLocks locks;
    private final FileWatch watch;

    /**
     * @param state of the files
     * @param failed of the marks
     */
    StateDirectory(Path state, Path failed, Duration lockPatience) {
        this.state = state;
        this.failed = failed;
        this.locks = new FileLocks(lockPatience);
        this.watch = new FileWatch(state);
    }

    @Override
    public synchronized IoResult<String> read(File file) {
        var path = state.resolve(file.fileName());
        return call("read " + path, () -> {
            try (var channel = FileChannel.open(path, StandardOpenOption.READ);
                    var lock = locks.shared(channel)) {
                return new String(bytes(channel), CHARSET);
            } catch (NoSuchFileException none) {
                return "";
            }
        });
    }

    @Override
    public synchronized IoResult<String> change(File file, UnaryOperator<String> edit) {
        var path = state.resolve(file.fileName());
        return call("change " + path, () -> {
            Files.createDirectories(state, OWNER_DIRECTORY);
            while (true) {
                var meant = key(path);
                try (var channel = open(path);
                        var lock = locks.exclusive(channel)) {
                    // whoever held the lock may have put another file in its place
                    if (meant != null && meant.equals(key(path))) {
                        return change(file, path.toRealPath(), channel, edit);
                    }
                }
            }
        });
    }

    private static String change(File file, Path path, FileChannel channel, UnaryOperator<String> edit)
            throws IOException {
        var before = bytes(channel);
        var text = edit.apply(new String(before, CHARSET));
        var after = text.getBytes(CHARSET);
        if (Arrays.equals(before, after)) {
            return text;
        }
        if (file == File.WWIDS && isExtended(before, after)) {
            write(channel, before.length, Arrays.copyOfRange(after, before.length, after.length));
            channel.force(true);
        } else if (file == File.WWIDS && before.length == after.length) {
            var from = Arrays.mismatch(before, after);
            write(channel, from, Arrays.copyOfRange(after, from, after.length));
            channel.force(true);
        } else {
            replace(path, after);
        }
        return text;
    }

    private static boolean isExtended(byte[] before, byte[] after) {
        return after.length > before.length && Arrays.equals(before, 0, before.length, after, 0, before.length);
    }

    private static void replace(Path path, byte[] content) throws IOException {
        var directory = path.toAbsolutePath().getParent();
        var temporary = Files.createTempFile(directory, path.getFileName() + ".", ".new", OWNER_FILE);
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                write(channel, 0, content);
                channel.force(true);
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        try (var entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    private static void write(FileChannel channel, long from, byte[] content) throws IOException {
        var buffer = ByteBuffer.wrap(content);
        for (var at = from; buffer.hasRemaining(); ) {
            at += channel.write(buffer, at);
        }
    }

    private static byte[] bytes(FileChannel channel) throws IOException {
        var size = channel.size();
        if (size > LARGEST) {
            throw new FileSystemException(null, null, "larger than " + (LARGEST >> 20) + " MiB");
        }
        var buffer = ByteBuffer.allocate(Math.toIntExact(size));
        while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) >= 0) {
            // a read may give less than is there
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(
                path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE), OWNER_FILE);
    }

    /** Which file the name stands for now; null for none. */
    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    @Override
    public IoResult<Set<String>> failed() {
        return call("list " + failed, () -> {
            var names = new TreeSet<String>();
            try (var marks = Files.newDirectoryStream(failed)) {
                marks.forEach(mark -> names.add(mark.getFileName().toString()));
            } catch (NoSuchFileException none) {
                return Set.of();
            } catch (DirectoryIteratorException broke) {
                throw broke.getCause();
            }
            return Set.copyOf(names);
        });
    }

    @Override
    public IoResult<IoResult.Done> markFailed(Wwid wwid, boolean isFailed) {
        var mark = failed.resolve(wwid.value());
        return call((isFailed ? "mark " : "unmark ") + mark, () -> {
            if (isFailed) {
                Files.createDirectories(failed, OWNER_DIRECTORY);
                make(mark);
            } else {
                Files.deleteIfExists(mark);
            }
            return IoResult.Done.DONE;
        });
    }

    private static void make(Path mark) throws IOException {
        try {
            Files.createFile(mark, OWNER_FILE);
        } catch (FileAlreadyExistsException already) {
            // that is what was wanted
        }
    }

    @Override
    public Subscription onChange(Consumer<File> listener) {
        return watch.start(name -> {
            for (var file : File.values()) {
                if (name.isEmpty() || name.get().equals(file.fileName())) {
                    listener.accept(file);
                }
            }
        });
    }

    private interface Access<T> {
        T run() throws IOException;
    }

    private static <T> IoResult<T> call(String call, Access<T> access) {
        try {
            return new IoResult.Ok<>(access.run());
        } catch (IOException broke) {
            return switch (broke) {
                case NoSuchFileException missing -> new IoResult.Refused<>(ENOENT, call, "No such file or directory");
                case AccessDeniedException denied -> new IoResult.Refused<>(EACCES, call, "Permission denied");
                case FileSystemException other
                when other.getReason() != null -> new IoResult.Refused<>(0, call, other.getReason());
                default -> new IoResult.Refused<>(0, call, String.valueOf(broke.getMessage()));
            };
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
