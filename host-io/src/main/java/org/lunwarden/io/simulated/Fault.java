package org.lunwarden.io.simulated;

import java.time.Duration;

/** What is wrong with a part. A part has one fault at a time; a new one takes the place of the old. */
public sealed interface Fault {

    /** Nothing passes. */
    record Down() implements Fault {}

    /** Of a LUN: the array answers that it has no such unit, as after it was unmapped. */
    record Unmapped() implements Fault {}

    /** Everything takes that much longer. */
    record Slow(Duration latency) implements Fault {}

    /** @param duty part of each period, from its begin, in which the part is down: more than 0, less than 1 */
    record Flapping(Duration period, double duty) implements Fault {
        public Flapping {
            if (period.isNegative() || period.isZero() || duty <= 0 || duty >= 1) {
                throw new IllegalArgumentException("not a flapping: " + period + ", " + duty);
            }
        }
    }

    /** @param fraction of the commands that are lost, 0 to 1 */
    record Lossy(double fraction) implements Fault {
        public Lossy {
            if (fraction < 0 || fraction > 1) {
                throw new IllegalArgumentException("not a fraction: " + fraction);
            }
        }
    }
}
