package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.lunwarden.fleet.diagnosis.Booting;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;

/**
 * Remembers, of hosts that this view saw boot, what came up since. Of a host that it hears first, nobody can say whether a
 * failed nexus is one that is not back yet.
 */
final class Boots {

    /**
     * A host that has not all back by then has another trouble. Adapters log in within a minute or two; where everything
     * was without power, nobody hears before this is over of the switch that did not come back.
     */
    private static final Duration BOOT = Duration.ofMinutes(3);

    /** A host that boots again so soon may do so for what it lost: that explains nothing. */
    private static final Duration LOOP = Duration.ofMinutes(15);

    /**
     * @param up what was up since
     * @param again whether another boot was shortly before
     */
    private record Boot(String id, Instant at, Set<Nexus> up, boolean again) {}

    private final Map<HostId, Boot> boots = new TreeMap<>();

    /**
     * @param before the last report that was known of the host
     * @param at when the host booted
     */
    void reported(Optional<HostReport> before, HostReport report, Instant at) {
        var id = report.run().bootId();
        var known = Optional.ofNullable(boots.get(report.host()));
        var current = known.filter(boot -> boot.id().equals(id))
                .or(() -> before.filter(old -> !old.run().bootId().equals(id))
                        .map(old -> new Boot(id, at, new HashSet<>(), known.isPresent())));
        current.ifPresent(boot -> {
            report.nexuses().stream()
                    .filter(row -> row.state() == NexusState.UP)
                    .map(NexusRow::nexus)
                    .forEach(boot.up()::add);
            boots.put(report.host(), boot);
        });
    }

    void forget(HostId host) {
        boots.remove(host);
    }

    Booting at(Instant now) {
        boots.values().removeIf(boot -> isOver(boot, LOOP, now));
        var cameUp = new HashMap<HostId, Set<Nexus>>();
        boots.forEach((host, boot) -> {
            if (!boot.again() && !isOver(boot, BOOT, now)) {
                cameUp.put(host, Set.copyOf(boot.up()));
            }
        });
        return new Booting(cameUp);
    }

    private static boolean isOver(Boot boot, Duration after, Instant now) {
        return !boot.at().plus(after).isAfter(now);
    }
}
