package org.lunwarden.path.identity;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.lunwarden.io.Disk;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.scsi.Decoded;
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

    /** As the kernel writes it of a namespace, and udev after it. */
    private static final Pattern NAMESPACE = Pattern.compile("(?:uuid|eui|nvme)\\..+");

    /** Those of them that the namespace itself has. */
    private static final Pattern ITS_OWN = Pattern.compile("(?:uuid|eui)\\..+");

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
     * The unit that the disk must be to be a path of that WWID: as its own pages tell. Where both are NAA names, or the kernel's
     * names of a namespace, and none that the disk gives the unit is the WWID, it is the WWID: udev has not heard yet that the number was given to
     * another unit. Other WWIDs may be made in ways that no page shows. Empty when the disk names itself nowhere.
     */
    public static Optional<UnitName> expected(Disk disk, Wwid wwid) {
        return of(disk).map(own -> {
            var asUdevSays = new UnitName(own.source(), wwid.value());
            return own.isOfAKind()
                            && asUdevSays.isOfAKind()
                            && !all(own.source(), disk).contains(asUdevSays)
                    ? asUdevSays
                    : own;
        });
    }

    /** What the disk's pages alone prove of it as a path of that WWID, before it is asked. */
    public static UnitProof unasked(Disk disk, Wwid wwid) {
        return expected(disk, wwid)
                .map(unit -> unit.deniedBy(disk).isPresent() ? UnitProof.ANOTHER : UnitProof.OPEN)
                .orElse(UnitProof.PROVEN);
    }

    /** Made in a way that udev and the disk share, so that two that differ are two units. */
    private boolean isOfAKind() {
        return switch (source) {
            case PAGE_83 -> NAA.matcher(name).matches();
            case PAGE_80 -> false;
            case KERNEL -> NAMESPACE.matcher(name).matches();
        };
    }

    /** Whether the kernel has it from an NVMe namespace, and did not make it for one that has no name. */
    public boolean isOfNamespaceItself() {
        return source == Source.KERNEL && ITS_OWN.matcher(name).matches();
    }

    /** All names that a page gives its unit, the best first; empty when it names no unit, or is another page. */
    public static List<UnitName> all(Source source, List<Byte> page) {
        var names = switch (source) {
            case PAGE_83 ->
                value(DeviceIdentification.parse(page)).map(DeviceIdentification::wwids).orElse(List.of()).stream()
                        .map(Wwid::value);
            case PAGE_80 -> value(UnitSerialNumber.parse(page)).stream();
            case KERNEL -> Stream.<String>empty();
        };
        return names.map(text -> new UnitName(source, text)).toList();
    }

    /** All names that the disk gives where that source is read, the best first. */
    public static List<UnitName> all(Source source, Disk disk) {
        return switch (source) {
            case PAGE_83 -> all(source, disk.vpd83());
            case PAGE_80 -> all(source, disk.vpd80());
            case KERNEL ->
                DiskIdentity.fromKernel(disk).or(() -> DiskIdentity.wwid(disk)).stream()
                        .map(wwid -> new UnitName(source, wwid.value()))
                        .toList();
        };
    }

    /**
     * What the disk calls itself now where this name was read, when none of its names there is this one; empty when it
     * tells nothing there. An array may give its units further names, and better ones.
     */
    public Optional<UnitName> deniedBy(Disk disk) {
        return deniedBy(all(source, disk));
    }

    /** @param names all that a unit gives itself, the best first */
    public Optional<UnitName> deniedBy(List<UnitName> names) {
        return names.contains(this) ? Optional.empty() : names.stream().findFirst();
    }

    private static Optional<UnitName> from(Source source, Disk disk) {
        return all(source, disk).stream().findFirst();
    }

    private static <T> Optional<T> value(Decoded<T> decoded) {
        return switch (decoded) {
            case Decoded.Ok<T>(var value) -> Optional.of(value);
            case Decoded.Invalid<T> unusable -> Optional.empty();
        };
    }
}
