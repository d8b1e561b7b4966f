package org.lunwarden.cli.diagnose;

import java.util.List;
import java.util.TreeMap;

import org.lunwarden.fleet.localization.ComponentName;
import org.lunwarden.fleet.localization.RiskIndexBuilder;
import org.lunwarden.fleet.localization.RowReading;

/**
 * What a view held to be so, as lines of a recording tell it. Of each nexus the line that was seen last counts, and a
 * snapshot replaces all lines before it; how old reports were the view has judged already.
 */
final class Recording {

    private record Row(String host, String initiator, String target, List<ComponentName> crossed, RowReading reading) {}

    /** By host and ports, in the order in which a view has them. */
    private final TreeMap<String, Row> rows = new TreeMap<>();

    private long snapshotAt = RowReading.NO_TIME;

    void snapshot(long seenAt) {
        if (seenAt >= snapshotAt) {
            snapshotAt = seenAt;
            rows.values().removeIf(row -> row.reading().reportedAt() < seenAt);
        }
    }

    /** @param reading with the time when it was seen as that of the report */
    void add(String host, String initiator, String target, List<ComponentName> crossed, RowReading reading) {
        var key = host + "\0" + initiator + "\0" + target;
        var before = rows.get(key);
        if (reading.reportedAt() >= snapshotAt
                && (before == null || reading.reportedAt() >= before.reading().reportedAt())) {
            rows.put(key, new Row(host, initiator, target, List.copyOf(crossed), reading));
        }
    }

    void into(RiskIndexBuilder index) {
        for (var row : rows.values()) {
            var numbers = row.crossed().stream().mapToInt(index::component).toArray();
            var seen = row.reading();
            index.add(
                    row.host(),
                    row.initiator(),
                    row.target(),
                    numbers,
                    numbers.length,
                    new RowReading(seen.state(), seen.share(), seen.changedAt(), RowReading.NO_TIME));
        }
        rows.clear();
    }
}
