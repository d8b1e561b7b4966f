package org.lunwarden.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.model.DevT;

/**
 * Calls about devices, some at a time with a pause after them: they keep one thread at most, and whoever has to answer for
 * them keeps up. For each device the newest counts. Safe for use by several threads.
 */
final class PacedCalls {

    private static final Logger LOG = LoggerFactory.getLogger(PacedCalls.class);

    private final int atOnce;
    private final Executor calls;
    private final Executor afterPause;

    private final Map<DevT, Runnable> due = new LinkedHashMap<>();
    private boolean underWay;

    /** @param afterPause runs what it is given when a pause is over */
    PacedCalls(int atOnce, Executor calls, Executor afterPause) {
        this.atOnce = atOnce;
        this.calls = calls;
        this.afterPause = afterPause;
    }

    void add(DevT device, Runnable call) {
        synchronized (this) {
            due.put(device, call);
            if (underWay) {
                return;
            }
            underWay = true;
        }
        begin();
    }

    /** Forgets what is due for all others. */
    synchronized void retain(Set<DevT> devices) {
        due.keySet().retainAll(devices);
    }

    private void begin() {
        try {
            calls.execute(this::some);
        } catch (RuntimeException noThread) {
            LOG.warn("no thread for calls that are due; they are tried with the next one: {}", noThread.getMessage());
            synchronized (this) {
                underWay = false;
            }
        }
    }

    private void some() {
        try {
            next().forEach(Runnable::run);
        } finally {
            afterPause.execute(this::more);
        }
    }

    private synchronized List<Runnable> next() {
        var next = new ArrayList<Runnable>();
        for (var calls = due.values().iterator(); calls.hasNext() && next.size() < atOnce; ) {
            next.add(calls.next());
            calls.remove();
        }
        return next;
    }

    private void more() {
        synchronized (this) {
            underWay = !due.isEmpty();
            if (!underWay) {
                return;
            }
        }
        begin();
    }
}
