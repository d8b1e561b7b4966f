package org.lunwarden.deploy;

import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;

/**
 * Hands log lines to a thread of its own and never waits for it: the disk under the log may be one whose paths are gone.
 * What does not fit is dropped and counted, and the first line that fits again is preceded by one that tells the count.
 */
public final class DroppingAppender extends AsyncAppender {

    private final AtomicLong dropped = new AtomicLong();

    public DroppingAppender() {
        setNeverBlock(true);
        setDiscardingThreshold(0);
        setIncludeCallerData(false);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (getRemainingCapacity() < 2) {
            dropped.incrementAndGet();
            return;
        }
        var lost = dropped.getAndSet(0);
        if (lost > 0) {
            super.append(lossOf(lost));
        }
        super.append(event);
    }

    private ILoggingEvent lossOf(long lines) {
        Logger logger = ((LoggerContext) getContext()).getLogger(DroppingAppender.class);
        return new LoggingEvent(
                DroppingAppender.class.getName(),
                logger,
                Level.WARN,
                "{} log lines were dropped: nobody took them",
                null,
                new Object[] {lines});
    }
}
