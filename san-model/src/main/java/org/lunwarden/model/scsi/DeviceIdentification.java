package org.lunwarden.model.scsi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

import org.lunwarden.model.Wwid;
import org.lunwarden.model.scsi.Designator.Association;

/**
 * VPD page 0x83, Device Identification (SPC-5 7.7.6): who the logical unit is, and through which target port it was
 * asked.
 *
 * <pre>
 * page       := qualifier|type  83h  length(2)  designator*
 * designator := protocol|codeSet  piv|association|type  reserved  length(1)  id
 * </pre>
 *
 * A page of before SPC-3 has no designators but one identifier; its third byte, reserved in a designator, is not zero.
 *
 * @param preSpc3 the bare identifier of such a page, else empty
 * @param designators those that are whole, in the order of the page
 * @param cutAt offset of a designator that runs past the page's end
 */
public record DeviceIdentification(List<Byte> preSpc3, List<Designator> designators, OptionalInt cutAt) {

    private static final int PAGE = 0x83;
    private static final int HEADER = 4;
    private static final int SHORTEST_PRE_SPC3 = 20;

    public DeviceIdentification {
        preSpc3 = List.copyOf(preSpc3);
        designators = List.copyOf(designators);
    }

    /** @param page with its header; what follows its announced length is left alone */
    public static Decoded<DeviceIdentification> parse(List<Byte> page) {
        var bytes = new Bytes(page);
        if (!bytes.has(0, HEADER)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, bytes.size(), "page 0x83 shorter than its header");
        }
        if (bytes.u8(1) != PAGE) {
            return new Decoded.Invalid<>(
                    Decoded.Fault.MALFORMED, 1, "page 0x" + Integer.toHexString(bytes.u8(1)) + " instead of 0x83");
        }
        var whole = bytes.slice(0, HEADER + bytes.u16(2));
        if (whole.has(0, SHORTEST_PRE_SPC3) && whole.u8(HEADER + 2) != 0) {
            var identifier = whole.slice(HEADER, whole.size());
            return new Decoded.Ok<>(new DeviceIdentification(identifier.content(), List.of(), OptionalInt.empty()));
        }
        return new Decoded.Ok<>(designators(whole));
    }

    private static DeviceIdentification designators(Bytes page) {
        var found = new ArrayList<Designator>();
        var at = HEADER;
        while (page.has(at, HEADER)) {
            var length = page.u8(at + 3);
            if (!page.has(at + HEADER, length)) {
                return new DeviceIdentification(List.of(), found, OptionalInt.of(at));
            }
            found.add(new Designator(
                    page.u8(at) & 0x0f,
                    page.u8(at + 1) & 0x0f,
                    Association.ofCode(page.u8(at + 1) >> 4 & 0x3),
                    at,
                    page.slice(at + HEADER, length).content()));
            at += HEADER + length;
        }
        return new DeviceIdentification(List.of(), found, OptionalInt.empty());
    }

    /** The logical unit's WWID, from its best designator; see {@link WwidDesignator}. */
    public Decoded<Wwid> wwid() {
        return switch (wwidText(Wwid.MAX_LENGTH)) {
            case Decoded.Ok<String>(var text) when Wwid.isValid(text) -> new Decoded.Ok<>(new Wwid(text));
            case Decoded.Ok<String> unprintable ->
                new Decoded.Invalid<>(Decoded.Fault.MALFORMED, HEADER, "a designator that cannot be a WWID");
            case Decoded.Invalid<String> invalid -> invalid.as();
        };
    }

    /** All WWIDs that designators of the logical unit give, the best first; those that cannot be one are left out. */
    public List<Wwid> wwids() {
        var texts = preSpc3.isEmpty()
                ? WwidDesignator.all(designators, Wwid.MAX_LENGTH)
                : List.of(WwidDesignator.preSpc3(new Bytes(preSpc3), Wwid.MAX_LENGTH));
        return texts.stream().filter(Wwid::isValid).map(Wwid::new).toList();
    }

    Decoded<String> wwidText(int longest) {
        if (!preSpc3.isEmpty()) {
            return new Decoded.Ok<>(WwidDesignator.preSpc3(new Bytes(preSpc3), longest));
        }
        return WwidDesignator.best(designators, cutAt, longest);
    }

    /** The target port group that REPORT TARGET PORT GROUPS knows the port by. */
    public OptionalInt targetPortGroup() {
        return first(one -> one.association() == Association.TARGET_PORT
                        && one.type() == Designator.TARGET_PORT_GROUP
                        && one.id().size() == 4)
                .map(one -> OptionalInt.of(one.bytes().u16(2)))
                .orElseGet(OptionalInt::empty);
    }

    /** The NAA name of the array that the port belongs to, as 16 or 32 hexadecimal digits. */
    public Optional<String> targetDeviceName() {
        return first(one -> one.association() == Association.TARGET_DEVICE
                        && one.type() == Designator.NAA
                        && (one.id().size() == 8 || one.id().size() == 16))
                .map(one -> one.bytes().hex());
    }

    private Optional<Designator> first(Predicate<Designator> wanted) {
        return designators.stream().filter(wanted).findFirst();
    }
}
