package org.lunwarden.node;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.model.Nexus;

/**
 * Paces the calls to check a nexus. One path that fails may have failed alone: a few of the others are asked. What a second one
 * says of the same nexus within {@link #QUIET} calls for all of them at once; calls that follow within that time come to one
 * at its end. So a unit that is lost costs a few checks, and a flapping port one round of checks in that time, however many
 * paths fail.
 */
final class NexusAlarms {

    static final Duration QUIET = Duration.ofSeconds(1);

    /** What became of a path. */
    enum News {
        LOST,
        BACK
    }

    enum Reach {
        FEW,
        ALL
    }

    /** @param in how long to wait with the check */
    record Call(Duration in, Reach reach) {}

    private record Round(Duration at, Reach reach) {}

    private final Map<Nexus, Round> rung = new HashMap<>();
    private final Map<Nexus, Set<News>> due = new HashMap<>();

    /** The check that the news calls for; empty when one is to come already. */
    Optional<Call> raise(Nexus nexus, News news, Duration now) {
        var last = Optional.ofNullable(rung.get(nexus))
                .filter(round -> now.minus(round.at()).compareTo(QUIET) < 0);
        if (last.isEmpty() || last.get().reach() == Reach.FEW) {
            var reach = last.isEmpty() ? Reach.FEW : Reach.ALL;
            rung.put(nexus, new Round(now, reach));
            return Optional.of(new Call(Duration.ZERO, reach));
        }
        var waiting = due.containsKey(nexus);
        due.computeIfAbsent(nexus, first -> EnumSet.noneOf(News.class)).add(news);
        return waiting
                ? Optional.empty()
                : Optional.of(new Call(QUIET.minus(now.minus(last.get().at())), Reach.ALL));
    }

    /**
     * The time of a delayed call has come.
     *
     * @return the news that it is for
     */
    Set<News> ring(Nexus nexus, Duration now) {
        rung.put(nexus, new Round(now, Reach.ALL));
        return Optional.ofNullable(due.remove(nexus)).orElseGet(Set::of);
    }
}
