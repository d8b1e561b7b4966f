package org.lunwarden.conf.value;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What one section says, or several that were laid over each other. Of each keyword the last setting holds. */
public final class Settings {

    public static final Settings NONE = new Settings(Map.of(), Set.of());

    /** In the order in which they were said; a list is never empty. */
    private final Map<Keyword<?>, List<Setting<?>>> said;

    private final Set<Keyword<?>> takenBack;

    private Settings(Map<Keyword<?>, List<Setting<?>>> said, Set<Keyword<?>> takenBack) {
        this.said = said;
        this.takenBack = takenBack;
    }

    public static Settings of(Stream<? extends Setting<?>> settings) {
        return of(settings, Set.of());
    }

    /** @param takenBack keywords of which an earlier section of the same kind shall not hold either */
    static Settings of(Stream<? extends Setting<?>> settings, Set<Keyword<?>> takenBack) {
        var said = new LinkedHashMap<Keyword<?>, List<Setting<?>>>();
        settings.forEach(setting -> said.computeIfAbsent(setting.keyword(), keyword -> new ArrayList<>())
                .add(setting));
        return new Settings(said, Set.copyOf(takenBack));
    }

    /** The setting that holds. */
    public <T> Optional<Setting<T>> get(Keyword<T> keyword) {
        var all = all(keyword);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    public <T> Optional<T> value(Keyword<T> keyword) {
        return get(keyword).map(Setting::value);
    }

    /** Every setting of a keyword, in the order in which they were said. */
    @SuppressWarnings("unchecked") // a keyword's settings have its type, by Setting's own
    public <T> List<Setting<T>> all(Keyword<T> keyword) {
        return (List<Setting<T>>) (List<?>) List.copyOf(said.getOrDefault(keyword, List.of()));
    }

    public Stream<Setting<?>> stream() {
        return said.values().stream().flatMap(List::stream);
    }

    /** These settings laid over those of an earlier section of the same kind. */
    public Settings over(Settings earlier) {
        var kept = earlier.stream().filter(setting -> !takenBack.contains(setting.keyword()));
        var both = new HashSet<>(takenBack);
        both.addAll(earlier.takenBack);
        return of(Stream.concat(kept, stream()), both);
    }

    /** These settings merged with those of an earlier entry for the same: what is not said here holds from there. */
    public Settings mergedWith(Settings earlier) {
        return of(Stream.concat(earlier.stream(), stream()));
    }

    @Override
    public String toString() {
        return said.toString();
    }
}
