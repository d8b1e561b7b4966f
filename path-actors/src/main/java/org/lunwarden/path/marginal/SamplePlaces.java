package org.lunwarden.path.marginal;

import java.util.concurrent.Semaphore;

/** How many paths of a host are read for errors at once. Shared by all its paths; safe for use by several threads. */
public final class SamplePlaces {

    static final int PLACES = 32;

    private final Semaphore free = new Semaphore(PLACES);

    /** False when all are taken. What was taken is to be given back. */
    boolean take() {
        return free.tryAcquire();
    }

    void giveBack() {
        free.release();
    }
}
