package org.lunwarden.map;

import java.util.Set;
import java.util.TreeSet;

import org.lunwarden.model.Wwid;

/** What an operator said of maps and has not taken back. It outlives their actors. Safe for use by several threads. */
final class OperatorWords {

    private final Set<Wwid> queueingDisabled = new TreeSet<>();

    synchronized void disableQueueing(Wwid wwid) {
        queueingDisabled.add(wwid);
    }

    synchronized void restoreQueueing(Wwid wwid) {
        queueingDisabled.remove(wwid);
    }

    synchronized boolean isQueueingDisabled(Wwid wwid) {
        return queueingDisabled.contains(wwid);
    }
}
