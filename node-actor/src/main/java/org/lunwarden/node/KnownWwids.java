package org.lunwarden.node;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.lunwarden.model.Wwid;

/**
 * The WWIDs that have had a map on this host, as they were last read. Outlives who reads them, and who asks; safe for use
 * by several threads.
 */
final class KnownWwids {

    /** A look at the disks waits no longer for a file whose disk does not answer, and goes on without. */
    private static final long PATIENCE_SECONDS = 2;

    private final CompletableFuture<Boolean> read = new CompletableFuture<>();
    private volatile Set<Wwid> wwids = Set.of();
    private volatile boolean missed;

    Set<Wwid> now() {
        return wwids;
    }

    /** Whether nobody has gone on without them yet. */
    boolean are(Set<Wwid> all) {
        wwids = Set.copyOf(all);
        return read.complete(true) && !missed;
    }

    /** As soon as they have been read once, or could have been. */
    CompletableFuture<Set<Wwid>> soon() {
        return read.copy()
                .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .thenApply(known -> {
                    missed = missed || !known;
                    return wwids;
                });
    }
}
