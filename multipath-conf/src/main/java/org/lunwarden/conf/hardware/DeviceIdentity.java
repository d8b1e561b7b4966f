package org.lunwarden.conf.hardware;

/** What a disk tells of itself in its INQUIRY data; the blanks that fill a field up are no part of it. */
public record DeviceIdentity(String vendor, String product, String revision) {

    public DeviceIdentity {
        vendor = vendor.stripTrailing();
        product = product.stripTrailing();
        revision = revision.stripTrailing();
    }
}
