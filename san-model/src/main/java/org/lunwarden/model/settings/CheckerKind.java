package org.lunwarden.model.settings;

/** How a path is checked ({@code path_checker} of multipath.conf(5)). */
public enum CheckerKind {
    /** TEST UNIT READY. */
    TUR("tur"),
    /** Reads the first block past the page cache. */
    DIRECTIO("directio"),
    /** Reads the first block by a SCSI command. */
    READSECTOR0("readsector0"),
    /** Asks an RDAC array which controller owns the volume. */
    RDAC("rdac"),
    /** Asks a CLARiiON or VNX how the unit looks from this port, and reads from it where it is owned. */
    EMC_CLARIION("emc_clariion"),
    /** TEST UNIT READY, of an array whose other controller must be told to take over. */
    HP_SW("hp_sw"),
    /** TEST UNIT READY, where nothing but success counts. */
    CCISS_TUR("cciss_tur"),
    /** What the kernel says of the device, and nothing else. */
    NONE("none");

    private final String word;

    CheckerKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
