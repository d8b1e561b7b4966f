package org.lunwarden.fleet.localization;

/** Remembers likelihoods of failed rows: thousands of rows share few of them, and each costs several logarithms. */
final class Memo {

    private static final int SIZE = 1 << 10;

    private final double noise;
    private final double[] shares = new double[SIZE];
    private final double[] untouched = new double[SIZE];
    private final double[] works = new double[SIZE];
    private final double[] caused = new double[SIZE];
    private final double[] logs = new double[SIZE];

    Memo(double noise) {
        this.noise = noise;
    }

    double caused(double share, double untouched, double works) {
        return caused[slot(share, untouched, works)];
    }

    /** As {@link Likelihood#ofFailed}. */
    double log(double share, double untouched, double works) {
        return logs[slot(share, untouched, works)];
    }

    /** That a row has the share 0 never happens: so a slot is not used where that stands. */
    private int slot(double share, double u, double w) {
        var bits = Double.doubleToRawLongBits(share) * 31 + Double.doubleToRawLongBits(u);
        bits = (bits * 31 + Double.doubleToRawLongBits(w)) * 0x9e3779b97f4a7c15L;
        var slot = (int) (bits >>> 54);
        if (shares[slot] != share || untouched[slot] != u || works[slot] != w) {
            shares[slot] = share;
            untouched[slot] = u;
            works[slot] = w;
            caused[slot] = Likelihood.caused(share, u, w);
            logs[slot] = Likelihood.ofFailed(noise, caused[slot]);
        }
        return slot;
    }
}
