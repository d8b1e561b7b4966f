package org.lunwarden.fleet.sanloc;

/**
 * What keeps reports from being the truth.
 *
 * @param noise share of rows that are down for no reason
 * @param silent share of hosts that do not report
 * @param stale share of hosts that say up, whatever is; half of them with old reports, half with fresh ones
 * @param skew standard deviation of clocks, in seconds; 1 % of hosts are then off by an hour too
 * @param delay reports are up to so many seconds old
 * @param wrong share of rows that name a wrong controller
 * @param lacking share of hosts that name no switch
 */
record Weather(double noise, double silent, double stale, double skew, double delay, double wrong, double lacking) {

    static final Weather FINE = new Weather(0, 0, 0, 0, 0, 0, 0);
    static final Weather NOISY = new Weather(1e-3, 0, 0, 0, 0, 0, 0);
    static final Weather VERY_NOISY = new Weather(1e-2, 0, 0, 0, 0, 0, 0);
    static final Weather BAD = new Weather(1e-3, 0.10, 0.05, 0, 0, 0, 0);
    static final Weather SKEWED = new Weather(1e-3, 0, 0, 5, 20, 0, 0);
    static final Weather WRONG = new Weather(1e-3, 0, 0, 0, 0, 0.05, 0);
    static final Weather PARTITION = new Weather(1e-3, 0.20, 0, 0, 0, 0, 0);
    static final Weather LACKING = new Weather(1e-3, 0, 0, 0, 0, 0, 0.3);
    static final Weather ALL = new Weather(1e-3, 0.05, 0.05, 5, 20, 0.02, 0.1);
}
