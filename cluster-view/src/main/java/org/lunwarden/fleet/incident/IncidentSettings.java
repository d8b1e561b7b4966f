package org.lunwarden.fleet.incident;

import java.time.Duration;

import org.lunwarden.fleet.diagnosis.Names;

/**
 * When an incident goes from one phase to the next.
 *
 * @param settle confirmed when no new member joined for so long
 * @param decisiveGap a named cause that is so much likelier than the runner-up (natural logarithm) is confirmed after
 *     {@code settle} even while members join, and at once when all nexuses through it failed
 * @param singleHostDelay how long the failures of one host wait for others to join before they become an incident
 * @param sameCause a new cause takes over an open incident that shares members with it when their onsets are at most so
 *     far apart
 * @param backShare share of members that must be up again, above 0 and at most 1
 * @param hold how long they must stay up until the incident is resolved
 * @param remember how long resolved incidents are kept
 */
public record IncidentSettings(
        Duration settle,
        double decisiveGap,
        Duration singleHostDelay,
        Duration sameCause,
        double backShare,
        Duration hold,
        Duration remember,
        Names names) {

    public static final IncidentSettings DEFAULTS = new IncidentSettings(
            Duration.ofSeconds(2),
            10,
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            0.95,
            Duration.ofSeconds(5),
            Duration.ofHours(24),
            Names.NONE);

    /** @throws IllegalArgumentException when a value is out of its range */
    public IncidentSettings {
        if (!(backShare > 0 && backShare <= 1) || settle.isNegative() || hold.isNegative()) {
            throw new IllegalArgumentException("settle " + settle + ", hold " + hold + ", backShare " + backShare);
        }
    }
}
