package org.lunwarden.fleet.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.diagnosis.Verdict;
import org.lunwarden.model.Component;

/**
 * All incidents that are known, and what waits to become one.
 *
 * <p>Every view computes them by itself, but views hear hosts in different orders, and one that was restarted sees at once
 * what others saw grow. So the views share an {@link Identity} of every incident: identities with a common failed nexus,
 * or with the same cause, mean the same incident, and the oldest of them gives all views its id. Until a view has heard
 * of an older one it tells of the incident by the id it made itself; that one stays among its {@link
 * Incident#formerIds}. An incident that grows, whose cause is refined, of which a part is split off, or into which others
 * merge, keeps its id; a cause that fails again soon after it was resolved is the same incident again. While one view lives, the others find the ids again after a
 * restart. When all are restarted at once, each brings back what its history kept; without a history, what is still failing is told of
 * by new ids, which were never in use before.
 *
 * @param all open and remembered ones, the newest first
 * @param waiting causes that get the chance to prove part of a greater one before they become incidents
 * @param failing what failed in the last step
 */
public record Incidents(List<Incident> all, List<Waiting> waiting, Failing failing) {

    public static final Incidents NONE = new Incidents(List.of(), List.of(), new Failing(Set.of(), Instant.EPOCH));

    /** @param since when the verdicts began to say so */
    public record Waiting(Component cause, Instant since) {}

    /** @param grewAt when something last began to fail that no confirmed incident explains */
    public record Failing(Set<Member> members, Instant grewAt) {
        public Failing {
            members = Set.copyOf(members);
        }
    }

    /**
     * @param changes in the order in which they are to be told
     * @param toShare what the other views do not know yet
     */
    public record Step(Incidents incidents, List<Change> changes, List<Identity> toShare) {
        public Step {
            changes = List.copyOf(changes);
            toShare = List.copyOf(toShare);
        }
    }

    public Incidents {
        all = List.copyOf(all);
        waiting = List.copyOf(waiting);
    }

    /**
     * What follows from a verdict. With an unchanged verdict, time alone confirms, resolves and forgets.
     *
     * @param shared the identities that the views have agreed on so far
     */
    public static Step next(
            Incidents previous, Verdict verdict, Identities shared, Instant now, IncidentSettings settings) {
        return next(previous, verdict, false, shared, now, settings);
    }

    /**
     * The same for a view that may have listened for long.
     *
     * @param knowsAllHosts whether it listened for so long that a host of which the verdict knows nothing is as good as
     *     forgotten: an incident does not wait for it
     */
    public static Step next(
            Incidents previous,
            Verdict verdict,
            boolean knowsAllHosts,
            Identities shared,
            Instant now,
            IncidentSettings settings) {
        return new NextIncidents(previous, verdict, knowsAllHosts, shared, now, settings).step();
    }

    /**
     * With what an earlier run of this view knew.
     *
     * @param shared the identities that the views have agreed on so far: what they closed meanwhile is over here, too
     */
    public Step restored(List<Incident> earlier, Identities shared, Instant now, IncidentSettings settings) {
        return new Restoring(this, shared, now, settings).restore(earlier).step(this);
    }

    /** What follows from who takes care of what. An incident of which nothing was said stays as it is. */
    public Step acknowledged(Acknowledgements said, Instant now, IncidentSettings settings) {
        var words = new Words(settings.names());
        var changes = new ArrayList<Change>();
        var next = new ArrayList<Incident>();
        for (var incident : all) {
            var change = incident.isOpen()
                    ? said.last(incident).flatMap(last -> acknowledged(incident, last, now, words))
                    : Optional.<Change>empty();
            change.ifPresent(changes::add);
            next.add(change.map(Change::incident).orElse(incident));
        }
        return changes.isEmpty()
                ? new Step(this, List.of(), List.of())
                : new Step(new Incidents(next, waiting, failing), changes, List.of());
    }

    private static Optional<Change> acknowledged(Incident incident, Acknowledgement last, Instant now, Words words) {
        var standing = Optional.of(last).filter(one -> !one.withdrawn());
        if (standing.equals(incident.acknowledgement())) {
            return Optional.empty();
        }
        var draft = new Draft(incident);
        draft.acknowledgement = standing;
        var what = last.withdrawn() ? Change.Kind.UNACKNOWLEDGED : Change.Kind.ACKNOWLEDGED;
        draft.note(now, what, "by " + last.by() + (last.comment().isEmpty() ? "" : ": " + last.comment()));
        return Optional.of(new Change(what, draft.incident(words)));
    }

    /** Who takes care of what, as far as that is not among what was said: after a restart of all views, for example. */
    public List<Acknowledgement> notIn(Acknowledgements said) {
        return all.stream()
                .filter(incident -> incident.isOpen() && said.last(incident).isEmpty())
                .flatMap(incident -> incident.acknowledgement().stream())
                .toList();
    }

    public List<Incident> open() {
        return all.stream().filter(Incident::isOpen).toList();
    }

    public Optional<Incident> find(String id) {
        return all.stream().filter(incident -> incident.isKnownAs(id)).findFirst();
    }
}
