package org.lunwarden.fleet.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.diagnosis.Suspect;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.HostId;

/**
 * One cause, from its first evidence to its end.
 *
 * @param id equal on all views, see {@link Incidents}
 * @param formerIds under which this view told of it before the views agreed on {@code id}
 * @param kind whether something failed or hosts do not report
 * @param suspects with the evidence at its fullest, most likely first; the first is the cause when there is no doubt
 * @param doubt why no cause is named; empty otherwise
 * @param runnerUp the explanation that came next
 * @param gap natural logarithm of how much likelier the first suspect is than the runner-up
 * @param members all nexuses that were part of it since it was last opened, sorted
 * @param hosts their hosts, sorted
 * @param back how many members are up again
 * @param onset when the first member failed; of one that came back, when it failed again
 * @param confirmedAt empty while provisional or reopened
 * @param backSince since when enough members are up again for it to end; empty while too few are
 * @param mergedInto the incident that turned out to be the same; empty unless it ended that way
 * @param splitFrom the incident that this was taken for a part of
 * @param reopened how often its cause came back after it was resolved
 * @param reopenedAt the last time
 * @param acknowledgement of who takes care of it
 * @param words the whole story in one or two sentences
 * @param timeline what happened when, and what the incident was after it, oldest first
 */
public record Incident(
        String id,
        List<String> formerIds,
        Phase phase,
        Finding.Kind kind,
        List<Suspect> suspects,
        String doubt,
        Optional<Suspect> runnerUp,
        double gap,
        List<Member> members,
        List<HostId> hosts,
        int back,
        Instant onset,
        Instant openedAt,
        Instant lastJoinedAt,
        Optional<Instant> confirmedAt,
        Optional<Instant> backSince,
        Optional<Instant> resolvedAt,
        Optional<String> mergedInto,
        Optional<String> splitFrom,
        int reopened,
        Optional<Instant> reopenedAt,
        Optional<Acknowledgement> acknowledgement,
        String title,
        String words,
        List<Entry> timeline) {

    public enum Phase {
        PROVISIONAL("provisional"),
        CONFIRMED("confirmed"),
        RESOLVING("resolving"),
        RESOLVED("resolved"),
        /** It was resolved, its cause is back, and not yet confirmed. */
        REOPENED("reopened");

        private final String word;

        Phase(String word) {
            this.word = word;
        }

        @JsonValue
        public String word() {
            return word;
        }
    }

    /** @param after the incident in brief, as it was from then on */
    public record Entry(Instant at, Change.Kind what, String words, Summary after) {}

    /**
     * An incident in brief.
     *
     * @param suspects what could not be told from the likeliest suspect, that one first; a few where there are many
     * @param fraction of the traffic through the likeliest one that failed, at its fullest
     * @param explained how many failed nexuses spoke for it
     * @param contradicting how many spoke against it
     */
    public record Summary(
            Phase phase,
            List<Component> suspects,
            double fraction,
            double confidence,
            int explained,
            int contradicting,
            int nexuses,
            int hosts,
            int back) {
        public Summary {
            suspects = List.copyOf(suspects);
        }
    }

    public Incident {
        formerIds = List.copyOf(formerIds);
        suspects = List.copyOf(suspects);
        members = List.copyOf(members);
        hosts = List.copyOf(hosts);
        timeline = List.copyOf(timeline);
    }

    /** Whether it is, or ever was, told of by this id. */
    public boolean isKnownAs(String name) {
        return id.equals(name) || formerIds.contains(name);
    }

    public boolean isOpen() {
        return phase != Phase.RESOLVED;
    }

    /** Whether the first suspect is named as the cause. */
    public boolean isNamed() {
        return doubt.isEmpty();
    }

    public Suspect first() {
        return suspects.getFirst();
    }
}
