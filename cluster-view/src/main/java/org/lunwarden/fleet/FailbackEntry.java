package org.lunwarden.fleet;

import java.util.Optional;

import org.lunwarden.fleet.failback.Course;
import org.lunwarden.fleet.wire.Wire;
import org.lunwarden.model.fleet.Epoch;

/**
 * What the views agree on of one failback.
 *
 * @param course what is followed; empty before it was planned, and when it is over
 * @param version counts up with every write under one epoch
 */
record FailbackEntry(FailbackProgress progress, Optional<Course> course, long version) implements Wire {

    String id() {
        return progress.id();
    }

    Epoch epoch() {
        return progress.epoch();
    }

    boolean isLive() {
        return progress.phase().isLive();
    }

    FailbackEntry with(FailbackProgress next, Optional<Course> newCourse) {
        var version = next.epoch().equals(progress.epoch()) ? this.version + 1 : 0;
        return new FailbackEntry(next, next.phase().isLive() ? newCourse : Optional.empty(), version);
    }
}
