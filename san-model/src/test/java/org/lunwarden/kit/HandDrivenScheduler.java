package org.lunwarden.kit;

import java.util.concurrent.ThreadFactory;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.testkit.ExplicitlyTriggeredScheduler;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/**
 * The test kit's {@link ManualTime}, but what is due at once is done at once and alone. The kit's own scheduler then does all
 * that is due, on the thread of the actor that asked, while the test's thread may be doing the same: a message arrives
 * twice, and a supervised actor that is told twice to restart stops.
 */
public final class HandDrivenScheduler extends ExplicitlyTriggeredScheduler {

    /** Made by the actor system. */
    public HandDrivenScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        super(config, log, threads);
    }

    /** For an actor system whose time a test lets pass. */
    public static Config config() {
        return ConfigFactory.parseString("pekko.scheduler.implementation = " + HandDrivenScheduler.class.getName())
                .withFallback(ManualTime.config())
                .withFallback(ConfigFactory.parseResources("application-test.conf"));
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
        if (delay.toNanos() > 0) {
            return super.scheduleOnce(delay, task, executor);
        }
        task.run();
        return Cancellable.alreadyCancelled();
    }
}
