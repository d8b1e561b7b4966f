package org.lunwarden.node;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import org.lunwarden.model.Wwid;

/** The WWIDs that have a map, and whether the file has them. */
final class RememberedWwids {

    private final KnownWwids known;
    private final Runnable moreWwids;
    /** Each once: what a hand takes out of the file while its map is there stays out. */
    private final Set<Wwid> toRemember = new HashSet<>();
    /** Those that could not be written. */
    private final Set<Wwid> unwritten = new HashSet<>();

    /**
     * @param known is told what is in the file
     * @param moreWwids called when another than this daemon added some
     */
    RememberedWwids(KnownWwids known, Runnable moreWwids) {
        this.known = known;
        this.moreWwids = moreWwids;
    }

    void remember(Wwid wwid) {
        toRemember.add(wwid);
    }

    void forget(Wwid wwid) {
        toRemember.remove(wwid);
    }

    Set<Wwid> toWrite() {
        var missing = new TreeSet<>(toRemember);
        missing.removeAll(known.now());
        missing.removeAll(unwritten);
        return missing;
    }

    /** They are not written until {@link #again}. */
    void lost(Set<Wwid> taken) {
        unwritten.addAll(taken);
    }

    void again() {
        unwritten.clear();
    }

    /**
     * The file was read.
     *
     * @param ours that were written into it just now
     */
    void are(Set<Wwid> inFile, Set<Wwid> ours) {
        toRemember.removeAll(ours);
        var others = new TreeSet<>(inFile);
        others.removeAll(known.now());
        others.removeAll(ours);
        var isFirst = known.are(inFile);
        if (!isFirst && !others.isEmpty()) {
            moreWwids.run();
        }
    }
}
