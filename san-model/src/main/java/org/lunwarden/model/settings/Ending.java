package org.lunwarden.model.settings;

/** What ends when a daemon is told to stop. */
public enum Ending {
    /** The daemon alone: another is started, or somebody looks after the maps himself. */
    DAEMON,
    /** The host goes down: nobody brings a path back any more. */
    HOST
}
