package org.lunwarden.io.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Lays a recorded sysfs out as files: {@code path = text}, {@code path -> target} or {@code path : bytes in hexadecimal} a
 * line, {@code #} for a remark.
 */
final class RecordedTree {

    private static final Pattern LINE = Pattern.compile("(\\S+) (=|->|:) (.*)");

    private RecordedTree() {}

    static SysfsTree of(String name, Path folder) throws IOException {
        try (var in = RecordedTree.class.getResourceAsStream("/sysfs/" + name + ".tree")) {
            if (in == null) {
                throw new IOException("no recorded tree " + name);
            }
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.startsWith("#")) {
                    add(line, folder);
                }
            }
        }
        return new SysfsTree(folder);
    }

    private static void add(String line, Path folder) throws IOException {
        var match = LINE.matcher(line);
        if (!match.matches()) {
            throw new IOException("not a line of a tree: " + line);
        }
        var file = folder.resolve(match.group(1));
        Files.createDirectories(file.getParent());
        switch (match.group(2)) {
            case "=" -> Files.writeString(file, match.group(3) + "\n");
            case ":" -> Files.write(file, HexFormat.of().parseHex(match.group(3)));
            default -> Files.createSymbolicLink(file, Path.of(match.group(3)));
        }
    }
}
