package org.lunwarden.fleet.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.diagnosis.Verdict;
import org.lunwarden.model.fleet.NexusState;

/**
 * Gives each open incident the id that the views agree on. Of all open identities that mean an incident the oldest counts,
 * on every view; so views that saw an incident begin with different causes come to one id as soon as they hear of each
 * other, and a view that knew nothing takes the id that the others have.
 */
final class Agreement {

    private static final int WITNESSES = 8;

    private final Identities shared;
    private final Verdict verdict;
    private final Gone gone;
    private final Instant now;
    private final IncidentSettings settings;
    private final List<Identity> toShare = new ArrayList<>();

    Agreement(Identities shared, Verdict verdict, Gone gone, Instant now, IncidentSettings settings) {
        this.shared = shared;
        this.verdict = verdict;
        this.gone = gone;
        this.now = now;
        this.settings = settings;
    }

    /** What the other views do not know of these incidents. */
    List<Identity> toShare(List<Draft> drafts) {
        drafts.stream().filter(Draft::isOpen).forEach(this::share);
        closeOrphans(drafts);
        return toShare;
    }

    /** The incident opens under the id that other views have given it, if they have. */
    void name(Draft draft, List<Draft> others) {
        leading(draft, others).ifPresent(draft::be);
    }

    /** Gives it the oldest of the ids that mean it. Returns the one it had if that is another. */
    Optional<String> rename(Draft draft, List<Draft> drafts) {
        var before = draft.id;
        var leading = leading(draft, drafts);
        var mine = isOver(draft) ? Optional.<Identity>empty() : Optional.of(identity(draft));
        Stream.concat(leading.stream(), mine.stream()).min(Identity.RANK).ifPresent(draft::be);
        if (draft.id.equals(before)) {
            return Optional.empty();
        }
        draft.formerIds.add(before);
        mine.map(Identity::asClosed).ifPresent(toShare::add);
        return Optional.of(before);
    }

    /** It is over: so is whatever else meant it, unless another incident here goes by that id. */
    void close(Draft draft, List<Draft> drafts) {
        toShare.add(identity(draft).asClosed());
        if (draft.mergedInto.isEmpty()) {
            meaning(draft, drafts).map(Identity::asClosed).forEach(toShare::add);
        }
    }

    /** Whether other views say that a resolved incident is back, and mean what is open here under another id. */
    boolean isBack(Draft over, Draft open) {
        return shared.find(over.id)
                .filter(one -> !one.closed() && one.reopened() > over.reopened && one.kind() == open.kind)
                .filter(one -> one.means(open.first().component(), Set.copyOf(open.members)))
                .isPresent();
    }

    /** How often the incident has come back, when it does so now or did on other views already. */
    int timesReopened(Draft draft) {
        var agreed = shared.find(draft.id)
                .map(one -> one.closed() ? one.reopened() + 1 : one.reopened())
                .orElse(0);
        return Math.max(draft.reopened + 1, agreed);
    }

    private Optional<Identity> leading(Draft draft, List<Draft> drafts) {
        return meaning(draft, drafts).min(Identity.RANK);
    }

    private Stream<Identity> meaning(Draft draft, List<Draft> drafts) {
        var taken = new HashSet<String>();
        drafts.stream().filter(other -> other != draft).forEach(other -> taken.add(other.id));
        return shared.of(draft.kind, draft.first().component(), Set.copyOf(draft.members))
                .filter(one -> !taken.contains(one.id()));
    }

    private void share(Draft draft) {
        var mine = identity(draft);
        var known = Optional.ofNullable(shared.byId().get(draft.id));
        var isNews = known.isEmpty()
                || mine.reopened() > known.get().reopened()
                || (!known.get().closed()
                        && !known.get().cause().equals(mine.cause())
                        && mine.version() > known.get().version());
        if (isNews) {
            toShare.add(mine);
        }
    }

    /** A view that ended may have left one open that no other view sees: nothing of it may fail any more. */
    private void closeOrphans(List<Draft> drafts) {
        for (var one : shared.byId().values()) {
            var isOld = Duration.between(one.since(), now).compareTo(settings.sameCause()) > 0;
            if (!one.closed() && isOld && isOver(one)) {
                var isHeld = drafts.stream()
                        .filter(Draft::isOpen)
                        .anyMatch(draft -> draft.id.equals(one.id()) || draft.members.containsAll(one.witnesses()));
                if (!isHeld) {
                    toShare.add(one.asClosed());
                }
            }
        }
    }

    /** Whether the other views have closed this very life of it. */
    private boolean isOver(Draft draft) {
        return shared.find(draft.id)
                .filter(one -> one.closed() && one.reopened() >= draft.reopened)
                .isPresent();
    }

    private boolean isOver(Identity identity) {
        return identity.witnesses().stream().allMatch(member -> {
            var state = verdict.state(member);
            return gone.is(member) || (state != NexusState.UNKNOWN && !Life.isFailed(state));
        });
    }

    static Identity identity(Draft draft) {
        return new Identity(
                draft.id,
                draft.kind,
                draft.first().component(),
                witnesses(draft),
                draft.onset,
                draft.openedAt,
                draft.kind == Finding.Kind.SILENCE
                        ? draft.suspects.size()
                        : draft.first().evidence().explained(),
                draft.reopened,
                draft.reopenedAt.orElse(draft.openedAt),
                false);
    }

    private static List<Member> witnesses(Draft draft) {
        var hosts = new HashSet<>();
        return Stream.concat(draft.members.stream().filter(member -> hosts.add(member.host())), draft.members.stream())
                .limit(WITNESSES)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
