package org.lunwarden.node;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Nexus;

/**
 * Paces the calls to check a nexus. One path that fails may have failed alone: a few of the others are asked. When a second one
 * says the same within {@link #QUIET}, all of them are, at once; calls that follow within that time come to one at its end. So a
 * unit that is lost costs a few checks, and a flapping port one round of checks in that time, however many paths fail.
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

    private record Subject(Nexus nexus, News news) {}

    private record Round(Duration at, Reach reach, DeviceName path) {}

    private final Map<Subject, Round> rung = new HashMap<>();
    private final Map<Nexus, Set<News>> due = new HashMap<>();

    /**
     * The check that the news calls for; empty when none is to be made, or one is to come already.
     *
     * @param path whose news it is; of the kernel's word and of a check it may come twice
     */
    Optional<Call> raise(Nexus nexus, DeviceName path, News news, Duration now) {
        var subject = new Subject(nexus, news);
        var last = rung.get(subject);
        if (last == null || now.minus(last.at()).compareTo(QUIET) >= 0) {
            return Optional.of(call(subject, new Round(now, Reach.FEW, path)));
        }
        if (last.reach() == Reach.FEW) {
            return last.path().equals(path)
                    ? Optional.empty()
                    : Optional.of(call(subject, new Round(now, Reach.ALL, path)));
        }
        var waiting = due.containsKey(nexus);
        due.computeIfAbsent(nexus, first -> EnumSet.noneOf(News.class)).add(news);
        return waiting ? Optional.empty() : Optional.of(new Call(QUIET.minus(now.minus(last.at())), Reach.ALL));
    }

    private Call call(Subject subject, Round round) {
        rung.put(subject, round);
        return new Call(Duration.ZERO, round.reach());
    }

    /**
     * The time of a delayed call has come.
     *
     * @return the news that it is for
     */
    Set<News> ring(Nexus nexus, Duration now) {
        var news = Optional.ofNullable(due.remove(nexus)).orElseGet(Set::of);
        news.forEach(each -> rung.computeIfPresent(
                new Subject(nexus, each), (subject, last) -> new Round(now, Reach.ALL, last.path())));
        return news;
    }
}
