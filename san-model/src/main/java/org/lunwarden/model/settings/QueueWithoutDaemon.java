package org.lunwarden.model.settings;

/** Whether I/O that waits for a path goes on to wait when the daemon has ended; {@code queue_without_daemon}. */
public enum QueueWithoutDaemon {
    /** It always waits. */
    YES,
    /** It always fails. */
    NO,
    /** It waits when the daemon alone ends, and fails when the host goes down, which would wait for it without an end. */
    UNTIL_SHUTDOWN;

    /** Whether a map that queues is told to fail such I/O. */
    public boolean failsIoAt(Ending ending) {
        return switch (this) {
            case YES -> false;
            case NO -> true;
            case UNTIL_SHUTDOWN -> ending == Ending.HOST;
        };
    }
}
