package org.lunwarden.model.settings;

import java.time.Duration;

/** When a map returns to its best path group ({@code failback} of multipath.conf(5)). */
public sealed interface Failback {

    record Manual() implements Failback {}

    record Immediate() implements Failback {}

    /** Only when the first path of the best group comes back; for clusters that share the LUN. */
    record Followover() implements Failback {}

    /** @param delay one second or more, started anew by every path that returns */
    record Deferred(Duration delay) implements Failback {}
}
