package org.lunwarden.deploy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

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

    private static final String AUDIT = "lunwarden.audit";
    private static final LongAdder OF_AUDIT = new LongAdder();
    private static final LongAdder OTHERS = new LongAdder();

    private final AtomicLong dropped = new AtomicLong();

    public DroppingAppender() {
        setNeverBlock(true);
        setDiscardingThreshold(0);
        setIncludeCallerData(false);
    }

    /** Lines of the audit trail that were dropped since this process began. */
    public static long droppedOfAudit() {
        return OF_AUDIT.sum();
    }

    /** Other lines that were dropped since this process began. */
    public static long droppedOthers() {
        return OTHERS.sum();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (getRemainingCapacity() < 2) {
            dropped.incrementAndGet();
            (event.getLoggerName().equals(AUDIT) ? OF_AUDIT : OTHERS).increment();
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
