package org.lunwarden.fleet.localization;

/**
 * A component taken as faulty.
 *
 * @param candidate its number in what is {@link Observed}
 * @param activity share of the rows through it that it touches
 * @param depth share that fails of what it touches
 */
record Fault(int candidate, double activity, double depth) {

    /** No component fails so surely that one row that is still up would rule it out: reports are late. */
    static final double SUREST = 0.999;

    /** Of what fails so rarely nobody says that it is broken. */
    private static final double FAINTEST = 0.02;

    private static final double SHALLOWEST = 0.005;

    /**
     * @param failed sum of the shares of the {@code touched} rows
     * @param up rows that it could have touched and did not
     */
    static Fault fitted(int candidate, double touched, double failed, double up) {
        return new Fault(
                candidate,
                touched <= 0 ? FAINTEST : Math.clamp(touched / (touched + up), FAINTEST, SUREST),
                touched <= 0 ? SUREST : Math.clamp(failed / touched, SHALLOWEST, SUREST));
    }

    /** Share of the traffic through it that fails. */
    double fraction() {
        return activity * depth;
    }
}
