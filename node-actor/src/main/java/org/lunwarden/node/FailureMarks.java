package org.lunwarden.node;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.lunwarden.model.Wwid;
import org.lunwarden.node.names.FailedWwids;

/** The marks of WWIDs whose map the kernel refused, as they are and as they are to be. */
final class FailureMarks {

    private final Map<Wwid, Boolean> wanted = new TreeMap<>();
    /** Of a task that broke. */
    private final Map<Wwid, Boolean> lost = new TreeMap<>();

    private Optional<FailedWwids> marked = Optional.empty();

    /** @param unsure whether a task is at work that may change what is known of them */
    void mark(Wwid wwid, boolean failed, boolean unsure) {
        if (unsure || marked.isEmpty() || marked.get().wwids().contains(wwid) != failed) {
            wanted.put(wwid, failed);
        }
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** Those that are to be written: they count as done unless they are lost. */
    Map<Wwid, Boolean> take() {
        var all = new TreeMap<>(wanted);
        wanted.clear();
        return all;
    }

    void lost(Map<Wwid, Boolean> taken) {
        lost.putAll(taken);
    }

    /** What was lost is wanted again, unless something else is wanted since. */
    void again() {
        lost.forEach(wanted::putIfAbsent);
        lost.clear();
    }

    /** @param now empty when they cannot be listed */
    void are(Optional<FailedWwids> now) {
        marked = now;
        now.ifPresent(known ->
                wanted.entrySet().removeIf(mark -> known.wwids().contains(mark.getKey()) == mark.getValue()));
    }
}
