package org.lunwarden.path;

import java.time.Duration;

import org.lunwarden.model.DevT;

/**
 * A path's place among the others, so that many paths with equal intervals are not checked at the same moment. Pure: the
 * place follows from the device number alone, and is even for numbers in a row as the kernel gives them.
 *
 * @param fraction 0 (included) to 1 (excluded)
 */
record Spread(double fraction) {

    /** Multiples of it, less their whole part, fall evenly between 0 and 1. */
    private static final double GOLDEN_RATIO = 0.6180339887498949;

    private static final Duration FIRST_AT_MOST = Duration.ofMillis(500);
    private static final int FIRST_SHARE = 10;
    /** Who is early by no more than this part of an interval is in time. */
    private static final int CLOSE_SHARE = 50;

    static Spread of(DevT device) {
        var turns = (device.major() * 1048576.0 + device.minor()) * GOLDEN_RATIO;
        return new Spread(turns - Math.floor(turns));
    }

    /** Before the first check: within a tenth of the interval, half a second at most, since maps wait for it. */
    Duration untilFirst(Duration interval) {
        var window = interval.dividedBy(FIRST_SHARE);
        return share(window.compareTo(FIRST_AT_MOST) < 0 ? window : FIRST_AT_MOST);
    }

    /**
     * When the pause grows: somewhere between the two. Checks that began together are thus spread over all of the
     * longest interval once every path has reached it.
     */
    Duration between(Duration shorter, Duration longer) {
        return shorter.plus(share(longer.minus(shorter)));
    }

    /**
     * From a check to the next one: to the path's own moment in each interval. A machine that is busy makes many checks late and
     * all at once; were each next one a pause after it, they would stay together for ever. Whom its moment would let rest too
     * little rests half of the interval and more, and comes to it after that.
     *
     * @param now by a clock that all paths share
     * @param least of rest, a part of the interval
     * @return no more than the interval
     */
    Duration rest(Duration now, Duration interval, Duration least) {
        var length = interval.toNanos();
        var left = length - Math.floorMod(now.toNanos() - share(interval).toNanos(), length);
        if (left < length / CLOSE_SHARE) {
            return interval;
        }
        return Duration.ofNanos(left >= least.toNanos() ? left : (length + left) / 2);
    }

    /** The same after a check that many others had at that moment, too: some of them find soon what happens next. */
    Duration soon(Duration now, Duration interval) {
        return rest(now, interval, interval.dividedBy(FIRST_SHARE));
    }

    private Duration share(Duration window) {
        return Duration.ofNanos((long) (window.toNanos() * fraction));
    }
}
