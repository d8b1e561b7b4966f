package org.lunwarden.map;

import java.time.Duration;

import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.queueing.Queueing;
import org.lunwarden.model.map.MapCounters;

/** Counts what happens to a map. */
final class Happenings {

    private long pathFaults;
    private long switchGroups;
    private long mapLoads;

    void pathFailed(int paths) {
        pathFaults += paths;
    }

    /** The kernel did not refuse it. */
    void done(MapAction action) {
        if (action instanceof MapAction.SwitchGroup) {
            switchGroups++;
        } else if (action.loadsAnew() || action instanceof MapAction.Create) {
            mapLoads++;
        }
    }

    /** Counts anew. */
    void reset() {
        pathFaults = 0;
        switchGroups = 0;
        mapLoads = 0;
    }

    MapCounters counters(Queueing queueing, Duration now) {
        return new MapCounters(
                pathFaults, switchGroups, mapLoads, queueing.queued(now), queueing.timeouts(), queueing.failures());
    }
}
