package org.lunwarden.path;

import org.lunwarden.model.PathState;

/** What the actor of a path waits for. */
sealed interface Phase {

    record Resting() implements Phase {}

    /**
     * @param isLook only the kernel's word is read
     * @param requested the outcome is reported, changed or not
     * @param again another check was asked for meanwhile
     * @param proves the path is called good only if it shows that it is the unit it was
     */
    record Checking(int check, boolean isLook, boolean requested, boolean again, boolean proves) implements Phase {

        Checking andAgain() {
            return new Checking(check, isLook, requested, true, proves);
        }

        /** The path was called in question after the check began: what it proves is old. */
        Checking doubted() {
            return new Checking(check, isLook, requested, true, false);
        }
    }

    /** @param sysfs what the kernel's word said in the check before */
    record Rating(int check, boolean requested, boolean again, PathState sysfs) implements Phase {

        Rating andAgain() {
            return new Rating(check, requested, true, sysfs);
        }
    }
}
