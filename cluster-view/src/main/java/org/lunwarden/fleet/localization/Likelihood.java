package org.lunwarden.fleet.localization;

/**
 * The arithmetic of the risk model. Natural logarithms throughout.
 *
 * <p>A fault touches each row through it with the probability {@code activity}, and of what it touches the share {@code
 * depth} fails; of several faults each does so by itself. A row of which the share {@code f > 0} failed is caused with the
 * weight {@code P(touched) * exp(-KL(f || mean depth))}, for rows that are down as a whole the noisy-or of the literature.
 * So a row that fails in part weighs at most one, and speaks for faults of its own depth.
 */
final class Likelihood {

    private static final double EDGE = 1e-9;

    /** What one hard fault explains, a second one does not explain better, of however many rows. */
    private static final double SURE = Fault.SUREST * Fault.SUREST;

    private Likelihood() {}

    /**
     * How well the faults of a row explain the share of it that failed, from 0 to 1.
     *
     * @param untouched probability that no fault touches it
     * @param works mean share of it that the faults let work
     */
    static double caused(double share, double untouched, double works) {
        if (share >= 1) {
            return Math.min(SURE, 1 - works);
        }
        var touched = 1 - untouched;
        if (touched <= EDGE) {
            return 0;
        }
        var depth = Math.clamp((1 - works) / touched, EDGE, 1 - EDGE);
        return touched * Math.exp(share * Math.log(depth / share) + (1 - share) * Math.log((1 - depth) / (1 - share)));
    }

    /** Of a failed row, over calling it noise. */
    static double ofFailed(double noise, double caused) {
        return Math.log(1 + (1 - noise) * caused / noise);
    }

    /** Of rows that are up, over there being no fault. */
    static double ofUp(double rows, double activity) {
        return rows * Math.log(1 - activity);
    }
}
