package org.lunwarden.node;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.model.DeviceName;
import org.lunwarden.node.discovery.ReadQueue;

/** Tells, once each, of what takes longer than a deadline in a look at disks, and of its end. */
final class StuckReads {

    private static final Logger LOG = LoggerFactory.getLogger(StuckReads.class);

    private final Duration deadline;
    private final Set<DeviceName> told = new HashSet<>();
    private boolean toldOfLook;

    StuckReads(Duration deadline) {
        this.deadline = deadline;
    }

    void tell(ReadQueue queue, Duration now) {
        queue.stuck(deadline, now).forEach((name, age) -> {
            if (told.add(name)) {
                LOG.warn("{} cannot be read: no answer for {} s", name, age.toSeconds());
                Audit.disk(name, "stuck: a look at it has no answer for " + age.toSeconds() + " s");
            }
        });
    }

    void answered(DeviceName name) {
        if (told.remove(name)) {
            LOG.warn("{} answers again", name);
            Audit.disk(name, "a look at it was answered");
        }
    }

    /** The list of disks or of maps is not there yet. */
    void tellOfLook(Duration since, Duration now) {
        var age = now.minus(since);
        if (!toldOfLook && age.compareTo(deadline) >= 0) {
            toldOfLook = true;
            LOG.warn("a look at the disks goes on for {} s: their list does not come", age.toSeconds());
        }
    }

    void lookBegins() {
        toldOfLook = false;
    }
}
