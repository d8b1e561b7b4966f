package org.lunwarden.fleet;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** Threads of those that block, which get to do so late: every disk of the member takes its time. Pekko makes it by name. */
public final class SlowDisks extends ExecutorServiceConfigurator {

    /** Far longer than views need to agree. */
    private static final Duration LATE = Duration.ofSeconds(1);

    /** What came meanwhile is done in one go. */
    static final Config CONFIG = ConfigFactory.parseString("""
            pekko.actor.default-blocking-io-dispatcher {
              executor = "org.lunwarden.fleet.SlowDisks"
              throughput = 1000
            }
            """);

    public SlowDisks(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        return () -> new ScheduledThreadPoolExecutor(4, threads) {
            @Override
            public void execute(Runnable work) {
                var unused = schedule(work, LATE.toMillis(), TimeUnit.MILLISECONDS);
            }
        };
    }
}
