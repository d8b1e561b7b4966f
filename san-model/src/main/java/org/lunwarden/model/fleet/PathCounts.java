package org.lunwarden.model.fleet;

/**
 * How many LUN paths of a nexus are in which state. The parts add up to {@code total}.
 *
 * @param admin failed by an operator
 * @param unknown not checked yet, or the checker cannot run
 */
public record PathCounts(int total, int up, int failed, int marginal, int admin, int unknown) {

    /** What the counts say of the nexus as a whole. */
    public NexusState state() {
        if (total > 0 && admin == total) {
            return NexusState.ADMIN;
        }
        var known = up + failed + marginal;
        if (known == 0) {
            return NexusState.UNKNOWN;
        }
        if (failed == 0) {
            return marginal == 0 ? NexusState.UP : NexusState.PARTIAL;
        }
        return failed == known ? NexusState.DOWN : NexusState.PARTIAL;
    }
}
