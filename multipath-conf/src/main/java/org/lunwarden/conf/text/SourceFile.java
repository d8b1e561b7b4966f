package org.lunwarden.conf.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A configuration file that has been read. */
public record SourceFile(String name, String text) {

    private static final String DROP_IN = ".conf";

    /**
     * The main file, then the drop-ins whose name ends in {@code .conf}, in alphabetical order of their names; of two
     * files the later one takes precedence.
     */
    public static List<SourceFile> inOrder(SourceFile main, Collection<SourceFile> dropIns) {
        var used = dropIns.stream()
                .filter(file -> file.name().endsWith(DROP_IN))
                .sorted(Comparator.comparing(SourceFile::name));
        return Stream.concat(Stream.of(main), used).toList();
    }
}
