package org.lunwarden.io.linux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

import jnr.ffi.Pointer;

import org.lunwarden.io.IoResult;

/**
 * The small files in which a kernel tells of itself, below a root that has {@code sys} and {@code proc}. What is
 * missing, cannot be read or is no number is empty: nothing a kernel or a device says makes a read fail.
 *
 * @param read files read so far, when they are read only once
 */
record SysfsTree(Path root, Optional<Map<String, byte[]>> read) {

    private static final int LONGEST = 64 * 1024;
    private static final int PAGE = 4096;
    private static final ThreadLocal<Pointer> BUFFER = ThreadLocal.withInitial(() -> LibC.allocate(PAGE));

    SysfsTree(Path root) {
        this(root, Optional.empty());
    }

    /** The same tree, each file of which is read once. */
    SysfsTree readOnce() {
        return new SysfsTree(root, Optional.of(new ConcurrentHashMap<>()));
    }

    /** The file's text without blanks at its end; empty when there is none. */
    String text(String path) {
        return new String(read(path), StandardCharsets.UTF_8).stripTrailing();
    }

    /** The first of the files that says something. */
    String firstText(List<String> paths) {
        return paths.stream()
                .map(this::text)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    List<String> lines(String path) {
        return new String(read(path), StandardCharsets.UTF_8).lines().toList();
    }

    OptionalLong number(String path) {
        try {
            return OptionalLong.of(Long.parseLong(text(path).strip()));
        } catch (NumberFormatException hostile) {
            return OptionalLong.empty();
        }
    }

    List<Byte> bytes(String path) {
        var read = read(path);
        var boxed = new Byte[read.length];
        Arrays.setAll(boxed, i -> read[i]);
        return List.of(boxed);
    }

    /** Names in a folder, sorted; empty when there is none. */
    List<String> names(String path) {
        try (var entries = Files.list(root.resolve(path))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException | UncheckedIOException | InvalidPathException absent) {
            return List.of();
        }
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    /** The parts of the path that a link tells, from the root; empty when it is none. The path is not walked. */
    List<String> linkParts(String path) {
        try {
            var link = root.resolve(path);
            var told = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
            var parts = new ArrayList<String>();
            root.relativize(told).forEach(part -> parts.add(part.toString()));
            return List.copyOf(parts);
        } catch (IOException | UnsupportedOperationException | InvalidPathException absent) {
            return List.of();
        }
    }

    /** Writes to a file that is there, in one call. */
    IoResult<IoResult.Done> write(String path, String value) {
        var file = root.resolve(path).toString();
        var calls = LibC.calls();
        var fd = calls.open(file, LibC.O_WRONLY | LibC.O_CLOEXEC);
        if (fd < 0) {
            return LibC.refused("open " + file);
        }
        var bytes = value.getBytes(StandardCharsets.US_ASCII);
        var memory = LibC.allocate(Math.max(bytes.length, 1));
        memory.put(0, bytes, 0, bytes.length);
        var written = calls.write(fd, memory, bytes.length);
        IoResult<IoResult.Done> result = written < 0 ? LibC.refused("write " + value + " to " + file) : IoResult.done();
        var unused = calls.close(fd);
        return result;
    }

    private byte[] read(String path) {
        return read.map(known -> readOnce(known, path)).orElseGet(() -> readNow(path));
    }

    /** No thread waits for the reading of another: a driver may be slow to answer. */
    private byte[] readOnce(Map<String, byte[]> known, String path) {
        var before = known.get(path);
        if (before != null) {
            return before;
        }
        var now = readNow(path);
        known.put(path, now);
        return now;
    }

    /** As few calls as can be: a disk has a dozen such files, and a host a thousand disks. */
    private byte[] readNow(String path) {
        var calls = LibC.calls();
        var file = open(path);
        if (file < 0) {
            return new byte[0];
        }
        var buffer = BUFFER.get();
        var text = new ByteArrayOutputStream();
        long got;
        do {
            got = calls.read(file, buffer, PAGE);
            var part = new byte[(int) Math.max(0, got)];
            buffer.get(0, part, 0, part.length);
            text.writeBytes(part);
        } while (mayHaveMore(path, got) && text.size() < LONGEST);
        var unused = calls.close(file);
        return text.toByteArray();
    }

    private int open(String path) {
        try {
            var file = root.resolve(path).toString();
            return LibC.calls().open(file, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        } catch (InvalidPathException hostile) {
            return -1;
        }
    }

    /** sysfs gives a page at a time and ends with a short one; proc gives what it likes. */
    private static boolean mayHaveMore(String path, long got) {
        return path.startsWith("sys/") ? got == PAGE : got > 0;
    }
}
