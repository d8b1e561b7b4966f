package org.lunwarden.fleet.incident;

import java.time.Duration;

import org.lunwarden.fleet.diagnosis.Names;

/**
 * When an incident goes from one phase to the next.
 *
 * The evidence for an incident grows when a nexus joins it, or fails that shares something greater with all of its members.
 *
 * @param settle confirmed when its evidence did not grow for so long
 * @param quiet the same for a decisive cause through which all nexuses failed, when no failure of the time that may be kin
 *     is left over
 * @param patience a decisive cause is confirmed after so long even while its evidence grows, as that of a lossy
 *     component does for long; a cause that may prove part of another one waits so long at most
 * @param decisiveGap a named cause is decisive when it is so much likelier than the runner-up (natural logarithm)
 * @param singleHostDelay how long the failures of one host wait for others to join before they become an incident
 * @param sameCause a new cause takes over an open incident that shares members with it when their onsets are at most so
 *     far apart
 * @param backShare share of members that must be up again, above 0 and at most 1
 * @param hold how long they must stay up until the incident is resolved
 * @param reopen a cause that fails again within so long after its incident was resolved is the same incident
 * @param remember how long resolved incidents are kept
 */
public record IncidentSettings(
        Duration settle,
        Duration quiet,
        Duration patience,
        double decisiveGap,
        Duration singleHostDelay,
        Duration sameCause,
        double backShare,
        Duration hold,
        Duration reopen,
        Duration remember,
        Names names) {

    public static final IncidentSettings DEFAULTS = new IncidentSettings(
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            10,
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            0.95,
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            Names.NONE);

    /** With another {@code settle}, and what is measured by it in proportion, and another {@code hold}. */
    public IncidentSettings paced(Duration newSettle, Duration newHold, Names newNames) {
        return new IncidentSettings(
                newSettle,
                newSettle.dividedBy(4),
                newSettle.multipliedBy(5),
                decisiveGap,
                singleHostDelay,
                sameCause,
                backShare,
                newHold,
                reopen,
                remember,
                newNames);
    }

    public IncidentSettings with(Names newNames) {
        return new IncidentSettings(
                settle,
                quiet,
                patience,
                decisiveGap,
                singleHostDelay,
                sameCause,
                backShare,
                hold,
                reopen,
                remember,
                newNames);
    }

    /** @throws IllegalArgumentException when a value is out of its range */
    public IncidentSettings {
        if (!(backShare > 0 && backShare <= 1) || settle.isNegative() || hold.isNegative()) {
            throw new IllegalArgumentException("settle " + settle + ", hold " + hold + ", backShare " + backShare);
        }
    }
}
