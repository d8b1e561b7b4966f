package org.lunwarden.fleet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;

import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.diagnosis.ObservationLines;
import org.lunwarden.fleet.diagnosis.Verdict;
import org.lunwarden.fleet.history.History;
import org.lunwarden.fleet.incident.Change;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.incident.Incidents;
import org.lunwarden.fleet.sitefile.SiteFile;

/** What a view keeps while its fleet system is downed and started anew. Written by its one view actor. */
final class ViewMemory {

    private static final int EVENTS = 4096;

    final EventRing events;
    final Optional<History> history;
    final ViewCounts counts = new ViewCounts();
    private final AtomicReference<List<Incident>> restored = new AtomicReference<>(List.of());
    private volatile Incidents incidents = Incidents.NONE;
    private volatile Optional<FleetSnapshot> lastSnapshot = Optional.empty();
    private volatile List<Window> windows = List.of();
    private volatile SiteFile site = SiteFile.NONE;
    private volatile SortedMap<String, String> sitesOfOthers = new TreeMap<>();

    ViewMemory(String view, String run, Optional<History> history) {
        this.events = new EventRing(view, run, EVENTS);
        this.history = history;
        history.ifPresent(kept -> {
            events.subscribe(Optional.empty(), Instant.EPOCH, new Happenings(kept)::heard);
            kept.restored().thenAccept(restored::set);
        });
    }

    /** Keeps what was known of all hosts when an incident began, or was found to be something else. */
    void observe(List<Change> changes, Verdict verdict, Instant now) {
        history.ifPresent(kept -> changes.stream()
                .filter(change -> isOfTheVerdict(change.kind()))
                .map(change -> change.incident().id())
                .distinct()
                .forEach(id -> kept.keep(id, now, () -> packed(verdict, now))));
    }

    private static boolean isOfTheVerdict(Change.Kind kind) {
        return switch (kind) {
            case OPENED, SHARPENED, CONFIRMED, REOPENED, SPLIT -> true;
            case GREW, RENAMED, RESOLVING, RELAPSED, RESOLVED, MERGED, ACKNOWLEDGED, UNACKNOWLEDGED -> false;
        };
    }

    static byte[] packed(Verdict verdict, Instant seenAt) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            ObservationLines.write(zip, verdict, seenAt);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** What an earlier run of this view knew, until it is taken over. Empty as long as the history has not answered. */
    List<Incident> restored() {
        return restored.get();
    }

    /** All that an earlier run knew is among these. */
    void keepRestored(Incidents current) {
        keep(current);
        restored.set(List.of());
    }

    Incidents incidents() {
        return incidents;
    }

    void keep(Incidents current) {
        incidents = current;
    }

    Optional<FleetSnapshot> lastSnapshot() {
        return lastSnapshot;
    }

    void keep(FleetSnapshot snapshot) {
        lastSnapshot = Optional.of(snapshot);
    }

    SiteFile site() {
        return site;
    }

    void follow(SiteFile now) {
        site = now;
    }

    /** @param digests by address, of the site file that each other view follows */
    void keepSitesOfOthers(Map<String, String> digests) {
        sitesOfOthers = new TreeMap<>(digests);
    }

    /** By address of each other view that has said which site file it follows: whether it is another one. */
    SortedMap<String, Boolean> otherSites() {
        var mine = site.digest();
        var others = new TreeMap<String, Boolean>();
        sitesOfOthers.forEach((view, digest) -> others.put(view, !digest.equals(mine)));
        return others;
    }

    List<String> viewsWithAnotherSite() {
        return otherSites().entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Silences and maintenance of any time, newest first. */
    List<Window> windows() {
        return windows;
    }

    void keep(List<Window> agreed) {
        windows = List.copyOf(agreed);
    }
}
