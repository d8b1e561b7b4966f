package org.lunwarden.model.settings;

/** Where a path's priority comes from ({@code prio} of multipath.conf(5)). */
public enum PrioKind {
    CONST("const"),
    /** REPORT TARGET PORT GROUPS. */
    ALUA("alua"),
    /** The kernel's {@code access_state}. */
    SYSFS("sysfs"),
    /** 1 to 10, another one each time. */
    RANDOM("random"),
    /** A CLARiiON's or VNX's owner of the unit. */
    EMC("emc"),
    /** An RDAC array's owner of the volume. */
    RDAC("rdac"),
    /** TEST UNIT READY, of an array whose other controller must be told to take over. */
    HP_SW("hp_sw"),
    /** A Hitachi array's home controller of the unit. */
    HDS("hds"),
    /** A NetApp array's word on how this path leads to the unit. */
    ONTAP("ontap"),
    /** The access state that an NVMe controller reports of the namespace. */
    ANA("ana"),
    /** How long reads take. */
    PATH_LATENCY("path_latency"),
    /** The portal that the arguments prefer. */
    IET("iet"),
    /** The server that the arguments prefer. */
    DATACORE("datacore"),
    /** The number beside the first expression of the arguments that fits the path. */
    WEIGHTEDPATH("weightedpath");

    private final String word;

    PrioKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
