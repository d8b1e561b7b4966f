package org.lunwarden.fleet.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Suspect;

/**
 * Brings together what an earlier run of this view knew and what this one has found out since. What is told of already goes
 * on; the others are told by shared identities what was over, so that no one's older memory counts as news.
 */
final class Restoring {

    private final Identities shared;
    private final Instant now;
    private final IncidentSettings settings;
    private final Words words;
    private final List<Incident> all = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Identity> toShare = new ArrayList<>();

    /** What this run opened itself, as far as it is not found to be an earlier incident. */
    private final List<Incident> sinceOpened;

    Restoring(Incidents current, Identities shared, Instant now, IncidentSettings settings) {
        this.shared = shared;
        this.now = now;
        this.settings = settings;
        this.words = new Words(settings.names());
        this.all.addAll(current.all());
        this.sinceOpened = new ArrayList<>(current.open());
    }

    /** Each earlier incident goes on as one of the present at most, and each of these is one of the earlier at most. */
    Restoring restore(Collection<Incident> earlier) {
        var open = new ArrayList<Incident>();
        var over = new ArrayList<Incident>();
        earlier.forEach(one -> (one.isOpen() && !isOverElsewhere(one) ? open : over).add(one));
        open.sort(Comparator.comparing(Incident::openedAt).thenComparing(Incident::id));
        open.removeIf(one -> all.stream().anyMatch(present -> goesOn(one, present)));
        match(open, Restoring::areNamesakes);
        match(open, Restoring::haveTheSameCause);
        match(open, this::shareMembers);
        open.stream().filter(one -> !isKnown(one)).forEach(all::add);
        over.stream().filter(one -> !isKnown(one)).map(this::over).forEach(all::add);
        return this;
    }

    Incidents.Step step(Incidents current) {
        all.sort(Comparator.comparing(Incident::openedAt).reversed().thenComparing(Incident::id));
        return new Incidents.Step(new Incidents(all, current.waiting(), current.failing()), changes, toShare);
    }

    private boolean isKnown(Incident earlier) {
        return all.stream().anyMatch(one -> areNamesakes(earlier, one));
    }

    /** Whether the other views have closed this very life of it while nobody here could hear them. */
    private boolean isOverElsewhere(Incident earlier) {
        return shared.find(earlier.id())
                .filter(one -> one.closed() && one.reopened() >= earlier.reopened())
                .isPresent();
    }

    /** When the others found it over is not known; it is not counted as later than what this view saw of it. */
    private Incident over(Incident earlier) {
        var draft = new Draft(earlier);
        if (!earlier.isOpen()) {
            toShare.add(Agreement.identity(draft).asClosed());
            return earlier;
        }
        draft.phase = Incident.Phase.RESOLVED;
        draft.resolvedAt = Optional.of(
                earlier.timeline().isEmpty()
                        ? earlier.lastJoinedAt()
                        : earlier.timeline().getLast().at());
        draft.note(now, Change.Kind.RESOLVED, "the other views found it over while this one was away");
        var incident = draft.incident(words);
        changes.add(new Change(Change.Kind.RESOLVED, incident));
        return incident;
    }

    private void match(List<Incident> earlier, BiPredicate<Incident, Incident> isSame) {
        earlier.removeIf(before -> {
            var same =
                    sinceOpened.stream().filter(one -> isSame.test(before, one)).findFirst();
            same.ifPresent(one -> {
                sinceOpened.remove(one);
                all.remove(one);
                all.add(goneOn(before, one));
            });
            return same.isPresent();
        });
    }

    /** Whether it is not only known here, but with its history. */
    private static boolean goesOn(Incident earlier, Incident present) {
        return areNamesakes(earlier, present)
                && (!present.isOpen()
                        || earlier.timeline().isEmpty()
                        || present.timeline().contains(earlier.timeline().getFirst()));
    }

    private static boolean areNamesakes(Incident earlier, Incident present) {
        return present.isKnownAs(earlier.id()) || earlier.isKnownAs(present.id());
    }

    private static boolean haveTheSameCause(Incident earlier, Incident present) {
        return earlier.kind() == present.kind()
                && (earlier.kind() == Finding.Kind.SILENCE
                        ? earlier.suspects().stream()
                                .map(Suspect::component)
                                .anyMatch(host -> present.suspects().stream()
                                        .anyMatch(suspect -> suspect.component().equals(host)))
                        : earlier.first().component().equals(present.first().component()));
    }

    /** It grew or shrank while nobody looked: so that of the lesser one nearly all is part of the greater one. */
    private boolean shareMembers(Incident earlier, Incident present) {
        var isNear = Duration.between(earlier.onset(), present.onset()).abs().compareTo(settings.sameCause()) <= 0;
        if (!isNear || earlier.kind() != present.kind()) {
            return false;
        }
        var common = new HashSet<>(earlier.members());
        common.retainAll(present.members());
        var lesser = Math.min(earlier.members().size(), present.members().size());
        return !common.isEmpty() && common.size() >= NextIncidents.MOVED * lesser;
    }

    /** The same incident, under the older of the two ids as on all views, with all of its history. */
    private Incident goneOn(Incident earlier, Incident since) {
        var draft = new Draft(since);
        var before = Agreement.identity(new Draft(earlier));
        var present = Agreement.identity(new Draft(since));
        var isOlder = Identity.RANK.compare(before, present) <= 0;
        var leading = isOlder ? before : present;
        var other = isOlder ? present : before;
        draft.id = leading.id();
        draft.openedAt = leading.openedAt();
        draft.formerIds.clear();
        Stream.of(earlier.formerIds(), since.formerIds(), List.of(other.id()))
                .flatMap(List::stream)
                .filter(id -> !id.equals(leading.id()))
                .distinct()
                .forEach(draft.formerIds::add);
        draft.onset = earlier.onset().isBefore(since.onset()) && earlier.reopened() >= since.reopened()
                ? earlier.onset()
                : since.onset();
        if (earlier.reopened() >= since.reopened()) {
            draft.reopened = earlier.reopened();
            draft.reopenedAt = earlier.reopenedAt().or(since::reopenedAt);
        }
        draft.acknowledgement = since.acknowledgement().or(earlier::acknowledgement);
        draft.remember(Stream.concat(earlier.timeline().stream(), since.timeline().stream())
                .sorted(Comparator.comparing(Incident.Entry::at))
                .toList());
        if (leading.id().equals(other.id())) {
            return draft.incident(words);
        }
        draft.note(now, Change.Kind.RENAMED, "before: incident " + other.id());
        toShare.add(Agreement.identity(draft));
        toShare.add(other.asClosed());
        var incident = draft.incident(words);
        changes.add(new Change(Change.Kind.RENAMED, incident));
        return incident;
    }
}
