package org.lunwarden.model.settings;

/** Whether a map follows its paths when all of them have another size ({@code auto_resize} of multipath.conf(5)). */
public enum AutoResize {
    NEVER("never"),
    GROW_ONLY("grow_only"),
    GROW_SHRINK("grow_shrink");

    private final String word;

    AutoResize(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** Whether a map of one size is to get another one. */
    public boolean allows(long fromSectors, long toSectors) {
        return switch (this) {
            case NEVER -> false;
            case GROW_ONLY -> toSectors > fromSectors;
            case GROW_SHRINK -> toSectors != fromSectors;
        };
    }
}
