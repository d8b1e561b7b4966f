package org.lunwarden.conf.blacklist;

import java.util.Locale;

/** What a rule looks at, in the order in which a disk is judged. */
public enum Criterion {
    PROPERTY,
    DEVNODE,
    DEVICE,
    PROTOCOL,
    WWID;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
