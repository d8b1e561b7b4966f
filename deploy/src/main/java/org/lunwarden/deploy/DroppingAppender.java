package org.lunwarden.deploy;

import java.util.concurrent.atomic.LongAdder;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * Hands log lines to a thread of its own and never waits for it: the disk under the log may be one whose paths are gone.
 * What does not fit is dropped and counted.
 */
public final class DroppingAppender extends AsyncAppender {

    private final LongAdder dropped = new LongAdder();

    public DroppingAppender() {
        setNeverBlock(true);
        setDiscardingThreshold(0);
        setIncludeCallerData(false);
    }

    /** Lines dropped since the start. */
    public long dropped() {
        return dropped.sum();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (getRemainingCapacity() == 0) {
            dropped.increment();
        } else {
            super.append(event);
        }
    }

    @Override
    public void stop() {
        super.stop();
        if (dropped() > 0) {
            addWarn(dropped() + " log lines were dropped since nobody took them");
        }
    }
}
