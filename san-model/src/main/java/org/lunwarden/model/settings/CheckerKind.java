package org.lunwarden.model.settings;

/** How a path is checked ({@code path_checker} of multipath.conf(5)). */
public enum CheckerKind {
    /** TEST UNIT READY. */
    TUR("tur"),
    /** Reads the first block past the page cache. */
    DIRECTIO("directio");

    private final String word;

    CheckerKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
