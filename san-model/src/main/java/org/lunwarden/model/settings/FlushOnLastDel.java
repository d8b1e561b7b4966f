package org.lunwarden.model.settings;

/** What becomes of a map when its last path was removed ({@code flush_on_last_del} of multipath.conf(5)). */
public enum FlushOnLastDel {
    /** It stays while it queues. */
    NEVER("never"),
    /** It goes when nobody has it open. */
    UNUSED("unused"),
    /** Its I/O fails, so that whoever has it open lets it go. */
    ALWAYS("always");

    private final String word;

    FlushOnLastDel(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
