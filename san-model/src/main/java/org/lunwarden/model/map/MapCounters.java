package org.lunwarden.model.map;

import java.time.Duration;

/**
 * What has happened to a map since its actor began to keep it, or since {@code reset map NAME stats} ({@code show maps stats}
 * of multipathd).
 *
 * @param pathFaults paths that worked and then failed, found by a check or by the kernel
 * @param switchGroups switches to another group that were asked for
 * @param mapLoads tables that were loaded, the first one included
 * @param totalQueueTime for how long a countdown of {@code no_path_retry} ran
 * @param queueTimeouts countdowns that were started
 * @param mapFailures times that I/O was left to fail since no path was there
 */
public record MapCounters(
        long pathFaults,
        long switchGroups,
        long mapLoads,
        Duration totalQueueTime,
        long queueTimeouts,
        long mapFailures) {}
