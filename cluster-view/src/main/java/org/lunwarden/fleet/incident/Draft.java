package org.lunwarden.fleet.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.diagnosis.Suspect;
import org.lunwarden.fleet.incident.Incident.Entry;
import org.lunwarden.fleet.incident.Incident.Phase;
import org.lunwarden.fleet.incident.Incident.Summary;

/** An incident while one step works on it. */
final class Draft {

    /** The oldest first. */
    static final Comparator<Draft> AGE =
            Comparator.comparing((Draft draft) -> draft.openedAt).thenComparing(draft -> draft.id);

    /** How it began and what happened last is told in full; what lies between is dropped. */
    private static final int FIRST = 20;

    private static final int LAST = 100;

    private static final int MOST_SUSPECTS = 3;

    String id;
    final List<String> formerIds = new ArrayList<>();
    final Finding.Kind kind;
    Instant openedAt;
    Phase phase;
    List<Suspect> suspects;
    String doubt;
    Optional<Suspect> runnerUp;
    double gap;
    List<Member> members;
    int back;
    Instant onset;
    Instant lastJoinedAt;
    Optional<Instant> confirmedAt = Optional.empty();
    Optional<Instant> backSince = Optional.empty();
    Optional<Instant> resolvedAt = Optional.empty();
    Optional<String> mergedInto = Optional.empty();
    Optional<String> splitFrom = Optional.empty();
    int reopened;
    Optional<Instant> reopenedAt = Optional.empty();
    Optional<Acknowledgement> acknowledgement = Optional.empty();
    final List<Entry> timeline = new ArrayList<>();

    /** What the verdict of this step says of it. */
    Optional<Finding> finding = Optional.empty();

    Draft(String id, Finding finding, Instant now) {
        this.id = id;
        this.kind = finding.kind();
        this.openedAt = now;
        this.phase = Phase.PROVISIONAL;
        this.suspects = finding.suspects();
        this.doubt = finding.doubt();
        this.runnerUp = finding.runnerUp();
        this.gap = finding.gap();
        this.members = finding.members();
        this.onset = finding.onset();
        this.lastJoinedAt = now;
        this.finding = Optional.of(finding);
    }

    Draft(Incident incident) {
        id = incident.id();
        formerIds.addAll(incident.formerIds());
        kind = incident.kind();
        openedAt = incident.openedAt();
        phase = incident.phase();
        suspects = incident.suspects();
        doubt = incident.doubt();
        runnerUp = incident.runnerUp();
        gap = incident.gap();
        members = incident.members();
        back = incident.back();
        onset = incident.onset();
        lastJoinedAt = incident.lastJoinedAt();
        confirmedAt = incident.confirmedAt();
        backSince = incident.backSince();
        resolvedAt = incident.resolvedAt();
        mergedInto = incident.mergedInto();
        splitFrom = incident.splitFrom();
        reopened = incident.reopened();
        reopenedAt = incident.reopenedAt();
        acknowledgement = incident.acknowledgement();
        timeline.addAll(incident.timeline());
    }

    /** Later than when the first view opened it, if this one was started since. */
    Instant openedHereAt() {
        return reopenedAt.orElse(
                timeline.isEmpty() ? openedAt : timeline.getFirst().at());
    }

    Suspect first() {
        return suspects.getFirst();
    }

    boolean isOpen() {
        return phase != Phase.RESOLVED;
    }

    /** The views know it by this identity. */
    void be(Identity identity) {
        id = identity.id();
        openedAt = identity.openedAt();
        if (identity.reopened() > reopened) {
            reopened = identity.reopened();
            reopenedAt = Optional.of(identity.since());
            phase = phase == Phase.PROVISIONAL ? Phase.REOPENED : phase;
        }
        if (identity.onset().isBefore(onset)) {
            onset = identity.onset();
        }
    }

