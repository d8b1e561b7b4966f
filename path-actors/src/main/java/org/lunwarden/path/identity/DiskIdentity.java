package org.lunwarden.path.identity;

import java.util.Optional;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.DeviceIdentification;
import org.lunwarden.model.scsi.UnitSerialNumber;

/**
 * Tells which logical unit a disk is a path to. Pure.
 *
 * <p>udev's word comes first: {@code ID_SERIAL}, for NVMe {@code ID_WWN}. Where udev says nothing usable, the disk's own
 * pages are read as udev's rules would: page 0x83, else vendor, product and the serial number of page 0x80, led by
 * {@code S} (scsi_id(8)), so that the identifier stays the same once udev has seen the disk. Of NVMe the kernel's word is
 * taken.
 */
public final class DiskIdentity {

    private static final int VENDOR_WIDTH = 8;
    private static final int PRODUCT_WIDTH = 16;

    private DiskIdentity() {}

    /** Empty when the disk names no logical unit, or names it by what cannot be a WWID. */
    public static Optional<Wwid> wwid(Disk disk) {
        return fromUdev(disk).or(() -> fromPages(disk));
    }

    /** By what the disk tells itself, whatever udev says. */
    public static Optional<Wwid> fromPages(Disk disk) {
        return fromPage83(disk).or(() -> fromPage80(disk)).or(() -> fromKernel(disk));
    }

    private static Optional<Wwid> fromUdev(Disk disk) {
        var property = disk.isNvme() ? "ID_WWN" : "ID_SERIAL";
        return valid(disk.udev().getOrDefault(property, ""));
    }

    /** What the kernel calls an NVMe namespace, which is where udev's rules have it from. */
    static Optional<Wwid> fromKernel(Disk disk) {
        return disk.ports() instanceof PortFacts.Nvme nvme ? valid(nvme.wwid()) : Optional.empty();
    }

    private static Optional<Wwid> fromPage83(Disk disk) {
        return switch (DeviceIdentification.parse(disk.vpd83())) {
            case Decoded.Ok<DeviceIdentification>(var identification) ->
                switch (identification.wwid()) {
                    case Decoded.Ok<Wwid>(var wwid) -> Optional.of(wwid);
                    case Decoded.Invalid<Wwid> unusable -> Optional.empty();
                };
            case Decoded.Invalid<DeviceIdentification> unusable -> Optional.empty();
        };
    }

    private static Optional<Wwid> fromPage80(Disk disk) {
        return switch (UnitSerialNumber.parse(disk.vpd80())) {
            case Decoded.Ok<String>(var serial) ->
                valid(plain(
                        "S" + padded(disk.vendor(), VENDOR_WIDTH) + padded(disk.product(), PRODUCT_WIDTH) + serial));
            case Decoded.Invalid<String> unusable -> Optional.empty();
        };
    }

    private static Optional<Wwid> valid(String text) {
        return Wwid.isValid(text) ? Optional.of(new Wwid(text)) : Optional.empty();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** As udev stores a text: runs of blanks and any unusual character as an underscore. */
    private static String plain(String text) {
        return text.strip().replaceAll("\\s+", "_").replaceAll("[^A-Za-z0-9#+.:=@_-]", "_");
    }
}
