package org.lunwarden.fleet.incident;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** What the views agree on of who takes care of which incident: the last word on each, by the id it was said of. */
public record Acknowledgements(Map<String, Acknowledgement> byIncident) {

    public static final Acknowledgements NONE = new Acknowledgements(Map.of());

    private static final Comparator<Acknowledgement> LATEST =
            Comparator.comparing(Acknowledgement::at).thenComparing(Acknowledgement::incident);

    public Acknowledgements {
        byIncident = Map.copyOf(byIncident);
    }

    /**
     * The last word on an incident, also one that takes an earlier word back. What was said before it came back does not
     * count: somebody is to look again.
     */
    public Optional<Acknowledgement> last(Incident incident) {
        return byIncident.values().stream()
                .filter(one -> incident.isKnownAs(one.incident()))
                .filter(one -> incident.reopenedAt().map(one.at()::isAfter).orElse(true))
                .max(LATEST);
    }
}
