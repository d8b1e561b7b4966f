package org.lunwarden.fleet.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Verdict;
import org.lunwarden.fleet.incident.Incident.Phase;
import org.lunwarden.fleet.incident.Incidents.Waiting;

/** One step: findings find their incidents, then time and recovery take every open incident on. */
final class NextIncidents {

    /** An incident of which so many members moved into another one is that other one. */
    static final double MOVED = 0.9;

    private final Incidents previous;
    private final Verdict verdict;
    private final Gone gone;
    private final Identities shared;
    private final Agreement agreement;
    private final Instant now;
    private final IncidentSettings settings;
    private final Words words;
    private final Matching matching;
    private final Reopening reopening;
    private final Splitting splitting = new Splitting();
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    NextIncidents(
            Incidents previous,
            Verdict verdict,
            boolean knowsAllHosts,
            Identities shared,
            Instant now,
            IncidentSettings settings) {
        this.previous = previous;
        this.verdict = verdict;
        gone = new Gone(verdict, knowsAllHosts);
        this.shared = shared;
        agreement = new Agreement(shared, verdict, gone, now, settings);
        this.now = now;
        this.settings = settings;
        words = new Words(settings.names());
        matching = new Matching(verdict, settings);
        reopening = new Reopening(now, settings, agreement);
        previous.all().forEach(incident -> drafts.add(new Draft(incident)));
    }

    Incidents.Step step() {
        var unmatched = new ArrayList<Finding>();
        for (var finding : verdict.findings()) {
            var same = matching.sameCause(finding, drafts);
            same.ifPresentOrElse(draft -> take(draft, finding), () -> unmatched.add(finding));
        }
        var unrelated = new ArrayList<Finding>();
        for (var finding : unmatched) {
            var related = matching.sameMembers(finding, drafts);
            related.ifPresentOrElse(draft -> take(draft, finding), () -> unrelated.add(finding));
        }
        var growth = new Growth(previous.failing(), verdict, drafts, now);
        drafts.stream().filter(Draft::isOpen).filter(growth::mayWiden).forEach(draft -> draft.lastJoinedAt = now);
        for (var finding : unrelated) {
            var whole = matching.remainderOf(finding, drafts);
            if (whole.isPresent()) {
                if (Splitting.isPossible(whole.get(), finding)
                        && waited(finding).compareTo(settings.settle()) >= 0) {
                    splitting.add(whole.get(), finding);
                }
            } else if (!isToWait(finding, growth)) {
                reopening.of(finding, drafts).ifPresentOrElse(draft -> reopen(draft, finding), () -> open(finding));
            }
        }
        splitting.wholes().forEach(this::split);
        mergeMoved();
        reunite();
        rename();
        var life = new Life(verdict, gone, now, settings, growth, matching);
        drafts.stream()
                .filter(Draft::isOpen)
                .forEach(draft -> life.next(draft, (what, note) -> tell(draft, what, note)));
        var ended = drafts.stream()
                .filter(draft -> draft.resolvedAt.equals(Optional.of(now)))
                .toList();
        ended.forEach(draft -> agreement.close(draft, drafts));
        return new Incidents.Step(
                new Incidents(remembered(), waiting, growth.failing()), changes, agreement.toShare(drafts));
    }

    /** Whether it should first get the chance to prove shared, or part of what another incident is a part of too. */
    private boolean isToWait(Finding finding, Growth growth) {
        if (finding.kind() != Finding.Kind.FAULT) {
            return false;
        }
        var mayBeShared = finding.hosts() <= 1;
        var mayBePart = drafts.stream()
                .anyMatch(draft -> draft.isOpen()
                        && draft.recoveringSince().isEmpty()
                        && matching.isNear(draft.onset, finding.onset())
                        && growth.areKin(draft, finding));
        if (!mayBeShared && !mayBePart) {
            return false;
        }
        var waited = waited(finding);
        var quiet = Duration.between(growth.failing().grewAt(), now);
        return (mayBeShared && waited.compareTo(settings.singleHostDelay()) < 0)
                || (mayBePart && quiet.compareTo(settings.settle()) < 0 && waited.compareTo(settings.patience()) < 0);
    }

    /** How long the verdicts have said so. */
    private Duration waited(Finding finding) {
        var cause = finding.first().component();
        var since = previous.waiting().stream()
                .filter(one -> one.cause().equals(cause))
                .map(Waiting::since)
                .findFirst()
                .orElse(now);
        waiting.add(new Waiting(cause, since));
        return Duration.between(since, now);
    }

    private void reopen(Draft draft, Finding finding) {
        reopening.reopen(draft, finding);
        tell(draft, Change.Kind.REOPENED, "failed again: " + words.title(draft) + ". " + words.story(draft));
    }

    private void split(Draft whole) {
        splitting.instead(whole).ifPresent(cause -> {
            var was = settings.names().of(whole.first().component());
            whole.finding = Optional.of(cause);
            whole.takeCauseOf(cause);
            tell(whole, Change.Kind.SHARPENED, words.title(whole) + ", and not " + was + ". " + words.story(whole));
        });
        splitting.apart(whole).forEach(part -> split(whole, part));
    }

