package org.lunwarden.deploy;

import java.util.concurrent.CountDownLatch;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM or SIGINT: a wish that this process end. Once it was given, the process ends as soon as this is closed, and with
 * status 0 unless told otherwise, so that an end in order counts as one with whoever asked for it.
 */
public final class EndSignal implements AutoCloseable {

    private final CountDownLatch given = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int status;

    private EndSignal() {}

    /** From now on a signal is heard here. */
    public static EndSignal listen() {
        var signal = new EndSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::end, "end"));
        return signal;
    }

    public void await() throws InterruptedException {
        given.await();
    }

    public boolean isGiven() {
        return given.getCount() == 0;
    }

    /** What the process ends with if a signal was given. Gives it back. */
    public int endWith(int exitStatus) {
        status = exitStatus;
        return exitStatus;
    }

    private void end() {
        if (closed.getCount() == 0) {
            return;
        }
        given.countDown();
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            log.stop();
        }
        Runtime.getRuntime().halt(status);
    }

    /** Lets the process end. */
    @Override
    public void close() {
        closed.countDown();
    }
}
