package org.lunwarden.conf.value;

/** For devices whose node name begins with a prefix: the udev property that holds their WWID. */
public record UidAttribute(String prefix, String property) {}
