package org.lunwarden.fleet.localization;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import org.lunwarden.model.fleet.NexusState;

/** What is known at a moment beside the rows: it explains failed rows away, and makes what was changed likelier. */
public final class Circumstances {

    private static final long DAY = 86_400_000;

    /** A host that has not all its rows back by then has another trouble. */
    private static final long BOOT = 900_000;

    /** Paths may be lost so long before a host says that it boots: it is shutting down. */
    private static final long SHUTDOWN = 120_000;

    private final RiskIndex index;
    private final Freshness freshness;
    private final long now;
    private final Set<ComponentName> changed = new HashSet<>();
    private final Set<ComponentName> maintained = new HashSet<>();
    private final Map<String, Long> rebooted = new HashMap<>();

    /**
     * How many failed rows count neither way.
     *
     * @param maintained since they cross what is worked on
     * @param rebooting of other rows, since their hosts boot
     * @param hosts how many hosts that are
     */
    public record ExplainedAway(int maintained, int rebooting, int hosts) {
        public static final ExplainedAway NOTHING = new ExplainedAway(0, 0, 0);
    }

    /** @param at the moment, Unix milliseconds; when empty, the time that the reports of all hosts tell together */
    public Circumstances(RiskIndex index, Collection<Event> events, OptionalLong at) {
        this.index = index;
        freshness = new Freshness(index);
        now = at.orElse(freshness.now());
        events.forEach(this::add);
    }

    private void add(Event event) {
        switch (event) {
            case Event.Changed(var component, var when) -> {
                if (isWithin(when, when + DAY, now)) {
                    changed.add(component);
                }
            }
            case Event.Maintained(var component, var from, var to) -> {
                if (isWithin(from, to, now)) {
                    maintained.add(component);
                }
            }
            case Event.Rebooted(var host, var when) -> rebooted.merge(host, when, Math::max);
        }
    }

    /** Where no time is known, all that was told goes on. */
    private static boolean isWithin(long from, long to, long time) {
        return time == RowReading.NO_TIME || (from <= time && time <= to);
    }

    /** With what was changed lately. */
    public LocalizationSettings settings(LocalizationSettings plain) {
        return plain.withChanged(changed);
    }

    /** Takes rows that failed for a known reason out of the evidence. What is up through the same components stays in. */
    public ExplainedAway explainAway() {
        var isMaintained = new boolean[index.components.length];
        for (var component = 0; component < isMaintained.length; component++) {
            isMaintained[component] = maintained.contains(index.components[component]);
        }
        var isBooting = new boolean[index.hosts.length];
        var byMaintenance = 0;
        var byBoot = 0;
        for (var row = 0; row < index.size(); row++) {
            if (!index.isFailed(row)) {
                continue;
            }
            var crossed = Arrays.stream(index.crossed, index.start[row], index.start[row + 1]);
            if (crossed.anyMatch(component -> isMaintained[component])) {
                byMaintenance++;
            } else if (isOfReboot(row)) {
                byBoot++;
                isBooting[index.hostOf[row]] = true;
            } else {
                continue;
            }
            index.set(row, new RowReading(NexusState.ADMIN, 0, index.changedAt[row], index.reportedAt[row]));
        }
        var hosts = 0;
        for (var is : isBooting) {
            hosts += is ? 1 : 0;
        }
        return new ExplainedAway(byMaintenance, byBoot, hosts);
    }

    /** All by the host's own clock, as far as it tells the time. */
    private boolean isOfReboot(int row) {
        var began = rebooted.get(index.host(row));
        if (began == null) {
            return false;
        }
        var heard = freshness.newest(index.hostOf[row]);
        var failed = index.changedAt[row];
        return isWithin(began, began + BOOT, heard == RowReading.NO_TIME ? now : heard)
                && (failed == RowReading.NO_TIME || failed >= began - SHUTDOWN);
    }
}
