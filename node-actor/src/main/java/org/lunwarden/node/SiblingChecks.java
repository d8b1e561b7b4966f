package org.lunwarden.node;

import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;

import org.lunwarden.io.HostClock;
import org.lunwarden.model.Nexus;
import org.lunwarden.node.NexusAlarms.News;
import org.lunwarden.path.PathActor;

/** Has the paths of a nexus checked when one of them fails or comes back: paths of one nexus fail together. */
final class SiblingChecks {

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

    void raise(Nexus nexus, News news) {
        alarms.raise(nexus, news, clock.uptime()).ifPresent(wait -> {
            if (wait.isZero()) {
                check(nexus, Set.of(news));
            } else {
                delay.accept(nexus, wait);
            }
        });
    }

    void ring(Nexus nexus) {
        check(nexus, alarms.ring(nexus, clock.uptime()));
    }

    /** Those that have said the same need not be asked. */
    private void check(Nexus nexus, Set<News> news) {
        paths.of(nexus).stream()
                .filter(path -> news.stream().anyMatch(path::mayFollow))
                .forEach(path -> path.actor().tell(new PathActor.CheckNow()));
    }

    void checkAll(Nexus nexus) {
        paths.of(nexus).forEach(path -> path.actor().tell(new PathActor.CheckNow()));
    }
}
