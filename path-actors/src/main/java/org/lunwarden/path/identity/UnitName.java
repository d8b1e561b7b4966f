package org.lunwarden.path.identity;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.lunwarden.io.Disk;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.Designator;
import org.lunwarden.model.scsi.DeviceIdentification;
import org.lunwarden.model.scsi.UnitSerialNumber;

/**
 * What a logical unit calls itself. A path is held to the name it had when it was taken, for as long as it is a path: the
 * kernel's pages and udev's properties may follow another unit that was given its number, each at its own time.
 *
 * @param name a WWID; of page 0x80 the serial number
 */
public record UnitName(Source source, String name) {

    /** As udev writes it: 3, then 8 or 16 bytes in lower-case hexadecimal digits. */
    private static final Pattern NAA = Pattern.compile("3(?:[0-9a-f]{16}){1,2}");

    private static final HexFormat HEX = HexFormat.of();

    /** Where the name was read. */
    public enum Source {
        PAGE_83,
        PAGE_80,
        /** A disk that takes no SCSI commands. */
        KERNEL
    }

    /** As the disk's own pages tell, 0x83 first. Empty when they name no unit, whatever udev says. */
    public static Optional<UnitName> of(Disk disk) {
        return disk.hctl().isEmpty()
                ? from(Source.KERNEL, disk)
                : from(Source.PAGE_83, disk).or(() -> from(Source.PAGE_80, disk));
    }

    /**
     * The unit that the disk must be to be a path of that WWID: as its own pages tell. Where both are NAA names and none
     * that page 0x83 gives the unit is the WWID, it is the WWID: udev has not heard yet that the number was given to
     * another unit. Other WWIDs may be made in ways that no page shows. Empty when the disk names itself nowhere.
     */
    public static Optional<UnitName> expected(Disk disk, Wwid wwid) {
        return of(disk).map(own -> own.source() == Source.PAGE_83
                        && isNaa(own.name())
                        && isNaa(wwid.value())
                        && !naaNames(disk.vpd83()).contains(wwid.value())
                ? new UnitName(Source.PAGE_83, wwid.value())
                : own);
    }

    private static boolean isNaa(String name) {
        return NAA.matcher(name).matches();
    }

    private static Set<String> naaNames(List<Byte> page) {
        return value(DeviceIdentification.parse(page)).stream()
                .flatMap(identification -> identification.designators().stream())
                .filter(one -> one.type() == Designator.NAA && one.association() == Designator.Association.LOGICAL_UNIT)
                .map(one -> "3" + one.id().stream().map(HEX::toHexDigits).collect(Collectors.joining()))
                .collect(Collectors.toSet());
    }

    /** The name that a page holds; empty when it names no unit, or is another page. */
    public static Optional<UnitName> ofPage(Source source, List<Byte> page) {
        var name = switch (source) {
            case PAGE_83 ->
                value(DeviceIdentification.parse(page))
                        .flatMap(identification -> value(identification.wwid()))
                        .map(Wwid::value);
            case PAGE_80 -> value(UnitSerialNumber.parse(page));
            case KERNEL -> Optional.<String>empty();
        };
        return name.map(text -> new UnitName(source, text));
    }

    /** What the disk tells now where this name was read, when that is another name; empty when it tells nothing there. */
    public Optional<UnitName> deniedBy(Disk disk) {
        return from(source, disk).filter(now -> !now.equals(this));
    }

    private static Optional<UnitName> from(Source source, Disk disk) {
        return switch (source) {
            case PAGE_83 -> ofPage(source, disk.vpd83());
            case PAGE_80 -> ofPage(source, disk.vpd80());
            case KERNEL -> DiskIdentity.wwid(disk).map(wwid -> new UnitName(source, wwid.value()));
        };
    }

    private static <T> Optional<T> value(Decoded<T> decoded) {
        return switch (decoded) {
            case Decoded.Ok<T>(var value) -> Optional.of(value);
            case Decoded.Invalid<T> unusable -> Optional.empty();
        };
    }
}
