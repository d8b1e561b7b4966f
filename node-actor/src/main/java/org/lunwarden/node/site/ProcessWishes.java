package org.lunwarden.node.site;

/**
 * What a site wants of the daemon's process.
 *
 * @param verbosity how much is logged: 0 errors, 1 warnings too, 2 what is done, from 3 on more
 * @param maxFds files that may be open; {@code Integer.MAX_VALUE} for as many as the kernel lets a process have
 */
public record ProcessWishes(int verbosity, int maxFds) {

    /** What holds where nothing is said. */
    public static final ProcessWishes BUILT_IN = new ProcessWishes(2, Integer.MAX_VALUE);
}
