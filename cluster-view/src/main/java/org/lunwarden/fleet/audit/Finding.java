package org.lunwarden.fleet.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.lunwarden.model.Component;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/**
 * One thing that is not as it should be.
 *
 * @param hosts whom it concerns, sorted
 * @param maps which, sorted by WWID; empty when it is about none
 * @param component which one; empty when it is about none
 * @param expected and found, in words
 * @param peers how many were looked at to learn what is expected; 0 when it is a rule or was set
 * @param agreeing of these, how many are as expected
 * @param evidence what it rests on
 * @param words all of it in one sentence
 */
public record Finding(
        FindingKind kind,
        List<HostId> hosts,
        List<MapRef> maps,
        Optional<Component> component,
        String expected,
        String found,
        int peers,
        int agreeing,
        List<String> evidence,
        String words) {

    /** The gravest first. */
    static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .reversed()
            .thenComparing(Finding::kind)
            .thenComparing(finding -> finding.hosts().toString())
            .thenComparing(finding -> finding.maps().toString())
            .thenComparing(finding -> finding.component().toString())
            .thenComparing(Finding::words);

    public Finding {
        hosts = hosts.stream().distinct().sorted().toList();
        maps = maps.stream().distinct().sorted().toList();
        evidence = List.copyOf(evidence);
    }

    /** A map of a host. */
    public record MapRef(Wwid wwid, String name) implements Comparable<MapRef> {
        private static final Comparator<MapRef> ORDER =
                Comparator.comparing(MapRef::wwid).thenComparing(MapRef::name);

        @Override
        public int compareTo(MapRef other) {
            return ORDER.compare(this, other);
        }
    }

    public Severity severity() {
        return kind.severity();
    }
}
