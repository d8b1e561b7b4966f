package org.lunwarden.fleet.check;

import java.time.Duration;
import java.time.Instant;

/** So much may be spent at once, and comes back at a steady rate. Empty at first. */
final class Bucket {

    private final double rate;
    private final double size;
    private double left;
    private Instant at;

    Bucket(double rate, double size, Instant since) {
        this.rate = rate;
        this.size = size;
        this.at = since;
    }

    /** What costs more than ever fits is granted from a full bucket, which then is in debt. */
    boolean has(double cost, Instant now) {
        fill(now);
        return left >= Math.min(cost, size);
    }

    void spend(double cost) {
        left -= cost;
    }

    boolean isFull(Instant now) {
        fill(now);
        return left >= size;
    }

    private void fill(Instant now) {
        if (now.isAfter(at)) {
            left = Math.min(size, left + rate * Duration.between(at, now).toNanos() / 1e9);
            at = now;
        }
    }
}
