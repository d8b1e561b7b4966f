package org.lunwarden.node;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.model.Nexus;

/**
 * Paces the calls to check a nexus: the first call is for now, those that follow within {@link #QUIET} come to one at
 * its end. So a flapping port costs one round of checks in that time, however many paths fail.
 */
final class NexusAlarms {

    static final Duration QUIET = Duration.ofSeconds(1);

    /** What became of a path. */
    enum News {
        LOST,
        BACK
    }

    private final Map<Nexus, Duration> rung = new HashMap<>();
    private final Map<Nexus, Set<News>> due = new HashMap<>();

    /** How long to wait with the check that the news calls for; empty when one is to come already. */
    Optional<Duration> raise(Nexus nexus, News news, Duration now) {
        var last = rung.get(nexus);
        if (last == null || now.minus(last).compareTo(QUIET) >= 0) {
            rung.put(nexus, now);
            return Optional.of(Duration.ZERO);
        }
        var waiting = due.containsKey(nexus);
        due.computeIfAbsent(nexus, first -> EnumSet.noneOf(News.class)).add(news);
        return waiting ? Optional.empty() : Optional.of(QUIET.minus(now.minus(last)));
    }

    /**
     * The time of a delayed call has come.
     *
     * @return the news that it is for
     */
    Set<News> ring(Nexus nexus, Duration now) {
        rung.put(nexus, now);
        return Optional.ofNullable(due.remove(nexus)).orElseGet(Set::of);
    }
}
