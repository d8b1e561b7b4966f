package org.lunwarden.fleet.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Verdict;
import org.lunwarden.fleet.incident.Incident.Phase;
import org.lunwarden.model.fleet.NexusState;

/** How an open incident goes from phase to phase, by what its members do now and by how long they have done it. */
final class Life {

    /** So few members up again are chance, not recovery. */
    private static final double CHANCE = 0.05;

    private final Verdict verdict;
    private final Gone gone;
    private final Instant now;
    private final IncidentSettings settings;
    private final Growth growth;
    private final Matching matching;

    Life(Verdict verdict, Gone goneMembers, Instant now, IncidentSettings settings, Growth growth, Matching matching) {
        this.verdict = verdict;
        this.gone = goneMembers;
        this.now = now;
        this.settings = settings;
        this.growth = growth;
        this.matching = matching;
    }

    static boolean isFailed(NexusState state) {
        return state == NexusState.DOWN || state == NexusState.PARTIAL;
    }

    /** @param tell what happened, and a note on it */
    void next(Draft draft, BiConsumer<Change.Kind, String> tell) {
        var wanted = 0;
        var missing = 0;
        var back = 0;
        for (var member : draft.members) {
            var state = verdict.state(member);
            var isGone = gone.is(member);
            missing += isGone ? 1 : 0;
            wanted += isGone || state == NexusState.ADMIN ? 0 : 1;
            back += isBack(draft, state) ? 1 : 0;
        }
        draft.back = back;
        if (draft.phase == Phase.PROVISIONAL || draft.phase == Phase.REOPENED) {
            confirm(draft, tell);
        }
        var counted = "%,d of %,d nexuses are up again".formatted(back, draft.members.size() - missing);
        var recovering = isRecovering(draft, back, wanted);
        if (draft.phase != Phase.RESOLVING && recovering) {
            draft.phase = Phase.RESOLVING;
            tell.accept(Change.Kind.RESOLVING, counted);
        } else if (draft.phase == Phase.RESOLVING && !recovering && isSeenFailed(draft)) {
            draft.phase = draft.unrecovered();
            draft.backSince = Optional.empty();
            tell.accept(Change.Kind.RELAPSED, "failed again: " + counted);
        }
        if (draft.phase == Phase.RESOLVING) {
            resolve(draft, back >= settings.backShare() * wanted, counted, tell);
        }
    }

    /** Where hosts are silent, hearing them again is all there is to wait for. */
    private static boolean isBack(Draft draft, NexusState state) {
        return draft.kind == Finding.Kind.SILENCE ? state != NexusState.UNKNOWN : state == NexusState.UP;
    }

    /** Of whom nothing is known, as of all after a restart of the view, has not failed again. */
    private boolean isSeenFailed(Draft draft) {
        return draft.kind == Finding.Kind.SILENCE
                ? draft.finding.isPresent()
                : draft.members.stream().anyMatch(member -> isFailed(verdict.state(member)));
    }

    private void confirm(Draft draft, BiConsumer<Change.Kind, String> tell) {
        var reason =
                draft.finding.map(finding -> reasonToConfirm(draft, finding)).orElse("");
        if (!reason.isEmpty()) {
            draft.confirmedAt = Optional.of(now);
            draft.phase = Phase.CONFIRMED;
            tell.accept(Change.Kind.CONFIRMED, reason);
        }
    }

    /** Empty when there is none yet. */
    private String reasonToConfirm(Draft draft, Finding finding) {
        var isDecisive = draft.kind == Finding.Kind.FAULT
                && finding.isNamed()
                && finding.hosts() > 1
                && finding.gap() >= settings.decisiveGap();
        var quiet = Duration.between(draft.lastJoinedAt, now);
        if (quiet.compareTo(settings.settle()) >= 0) {
            return "no new failures for %.1f s".formatted(quiet.toMillis() / 1000.0);
        }
        if (isDecisive
                && quiet.compareTo(settings.quiet()) >= 0
                && finding.first().evidence().contradicting() == 0
                && !growth.leavesKin(draft, matching)) {
            return "all known nexuses through it failed, and nothing else explains it as well";
        }
        return isDecisive && Duration.between(draft.openedHereAt(), now).compareTo(settings.patience()) >= 0
                ? "nothing else explains it as well"
                : "";
    }

    /** What loses only a part of its traffic always has members that are up; it recovers when no verdict names it. */
    private static boolean isRecovering(Draft draft, int back, int wanted) {
        var isHard = draft.kind == Finding.Kind.SILENCE || draft.first().fraction() >= Words.HARD;
        return wanted == 0 || ((isHard || draft.finding.isEmpty()) && back > CHANCE * wanted);
    }

    private void resolve(Draft draft, boolean enough, String counted, BiConsumer<Change.Kind, String> tell) {
        if (!enough) {
            draft.backSince = Optional.empty();
            return;
        }
        var since = draft.backSince.orElse(now);
        draft.backSince = Optional.of(since);
        if (Duration.between(since, now).compareTo(settings.hold()) >= 0) {
            draft.phase = Phase.RESOLVED;
            draft.resolvedAt = Optional.of(now);
            tell.accept(Change.Kind.RESOLVED, counted);
        }
    }
}
