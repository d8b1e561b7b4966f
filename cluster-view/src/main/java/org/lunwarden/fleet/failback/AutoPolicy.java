package org.lunwarden.fleet.failback;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * When a failback may begin without anybody's word. One that stops keeps all others back until a person has had one done.
 * Pure.
 *
 * @param calm nothing may have changed for so long
 * @param from time of day, by the clocks of {@code zone}; with the same {@code until} the whole day
 * @param perDay so many in 24 hours at most
 */
public record AutoPolicy(boolean enabled, Duration calm, LocalTime from, LocalTime until, ZoneId zone, int perDay) {

    public static final AutoPolicy OFF =
            new AutoPolicy(false, Duration.ofMinutes(15), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC, 4);

    /**
     * A failback of before.
     *
     * @param own whether it began by this policy
     * @param stopped whether it ended before it was done
     */
    public record Past(Instant startedAt, boolean own, boolean stopped) {}

    /** Why none may begin now, in words. */
    public Optional<String> hindrance(Situation situation, Collection<Past> past) {
        var now = situation.at();
        if (!enabled) {
            return Optional.of("it is off");
        }
        if (!situation.majority()) {
            return Optional.of("this view does not reach a majority of the views");
        }
        return held(past)
                .or(() -> tooMany(past, now))
                .or(() -> timeOfDay(now))
                .or(() -> maintenance(situation))
                .or(() -> incident(situation))
                .or(() -> unrest(situation));
    }

    private static Optional<String> held(Collection<Past> past) {
        return past.stream()
                .filter(one -> one.own() == one.stopped())
                .max(Comparator.comparing(Past::startedAt))
                .filter(Past::own)
                .map(one -> "the one of " + one.startedAt() + " stopped, and nobody has had one done since");
    }

    private Optional<String> tooMany(Collection<Past> past, Instant now) {
        var since = now.minus(Duration.ofDays(1));
        var recent = past.stream()
                .filter(one -> one.own() && one.startedAt().isAfter(since))
                .count();
        return recent >= perDay ? Optional.of("there were " + recent + " in 24 hours") : Optional.empty();
    }

    private Optional<String> timeOfDay(Instant now) {
        var time = now.atZone(zone).toLocalTime();
        var isIn = from.equals(until)
                || (from.isBefore(until)
                        ? !time.isBefore(from) && time.isBefore(until)
                        : !time.isBefore(from) || time.isBefore(until));
        return isIn ? Optional.empty() : Optional.of("it is not between " + from + " and " + until);
    }

    private static Optional<String> maintenance(Situation situation) {
        return situation.maintained().stream().sorted().findFirst().map(component -> component + " is in maintenance");
    }

    private Optional<String> incident(Situation situation) {
        var since = situation.at().minus(calm);
        return situation.incidents().stream()
                .filter(incident -> incident.isOpen()
                        || incident.resolvedAt().filter(since::isBefore).isPresent())
                .findFirst()
                .map(incident -> "incident " + incident.id() + (incident.isOpen() ? " is open" : " has just ended"));
    }

    private Optional<String> unrest(Situation situation) {
        var since = situation.at().minus(calm);
        for (var host : situation.hosts()) {
            var changed = host.nexuses().stream()
                    .filter(row -> host.since(row).isAfter(since))
                    .findFirst();
            if (changed.isPresent()) {
                return Optional.of("nexus " + changed.get().nexus() + " of host " + host.host() + " has just changed");
            }
        }
        return situation.disputes().stream().findFirst().map(Dispute::words);
    }
}
