package org.lunwarden.deploy.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a guest's daemons said last, and how they ended: for the report of a test whose machine is gone when it is read. */
final class LastWords {
    private static final int LINES = 25;

    private LastWords() {}

    /** Nothing where no daemon was started in it. */
    static String of(Guest guest) {
        try (Stream<Path> files = Files.list(guest.shared())) {
            StringBuilder words = new StringBuilder();
            for (Path log : files.filter(LastWords::isOfDaemon).sorted().toList()) {
                words.append(guest.name()).append(' ').append(log.getFileName());
                words.append(ending(log)).append(":\n");
                List<String> lines = Files.readAllLines(log);
                lines.subList(Math.max(0, lines.size() - LINES), lines.size())
                        .forEach(line -> words.append("  ").append(line).append('\n'));
            }
            return words.toString();
        } catch (IOException | UncheckedIOException unreadable) {
            return guest.name() + ": " + unreadable + "\n";
        }
    }

    private static boolean isOfDaemon(Path file) {
        return file.getFileName().toString().matches("lunwarden-\\d+\\.log");
    }

    private static String ending(Path log) throws IOException {
        Path status = Path.of(log.toString().replaceFirst("\\.log$", ".exit"));
        return Files.exists(status)
                ? ", which ended with " + Files.readString(status).strip()
                : ", which runs";
    }
}
