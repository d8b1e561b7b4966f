package org.lunwarden.fleet.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Brings together what an earlier run of this view knew and what this one has found out since. What is told of already goes
 * on; the others are told by shared identities what was over, so that no one's older memory counts as news.
 */
final class Restoring {

    private final Instant now;
    private final Words words;
    private final List<Incident> all;
    private final List<Change> changes = new ArrayList<>();
    private final List<Identity> toShare = new ArrayList<>();

    Restoring(Incidents current, Instant now, IncidentSettings settings) {
        this.now = now;
        this.words = new Words(settings.names());
        this.all = new ArrayList<>(current.all());
    }

    void restore(Incident earlier) {
        var isKnown = all.stream().anyMatch(one -> one.isKnownAs(earlier.id()) || earlier.isKnownAs(one.id()));
        if (isKnown) {
            return;
        }
        if (!earlier.isOpen()) {
            toShare.add(Agreement.identity(new Draft(earlier)).asClosed());
        }
        var same = all.stream()
                .filter(one -> earlier.isOpen() && one.isOpen() && isSame(one, earlier))
                .findFirst();
        same.ifPresent(one -> {
            all.remove(one);
            toShare.add(Agreement.identity(new Draft(one)).asClosed());
        });
        all.add(same.map(one -> goneOn(earlier, one)).orElse(earlier));
    }

    Incidents.Step step(Incidents current) {
        all.sort(Comparator.comparing(Incident::openedAt).reversed().thenComparing(Incident::id));
        return new Incidents.Step(new Incidents(all, current.waiting(), current.failing()), changes, toShare);
    }

    private static boolean isSame(Incident one, Incident other) {
        return one.kind() == other.kind()
                && (one.first().component().equals(other.first().component())
                        || !Collections.disjoint(new HashSet<>(one.members()), other.members()));
    }

    /** The same incident, under its older id, with all of its history. */
    private Incident goneOn(Incident earlier, Incident since) {
        var draft = new Draft(since);
        draft.id = earlier.id();
        draft.formerIds.addAll(Stream.concat(earlier.formerIds().stream(), Stream.of(since.id()))
                .toList());
        draft.openedAt = earlier.openedAt();
        draft.reopened = Math.max(earlier.reopened(), since.reopened());
        draft.reopenedAt = since.reopenedAt().or(earlier::reopenedAt);
        draft.acknowledgement = since.acknowledgement().or(earlier::acknowledgement);
        draft.remember(Stream.concat(earlier.timeline().stream(), since.timeline().stream())
                .sorted(Comparator.comparing(Incident.Entry::at))
                .toList());
        draft.note(now, Change.Kind.RENAMED, "before: incident " + since.id());
        var incident = draft.incident(words);
        changes.add(new Change(Change.Kind.RENAMED, incident));
        return incident;
    }
}
