package org.lunwarden.io.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The small files in which a kernel tells of itself, below a root that has {@code sys} and {@code proc}. What is
 * missing, cannot be read or is no number is empty: nothing a kernel or a device says makes a read fail.
 */
record SysfsTree(Path root) {

    private static final int LONGEST = 64 * 1024;

    /** The file's text without blanks at its ends; empty when there is none. */
    String text(String path) {
        return new String(read(path), StandardCharsets.UTF_8).strip();
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
            return OptionalLong.of(Long.parseLong(text(path)));
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

    /** The parts of the path that a link leads to, from the root; empty when it leads nowhere. */
    List<String> linkParts(String path) {
        try {
            var real = root.toRealPath().relativize(root.resolve(path).toRealPath());
            var parts = new ArrayList<String>();
            real.forEach(part -> parts.add(part.toString()));
            return List.copyOf(parts);
        } catch (IOException absent) {
            return List.of();
        }
    }

    /** The last part of {@link #linkParts}. */
    Optional<String> linkName(String path) {
        var parts = linkParts(path);
        return parts.isEmpty() ? Optional.empty() : Optional.of(parts.getLast());
    }

    private byte[] read(String path) {
        try (var in = Files.newInputStream(root.resolve(path))) {
            return in.readNBytes(LONGEST);
        } catch (IOException | InvalidPathException absent) {
            return new byte[0];
        }
    }
}
