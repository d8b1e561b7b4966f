package org.lunwarden.fleet.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.wire.Wire;
import org.lunwarden.model.Component;

/**
 * What the views agree on of one incident, so that all of them tell of it by one id.
 *
 * @param cause the likeliest one at its fullest evidence
 * @param witnesses some of its members, of different hosts as far as there are any: an incident of another view that has
 *     one of them is the same
 * @param onset when the first member failed
 * @param openedAt when the first view opened it
 * @param explained how many members had failed when this was written: what rests on more evidence is the newer
 * @param reopened how often it came back after it was resolved
 * @param since when it was last opened: {@code openedAt}, or when it came back
 * @param closed whether it is over, or another id was found to mean the same; for good unless it comes back
 */
public record Identity(
        String id,
        Finding.Kind kind,
        Component cause,
        List<Member> witnesses,
        Instant onset,
        Instant openedAt,
        int explained,
        int reopened,
        Instant since,
        boolean closed)
        implements Wire {

    /** Of several identities of one incident, the first counts. */
    static final Comparator<Identity> RANK =
            Comparator.comparing(Identity::openedAt).thenComparing(Identity::id);

    /** More than any evidence. */
    private static final long ONE_LIFE = 1L << 32;

    public Identity {
        witnesses = List.copyOf(witnesses);
    }

    /** Greater for what replaces the other one, by whichever view and in whichever order they were written. */
    public long version() {
        return reopened * ONE_LIFE + (closed ? ONE_LIFE - 1 : explained);
    }

    /** Whether an incident with this cause or these members is meant. */
    boolean means(Component otherCause, Set<Member> members) {
        return cause.equals(otherCause) || witnesses.stream().anyMatch(members::contains);
    }

    Identity asClosed() {
        return new Identity(id, kind, cause, witnesses, onset, openedAt, explained, reopened, since, true);
    }
}
