package org.lunwarden.conf.blacklist;

/** What a rule looks at, in the order in which a disk is judged. */
public enum Criterion {
    PROPERTY,
    DEVNODE,
    DEVICE,
    PROTOCOL,
    WWID
}
