package org.lunwarden.fleet.diagnosis;

/**
 * The counts behind a suspicion, in nexuses; those of which nothing is known or which an operator took down are in none
 * of the others.
 *
 * @param through known nexuses that cross the suspect
 * @param down of these, down as a whole
 * @param partial of these, down in part
 * @param hosts hosts of the down and partial ones
 * @param neutral nexuses through the suspect that count neither way: silent, unknown or taken down by an operator
 * @param elsewhere known nexuses that do not cross the suspect
 * @param failedElsewhere of these, down as a whole or in part
 */
public record Evidence(int through, int down, int partial, int hosts, int neutral, int elsewhere, int failedElsewhere) {

    /** Down as a whole or in part: what the suspect explains. */
    public int explained() {
        return down + partial;
    }

    /** Up, though they cross the suspect. */
    public int contradicting() {
        return through - down - partial;
    }
}