    private void split(Draft whole, Finding finding) {
        var part = new Draft(Ids.of(finding, drafts, shared), finding, now);
        agreement.name(part, drafts);
        drafts.add(part);
        Splitting.leave(whole, part);
        tell(whole, Change.Kind.SPLIT, "incident " + part.id + " has a cause of its own: " + words.title(part));
        tell(
                part,
                Change.Kind.OPENED,
                words.title(part) + ", before taken for a part of incident " + whole.id + ". " + words.story(part));
    }

    /** What was opened since a cause was resolved, and proves to be that cause again, is that incident. */
    private void reunite() {
        for (var draft : List.copyOf(drafts)) {
            if (draft.isOpen()) {
                reopening.of(draft, drafts).ifPresent(before -> {
                    reopening.reopenAs(before, draft);
                    tell(before, Change.Kind.REOPENED, "failed again, as incident " + draft.id);
                    merge(draft, before);
                });
            }
        }
    }

    private void open(Finding finding) {
        var draft = new Draft(Ids.of(finding, drafts, shared), finding, now);
        agreement.name(draft, drafts);
        drafts.add(draft);
        tell(draft, Change.Kind.OPENED, words.title(draft) + ". " + words.story(draft));
    }

    private void take(Draft draft, Finding finding) {
        draft.finding = Optional.of(finding);
        var grew = draft.join(finding.members());
        if (grew) {
            draft.lastJoinedAt = now;
        }
        var was = draft.first().component();
        if (isFuller(draft, finding) || isBroughtToLight(draft, finding)) {
            draft.takeCauseOf(finding);
        }
        if (finding.onset().isBefore(draft.onset)) {
            draft.onset = finding.onset();
        }
        if (draft.kind == Finding.Kind.FAULT && !draft.first().component().equals(was)) {
            tell(
                    draft,
                    Change.Kind.SHARPENED,
                    words.title(draft) + ", and not only " + settings.names().of(was) + ". " + words.story(draft));
        } else if (grew) {
            tell(
                    draft,
                    Change.Kind.GREW,
                    "now " + Words.nexuses(draft.members.size()) + " on " + Words.hosts(finding.hosts()));
        }
    }

    /** A recovery takes evidence away; the cause is judged by the evidence at its fullest. */
    private static boolean isFuller(Draft draft, Finding finding) {
        return draft.kind == Finding.Kind.SILENCE
                ? finding.suspects().size() >= draft.suspects.size()
                : finding.first().evidence().explained()
                        >= draft.first().evidence().explained();
    }

    /** Whether it stood beside the cause, indistinct, until the nexuses came back that another incident had taken down. */
    private static boolean isBroughtToLight(Draft draft, Finding finding) {
        return draft.first().hidden().contains(finding.first().component());
    }

    /** Closes incidents of which the verdict no longer speaks, since what they saw was a part of another cause. */
    private void mergeMoved() {
        for (var draft : drafts) {
            if (!draft.isOpen() || draft.finding.isPresent() || draft.kind != Finding.Kind.FAULT) {
                continue;
            }
            var failing = draft.members.stream()
                    .filter(member -> Life.isFailed(verdict.state(member)))
                    .toList();
            var whole = drafts.stream()
                    .filter(other -> other.isOpen() && other.finding.isPresent() && other.kind == draft.kind)
                    .filter(other -> matching.isNear(draft.onset, other.onset))
                    .filter(other -> {
                        var members = new HashSet<>(other.members);
                        return failing.stream().filter(members::contains).count() >= MOVED * failing.size();
                    })
                    .findFirst();
            if (!failing.isEmpty() && whole.isPresent()) {
                merge(draft, whole.get());
            }
        }
    }

    /** The older of the two ids stays, as it does on views that saw only one of them. */
    private void merge(Draft part, Draft whole) {
        if (Draft.AGE.compare(part, whole) < 0) {
            part.exchangeIdWith(whole);
            tell(whole, Change.Kind.RENAMED, "before: incident " + part.id);
        }
        part.phase = Phase.RESOLVED;
        part.resolvedAt = Optional.of(now);
        part.mergedInto = Optional.of(whole.id);
        tell(part, Change.Kind.MERGED, "part of incident " + whole.id);
    }

    private void rename() {
        drafts.stream()
                .filter(Draft::isOpen)
                .sorted(Draft.AGE)
                .forEach(draft -> agreement
                        .rename(draft, drafts)
                        .ifPresent(before -> tell(draft, Change.Kind.RENAMED, "before: incident " + before)));
    }

    private void tell(Draft draft, Change.Kind what, String note) {
        draft.note(now, what, note);
        changes.add(new Change(what, draft.incident(words)));
    }

    private List<Incident> remembered() {
        return drafts.stream()
                .filter(draft -> draft.isOpen()
                        || draft.resolvedAt
                                .orElse(now)
                                .plus(settings.remember())
                                .isAfter(now))
                .map(draft -> draft.incident(words))
                .sorted(Comparator.comparing(Incident::openedAt).reversed().thenComparing(Incident::id))
                .toList();
    }
}
