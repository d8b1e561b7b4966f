package org.lunwarden.deploy.daemon;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.lunwarden.io.linux.SystemdNotify;
import org.lunwarden.node.Node;

/**
 * Tells the service manager that the daemon is up, goes on living, and stops. A daemon of a host counts as alive while
 * its node actor answers: a watchdog that ticks beside a hung daemon would be no watchdog.
 */
public final class ServiceWatch implements AutoCloseable {

    private final SystemdNotify manager;
    private final Optional<Node> node;
    private final ScheduledExecutorService pace;

    private ServiceWatch(SystemdNotify manager, Optional<Node> node) {
        this.manager = manager;
        this.node = node;
        this.pace = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "watchdog");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Says that the daemon is ready, and from now on that it is alive, at half the time that the manager allows. */
    public static ServiceWatch begin(Optional<Node> node) {
        var watch = new ServiceWatch(SystemdNotify.fromEnvironment(), node);
        watch.manager.ready();
        watch.manager.watchdog().map(Duration::toMillis).ifPresent(limit -> {
            var unused =
                    watch.pace.scheduleWithFixedDelay(watch::tick, 0, Math.max(1, limit / 2), TimeUnit.MILLISECONDS);
        });
        return watch;
    }

    private void tick() {
        node.ifPresentOrElse(host -> host.status().thenAccept(answered -> manager.alive()), manager::alive);
    }

    /** Says that the daemon is being stopped. */
    @Override
    public void close() {
        pace.shutdownNow();
        manager.stopping();
    }
}
