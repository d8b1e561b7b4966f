package org.lunwarden.fleet.audit;

/**
 * What is expected.
 *
 * @param fabrics each map goes through so many at least, and so for {@code controllers} and {@code hbas}
 * @param paths of each map; 0 to learn it from its peers
 * @param initiators at one target port, at most; 0 to learn it from the other ports of the array
 * @param peers so many must agree before what they have is expected of others
 * @param share of the peers that must agree, above a half
 */
public record AuditSettings(
        int fabrics, int controllers, int hbas, int paths, int initiators, int peers, double share) {

    public static final AuditSettings DEFAULT = new AuditSettings(2, 2, 2, 0, 0, 3, 0.66);

    /** @throws IllegalArgumentException when a count is negative, no peer is asked for, or less than a half */
    public AuditSettings {
        if (fabrics < 0 || controllers < 0 || hbas < 0 || paths < 0 || initiators < 0) {
            throw new IllegalArgumentException("a count must not be negative");
        }
        if (peers < 1 || share <= 0.5 || share > 1) {
            throw new IllegalArgumentException("one peer at least, and more than half of them, must agree");
        }
    }
}
