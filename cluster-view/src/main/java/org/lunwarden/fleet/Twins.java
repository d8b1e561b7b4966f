package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;

/**
 * Finds hosts as which two daemons report: a run that another one followed is heard again soon. A daemon that was
 * restarted, or a message of its last run that comes late, is no such host.
 */
final class Twins {

    /** A run is heard again only after it was followed twice: one message of it may just have been late. */
    private static final int TURNS = 3;

    /**
     * @param turns how often one run took over from the other without either being new
     * @param turnedAt when it did last
     */
    private record Pair(DaemonRun now, Optional<DaemonRun> other, int turns, Instant turnedAt) {}

    private final Duration within;
    private final Map<HostId, Pair> pairs = new HashMap<>();

    /** @param within two runs that take turns within this time are both alive */
    Twins(Duration within) {
        this.within = within;
    }

    /** Whether it is now, and was not before, plain that two daemons report as this host. */
    boolean heard(HostId host, DaemonRun run, Instant at) {
        var known = Optional.ofNullable(pairs.get(host));
        if (known.isEmpty()) {
            pairs.put(host, new Pair(run, Optional.empty(), 0, at));
            return false;
        }
        var pair = known.get();
        if (pair.now().equals(run)) {
            return false;
        }
        var soon = !at.isAfter(pair.turnedAt().plus(within));
        var again = soon && pair.other().equals(Optional.of(run));
        var turns = again ? pair.turns() + 1 : 1;
        pairs.put(host, new Pair(run, Optional.of(pair.now()), turns, at));
        return turns == TURNS;
    }

    /** Whether two daemons report as this host; over when only one of them was heard for a while. */
    boolean is(HostId host, Instant now) {
        return Optional.ofNullable(pairs.get(host))
                .filter(pair ->
                        pair.turns() >= TURNS && !now.isAfter(pair.turnedAt().plus(within)))
                .isPresent();
    }

    void forget(HostId host) {
        pairs.remove(host);
    }
}
