package org.lunwarden.node;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.lunwarden.io.HostClock;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Nexus;
import org.lunwarden.node.NexusAlarms.News;
import org.lunwarden.node.NexusAlarms.Reach;
import org.lunwarden.path.PathActor;

/** Has paths of a nexus checked when one of them fails or comes back: paths of one nexus often do so together. */
final class SiblingChecks {

    /** So many that one which hangs or is lost by itself does not matter, and so few that nobody feels them. */
    static final int FEW = 8;

    private final PathTable paths;
    private final HostClock clock;
    private final BiConsumer<Nexus, Duration> delay;
    private final NexusAlarms alarms = new NexusAlarms();

    /** @param delay calls {@link #ring} for that nexus after so long */
    SiblingChecks(PathTable paths, HostClock clock, BiConsumer<Nexus, Duration> delay) {
        this.paths = paths;
        this.clock = clock;
        this.delay = delay;
    }

    void raise(Nexus nexus, DeviceName path, News news) {
        alarms.raise(nexus, path, news, clock.uptime()).ifPresent(call -> {
            if (!call.in().isZero()) {
                delay.accept(nexus, call.in());
            } else if (call.reach() == Reach.ALL) {
                check(following(nexus, Set.of(news)));
            } else {
                check(after(path, following(nexus, Set.of(news)).toList()));
            }
        });
    }

    void ring(Nexus nexus) {
        check(following(nexus, alarms.ring(nexus, clock.uptime())));
    }

    void checkAll(Nexus nexus) {
        check(paths.of(nexus).stream());
    }

    private static void check(Stream<PathEntry> some) {
        some.forEach(path -> path.actor().tell(new PathActor.CheckNow()));
    }

    /** Those that have said the same need not be asked. */
    private Stream<PathEntry> following(Nexus nexus, Set<News> news) {
        return paths.of(nexus).stream().filter(path -> news.stream().anyMatch(path::mayFollow));
    }

    /** The next ones by name: what is lost together often stands together, and other news asks others. */
    private static Stream<PathEntry> after(DeviceName path, List<PathEntry> all) {
        var next = (int) all.stream()
                .filter(each -> each.seat().disk().name().compareTo(path) <= 0)
                .count();
        return Stream.concat(all.stream().skip(next), all.stream().limit(next)).limit(FEW);
    }
}
