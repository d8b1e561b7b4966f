package org.lunwarden.fleet.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import org.lunwarden.fleet.wire.Wire;

/**
 * What one view knew of alerts when all views were stopped.
 *
 * @param view its address, {@code host:port}
 * @param until it heard of no later change; empty when it never heard of any
 */
public record KeptAlerts(String view, Optional<Instant> until, List<AlertEntry> entries) implements Wire {

    public KeptAlerts {
        entries = List.copyOf(entries);
    }

    /**
     * What was known last by any of them. A view that was stopped before the others knows less, and may know what the others
     * have dropped since.
     *
     * @param leastKept nothing is dropped before so much time has passed since it was last written
     */
    public static List<AlertEntry> merged(Collection<KeptAlerts> all, Duration leastKept) {
        var latest = new TreeMap<String, AlertEntry>();
        all.forEach(kept -> kept.entries.forEach(entry -> latest.merge(entry.incident(), entry, AlertEntry::with)));
        return latest.values().stream()
                .filter(entry -> all.stream().noneMatch(kept -> kept.hasDropped(entry, leastKept)))
                .toList();
    }

    /** One that heard of changes so long after, and does not know it, has known it before. */
    private boolean hasDropped(AlertEntry entry, Duration leastKept) {
        var mayBeDropped = entry.last().at().plus(leastKept);
        return until.filter(at -> !at.isBefore(mayBeDropped)).isPresent()
                && entries.stream().noneMatch(each -> each.incident().equals(entry.incident()));
    }
}
