package org.lunwarden.conf.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What one section says, or several that were laid over each other. Of each keyword the last setting holds. */
public final class Settings {

    public static final Settings NONE = new Settings(Map.of());

    /** In the order in which they were said; a list is never empty. */
    private final Map<Keyword<?>, List<Setting<?>>> said;

    private Settings(Map<Keyword<?>, List<Setting<?>>> said) {
        this.said = said;
    }

    public static Settings of(Stream<? extends Setting<?>> settings) {
        var said = new LinkedHashMap<Keyword<?>, List<Setting<?>>>();
        settings.forEach(setting -> said.computeIfAbsent(setting.keyword(), keyword -> new ArrayList<>())
                .add(setting));
        return new Settings(said);
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

    /** These settings laid over earlier ones. */
    public Settings over(Settings earlier) {
        return of(Stream.concat(earlier.stream(), stream()));
    }

    /** The same keywords with the same values hold, wherever they come from. */
    public boolean sameValues(Settings other) {
        return holding().equals(other.holding());
    }

    private Map<Keyword<?>, Object> holding() {
        var holding = new LinkedHashMap<Keyword<?>, Object>();
        said.forEach((keyword, all) -> holding.put(keyword, all.getLast().value()));
        return holding;
    }

    @Override
    public String toString() {
        return said.toString();
    }
}
