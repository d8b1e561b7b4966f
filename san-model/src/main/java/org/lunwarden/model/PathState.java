package org.lunwarden.model;

/**
 * What a path checker found, in the order and with the words of the reference ({@code multipathd show paths}, wildcard
 * {@code %T}).
 */
public enum PathState {
    /** The checker cannot run on this device. */
    WILD("undef"),
    /** Not checked yet. */
    UNCHECKED("undef"),
    DOWN("faulty"),
    UP("ready"),
    /** Usable in principle, treated as failed. */
    SHAKY("shaky"),
    /** A passive controller's path: usable only after a failover of the array. */
    GHOST("ghost"),
    /** The check has not ended; the state before it still holds. */
    PENDING("i/o pending"),
    /** The check passed its deadline. */
    TIMEOUT("i/o timeout"),
    /** The device is gone from sysfs. */
    REMOVED("undef"),
    /** Good, but held back until it has proved itself. */
    DELAYED("delayed"),
    /** The logical unit is no longer there. */
    DISCONNECTED("down");

    private final String label;

    PathState(String label) {
        this.label = label;
    }

    /** The word of the listing, for example {@code faulty}. */
    public String label() {
        return label;
    }

    /** Whether the kernel may send I/O through a path in this state. */
    public boolean isUsable() {
        return this == UP || this == GHOST;
    }
}