    /** It was resolved, and its cause is back. What was part of it before counts no more. */
    void reopen(Finding again, int times, Instant now) {
        phase = Phase.REOPENED;
        reopened = times;
        reopenedAt = Optional.of(now);
        takeCauseOf(again);
        members = again.members();
        onset = again.onset();
        lastJoinedAt = now;
        confirmedAt = Optional.empty();
        backSince = Optional.empty();
        resolvedAt = Optional.empty();
        acknowledgement = Optional.empty();
        finding = Optional.of(again);
    }

    /** It was resolved, and what was opened since is this incident again. */
    void reopenAs(Draft open, int times, Instant now) {
        suspects = open.suspects;
        doubt = open.doubt;
        runnerUp = open.runnerUp;
        gap = open.gap;
        members = open.members;
        back = open.back;
        onset = open.onset;
        lastJoinedAt = open.lastJoinedAt;
        confirmedAt = open.confirmedAt;
        backSince = open.backSince;
        resolvedAt = Optional.empty();
        acknowledgement = open.acknowledgement;
        finding = open.finding;
        reopened = times;
        reopenedAt = Optional.of(now);
        phase = unrecovered();
    }

    /** What it falls back to when it does not recover after all. */
    Phase unrecovered() {
        return confirmedAt.isPresent() ? Phase.CONFIRMED : reopened > 0 ? Phase.REOPENED : Phase.PROVISIONAL;
    }

    /** The history that was told under either id stays that of both. */
    void exchangeIdWith(Draft other) {
        var both = Stream.concat(timeline.stream(), other.timeline.stream())
                .sorted(Comparator.comparing(Entry::at))
                .toList();
        remember(both);
        other.remember(both);
        var mine = id;
        var opened = openedAt;
        id = other.id;
        openedAt = other.openedAt;
        other.id = mine;
        other.openedAt = opened;
    }

    void takeCauseOf(Finding better) {
        suspects = better.suspects();
        doubt = better.doubt();
        runnerUp = better.runnerUp();
        gap = better.gap();
    }

    /** Whether there were new ones. */
    boolean join(List<Member> more) {
        if (members.equals(more)) {
            return false;
        }
        var union = new TreeSet<>(members);
        var grew = union.addAll(more);
        if (grew) {
            members = List.copyOf(union);
        }
        return grew;
    }

    /** Notes it on the timeline; growth goes into one entry until something else happens. */
    void note(Instant at, Change.Kind what, String words) {
        if (what == Change.Kind.GREW
                && !timeline.isEmpty()
                && timeline.getLast().what() == what) {
            timeline.removeLast();
        }
        timeline.add(new Entry(at, what, words, summary()));
        bound();
    }

    void remember(List<Entry> history) {
        timeline.clear();
        timeline.addAll(history);
        bound();
    }

    private void bound() {
        if (timeline.size() > FIRST + LAST) {
            timeline.subList(FIRST, timeline.size() - LAST).clear();
        }
    }

    private Summary summary() {
        var evidence = first().evidence();
        return new Summary(
                phase,
                first().components().stream().limit(MOST_SUSPECTS).toList(),
                first().fraction(),
                first().confidence(),
                evidence.explained(),
                evidence.contradicting(),
                members.size(),
                (int) members.stream().map(Member::host).distinct().count(),
                back);
    }

    /** When its members last began to come back. */
    Optional<Instant> recoveringSince() {
        return phase != Phase.RESOLVING
                ? Optional.empty()
                : timeline.reversed().stream()
                        .filter(entry -> entry.what() == Change.Kind.RESOLVING)
                        .map(Entry::at)
                        .findFirst();
    }

    Incident incident(Words words) {
        return new Incident(
                id,
                formerIds,
                phase,
                kind,
                suspects,
                doubt,
                runnerUp,
                gap,
                members,
                members.stream().map(Member::host).distinct().sorted().toList(),
                back,
                onset,
                openedAt,
                lastJoinedAt,
                confirmedAt,
                backSince,
                resolvedAt,
                mergedInto,
                splitFrom,
                reopened,
                reopenedAt,
                acknowledgement,
                words.title(this),
                words.story(this),
                timeline);
    }
}
