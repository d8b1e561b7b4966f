package org.lunwarden.node;

import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;

import org.lunwarden.io.HostClock;
import org.lunwarden.model.Nexus;
import org.lunwarden.node.NexusAlarms.News;
import org.lunwarden.node.NexusAlarms.Reach;
import org.lunwarden.path.PathActor;

/** Has the paths of a nexus checked when one of them fails or comes back: paths of one nexus often fail together. */
final class SiblingChecks {

    private static final int FEW = 8;

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
        alarms.raise(nexus, news, clock.uptime()).ifPresent(call -> {
            if (call.in().isZero()) {
                check(nexus, Set.of(news), call.reach());
            } else {
                delay.accept(nexus, call.in());
            }
        });
    }

    void ring(Nexus nexus) {
        check(nexus, alarms.ring(nexus, clock.uptime()), Reach.ALL);
    }

    /** Those that have said the same need not be asked. */
    private void check(Nexus nexus, Set<News> news, Reach reach) {
        paths.of(nexus).stream()
                .filter(path -> news.stream().anyMatch(path::mayFollow))
                .limit(reach == Reach.ALL ? Long.MAX_VALUE : FEW)
                .forEach(path -> path.actor().tell(new PathActor.CheckNow()));
    }

    void checkAll(Nexus nexus) {
        paths.of(nexus).forEach(path -> path.actor().tell(new PathActor.CheckNow()));
    }
}
