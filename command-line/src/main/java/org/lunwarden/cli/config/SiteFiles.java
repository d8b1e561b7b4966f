package org.lunwarden.cli.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.lunwarden.conf.effective.NotOffered;
import org.lunwarden.conf.effective.Rehearsal;
import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.Position;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.Severity;
import org.lunwarden.conf.text.SourceFile;

/**
 * Where a site's multipath.conf(5) stands.
 *
 * @param mayBeMissing a main file that is not there is an empty one
 * @param dropIns the folder of files that are laid over the main one; one that is not there is empty
 */
public record SiteFiles(Path main, boolean mayBeMissing, Optional<Path> dropIns) {

    /** Where a host has them when nobody says anything else. */
    public static final SiteFiles OF_HOST =
            new SiteFiles(Path.of("/etc/multipath.conf"), true, Optional.of(Path.of("/etc/multipath/conf.d")));

    private static final int LARGEST = 16 << 20;

    private static final Comparator<Position> IN_TEXT =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    /** Whether there is a main file now, readable or not. */
    boolean isThere() {
        return !Files.notExists(main, LinkOption.NOFOLLOW_LINKS);
    }

    /** @param isThere the main file is known to exist, so that one that cannot be found is an error */
    SiteFiles asThere(boolean isThere) {
        return new SiteFiles(main, mayBeMissing && !isThere, dropIns);
    }

    /** A file as it was read: its text, or why it has none. */
    private record Content(SourceFile file, Optional<Problem> unreadable) {}

    /**
     * Reads and joins the files. A main file that cannot be read is refused as one with a fatal problem is; a drop-in that
     * cannot be read is left out.
     */
    public Loaded load(boolean nativeNvme) {
        var first = mainFile();
        var more = moreFiles();
        var unreadable = problems(Stream.concat(Stream.of(first), more.stream()));
        if (first.unreadable().isPresent()) {
            return new Loaded.Refused(unreadable);
        }
        var readable = more.stream()
                .filter(content -> content.unreadable().isEmpty())
                .map(Content::file)
                .toList();
        return switch (Rehearsal.of(MultipathConf.load(SourceFile.inOrder(first.file(), readable), nativeNvme))) {
            case Loaded.Usable(var conf, var problems) -> new Loaded.Usable(conf, both(unreadable, problems));
            case Loaded.Refused(var problems) -> new Loaded.Refused(both(unreadable, problems));
        };
    }

    /**
     * Every problem of every file, whatever becomes of the others; a warning too of each keyword that is not offered; last
     * what is wrong with them only beside each other.
     */
    public List<Problem> check() {
        var files = Stream.concat(Stream.of(mainFile()), moreFiles().stream()).toList();
        var ofEach = files.stream().flatMap(SiteFiles::check).toList();
        var readable = files.stream()
                .filter(content -> content.unreadable().isEmpty())
                .map(Content::file)
                .toList();
        var together = Rehearsal.of(MultipathConf.load(readable, false)).problems().stream()
                .filter(problem -> !ofEach.contains(problem))
                .toList();
        return both(ofEach, together);
    }

    /** The same of a file that must be there. */
    public static List<Problem> check(Path file) {
        return check(read(file)).toList();
    }

    private static Stream<Problem> check(Content content) {
        if (content.unreadable().isPresent()) {
            return content.unreadable().stream();
        }
        return switch (Rehearsal.of(MultipathConf.load(List.of(content.file()), false))) {
            case Loaded.Refused(var problems) -> problems.stream();
            case Loaded.Usable(var conf, var problems) ->
                Stream.concat(problems.stream(), NotOffered.warnings(conf).stream())
                        .sorted(Comparator.comparing(Problem::at, IN_TEXT));
        };
    }

    private Content mainFile() {
        return mayBeMissing && !isThere()
                ? new Content(new SourceFile(main.toString(), ""), Optional.empty())
                : read(main);
    }

    private List<Content> moreFiles() {
        return dropIns.map(SiteFiles::folder).orElse(List.of());
    }

    private static List<Content> folder(Path folder) {
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.conf")) {
            files.forEach(found::add);
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (NotDirectoryException other) {
            return List.of(unreadable(folder, "not a folder"));
        } catch (IOException | DirectoryIteratorException denied) {
            return List.of(unreadable(folder, reason(denied)));
        }
        return found.stream()
                .sorted(Comparator.comparing(Path::toString))
                .map(SiteFiles::read)
                .toList();
    }

    private static Content read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST + 1);
            return bytes.length > LARGEST
                    ? unreadable(file, "larger than " + (LARGEST >> 20) + " MiB")
                    : new Content(
                            new SourceFile(file.toString(), new String(bytes, StandardCharsets.UTF_8)),
                            Optional.empty());
        } catch (IOException denied) {
            return unreadable(file, reason(denied));
        }
    }

    private static Content unreadable(Path file, String reason) {
        var at = new Position(file.toString(), 1, 1);
        return new Content(
                new SourceFile(file.toString(), ""),
                Optional.of(new Problem(at, Severity.FATAL, "cannot be read: " + reason, "")));
    }

    private static String reason(Exception denied) {
        return switch (denied) {
            case NoSuchFileException missing -> "no such file";
            case AccessDeniedException access -> "permission denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(denied.getMessage());
        };
    }

    private static List<Problem> problems(Stream<Content> contents) {
        return contents.flatMap(content -> content.unreadable().stream()).toList();
    }

    private static List<Problem> both(List<Problem> one, List<Problem> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
