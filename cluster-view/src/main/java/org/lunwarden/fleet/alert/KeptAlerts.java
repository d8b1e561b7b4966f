package org.lunwarden.fleet.alert;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

import org.lunwarden.fleet.wire.Wire;

/**
 * What one view knew of alerts when all views were stopped.
 *
 * @param view its address, {@code host:port}
 * @param entries with the one that was written last of all that it has heard of, which is never dropped
 */
public record KeptAlerts(String view, List<AlertEntry> entries) implements Wire {

    public KeptAlerts {
        entries = List.copyOf(entries);
    }

    /**
     * What was known last by any of them. A view that was stopped before the others knows less, and may know what the others
     * have dropped since. No clock has a say in it: those of the views may differ, and so may those of notifiers.
     */
    public static List<AlertEntry> merged(Collection<KeptAlerts> all) {
        var latest = new TreeMap<String, AlertEntry>();
        all.forEach(kept -> kept.entries.forEach(entry -> latest.merge(entry.incident(), entry, AlertEntry::with)));
        return latest.values().stream()
                .filter(entry -> all.stream().noneMatch(kept -> kept.hasDropped(entry)))
                .toList();
    }

    /** One that has heard of what was written with it or later, and does not know it, has known it before. */
    private boolean hasDropped(AlertEntry entry) {
        return entries.stream().anyMatch(known -> known.isHeardAfter(entry))
                && entries.stream().noneMatch(each -> each.incident().equals(entry.incident()));
    }
}
