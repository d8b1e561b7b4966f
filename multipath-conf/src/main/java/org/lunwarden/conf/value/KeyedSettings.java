package org.lunwarden.conf.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sections of one kind that are for one thing each, told by the value of one keyword: entries of {@code multipaths} by their
 * WWID. None is for the same thing as another. A host may have thousands, and each of its paths asks for its own.
 */
public final class KeyedSettings {

    /** In the order of the first section for each thing. */
    private final Map<Optional<String>, Settings> entries;

    private KeyedSettings(Map<Optional<String>, Settings> entries) {
        this.entries = entries;
    }

    /** A later section for what an earlier one is for is laid over that one, in its place. */
    public static KeyedSettings of(Keyword<String> key, Stream<Settings> sections) {
        var entries = new LinkedHashMap<Optional<String>, Settings>();
        sections.forEach(
                section -> entries.merge(section.value(key), section, (earlier, later) -> later.mergedWith(earlier)));
        return new KeyedSettings(entries);
    }

    public Optional<Settings> get(String thing) {
        return Optional.ofNullable(entries.get(Optional.of(thing)));
    }

    public Stream<Settings> stream() {
        return entries.values().stream();
    }

    @Override
    public String toString() {
        return entries.values().toString();
    }
}
