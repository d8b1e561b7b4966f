package org.lunwarden.path;

import java.util.Optional;
import java.util.function.Supplier;

/** What of a path outlives a restart of its actor, which alone uses it. */
final class Memory {

    private Watch watch;
    private Optional<Reporting> reporting = Optional.empty();

    Memory(Watch begun) {
        this.watch = begun;
    }

    /** Whether the actor has lived before. */
    boolean isOld() {
        return reporting.isPresent();
    }

    Watch watch() {
        return watch;
    }

    void keep(Watch now) {
        watch = now;
    }

    /** That of the first life. */
    Reporting reporting(Supplier<Reporting> first) {
        reporting = Optional.of(reporting.orElseGet(first));
        return reporting.get();
    }
}
