package org.lunwarden.fleet.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.diagnosis.Verdict;
import org.lunwarden.model.Component;

/**
 * All incidents that are known, and what waits to become one. Every view computes the same from the same verdicts: an
 * incident's id is made of the day, the cause it was first seen with, and how many incidents of that cause were begun
 * that day.
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

    /** @param changes in the order in which they are to be told */
    public record Step(Incidents incidents, List<Change> changes) {
        public Step {
            changes = List.copyOf(changes);
        }
    }

    public Incidents {
        all = List.copyOf(all);
        waiting = List.copyOf(waiting);
    }

    /** What follows from a verdict. With an unchanged verdict, time alone confirms, resolves and forgets. */
    public static Step next(Incidents previous, Verdict verdict, Instant now, IncidentSettings settings) {
        return new NextIncidents(previous, verdict, now, settings).step();
    }

    public List<Incident> open() {
        return all.stream().filter(Incident::isOpen).toList();
    }

    public Optional<Incident> find(String id) {
        return all.stream().filter(incident -> incident.id().equals(id)).findFirst();
    }
}
