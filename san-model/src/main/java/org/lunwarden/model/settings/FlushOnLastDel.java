package org.lunwarden.model.settings;

/** What becomes of a map when its last path was removed ({@code flush_on_last_del} of multipath.conf(5)). */
public enum FlushOnLastDel {
    /** It stays while it queues. */
    NEVER,
    /** It goes when nobody has it open. */
    UNUSED,
    /** Its I/O fails, so that whoever has it open lets it go. */
    ALWAYS
}
