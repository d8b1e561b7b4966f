package org.lunwarden.fleet.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.incident.Incident;

/**
 * What stands beside an incident: what happened to what it touches in the hour before it began and since; and every silence
 * and maintenance of it that held when it began, or began while it was open, whenever it was set. Pure.
 *
 * @param onset of the incident
 * @param end of it; empty while it is open
 */
public record Beside(Touched touched, Instant onset, Optional<Instant> end) {

    private static final Duration BEFORE = Duration.ofHours(1);

    public static Beside of(Incident incident, FleetSnapshot fleet) {
        return new Beside(Touched.by(incident, fleet), incident.onset(), incident.resolvedAt());
    }

    /** The hour before, and since. */
    public HistoryQuery near() {
        return query(Optional.of(onset.minus(BEFORE)), end, Optional.empty());
    }

    /** By kind of window, what was set before that. */
    public List<HistoryQuery> earlier() {
        return Arrays.stream(Window.Kind.values())
                .map(kind -> query(Optional.empty(), Optional.of(onset.minus(BEFORE)), Optional.of(kind.word())))
                .toList();
    }

    private static HistoryQuery query(Optional<Instant> since, Optional<Instant> until, Optional<String> kind) {
        return new HistoryQuery(
                since, until, kind, Optional.empty(), Optional.empty(), Optional.empty(), HistoryQuery.MOST);
    }

    /**
     * @param near the answer to {@link #near}
     * @param earlier the answers to {@link #earlier}, each with the newest first
     * @param windows that the views know; a history may have forgotten one that holds for long, or never heard of it
     * @return newest first
     */
    public List<Happening> in(Collection<Happening> near, Collection<Happening> earlier, Collection<Window> windows) {
        var beside = new ArrayList<>(near);
        var decided = new HashSet<String>();
        near.stream()
                .filter(each -> !each.at().isAfter(onset))
                .flatMap(each -> WindowTold.parse(each).stream())
                .forEach(told -> decided.add(told.id()));
        earlier.forEach(each -> WindowTold.parse(each)
                .filter(told -> decided.add(told.id()))
                .filter(this::holds)
                .ifPresent(told -> beside.add(each)));
        var known = known(near, decided);
        windows.stream()
                .filter(window -> !known.contains(window.id()))
                .map(window -> WindowTold.format(window, window.createdAt()))
                .filter(each -> WindowTold.parse(each).filter(this::holds).isPresent())
                .forEach(beside::add);
        return beside.stream()
                .filter(touched::holds)
                .sorted(Comparator.comparing(Happening::at).reversed())
                .toList();
    }

    private static Set<String> known(Collection<Happening> near, Collection<String> decided) {
        var known = new HashSet<>(decided);
        near.stream().flatMap(each -> WindowTold.parse(each).stream()).forEach(told -> known.add(told.id()));
        return known;
    }

    private boolean holds(WindowTold window) {
        return window.until().isAfter(onset)
                && end.stream().allMatch(over -> window.from().isBefore(over));
    }
}
