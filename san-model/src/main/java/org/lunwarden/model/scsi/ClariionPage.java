package org.lunwarden.model.scsi;

import java.util.List;

/**
 * Vendor page 0xC0 of CLARiiON and VNX: how the unit looks from this port.
 *
 * <pre>
 *  4      the unit: 0 unbound, 1 bound to the other processor, 2 owned by this one
 *  5      default owner
 *  8      processor of this port
 *  9      revision of the page, 0
 * 10-25   WWN of the unit
 * 27      initiator type, 3 for a host that fails over
 * 28      bits 0 to 2: failover mode, 4 or 6 for one that the host can work with
 * 30      bit 2: arraycommpath
 * 48      what is done with the unit, 0 for nothing unusual
 * </pre>
 *
 * @param inDefaultPlace this port is on the processor that owns the unit by default
 * @param configured initiator type, failover mode and arraycommpath are as they must be
 * @param available nothing unusual is done with the unit
 * @param wwn 32 hexadecimal digits
 */
public record ClariionPage(Binding binding, boolean inDefaultPlace, boolean configured, boolean available, String wwn) {

    public static final int CODE = 0xc0;

    /** What the unit is to this port, in the order of its codes. */
    public enum Binding {
        UNBOUND,
        BOUND,
        OWNED
    }

    public static Decoded<ClariionPage> parse(List<Byte> data) {
        var bytes = new Bytes(data);
        if (!bytes.has(0, 49)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, bytes.size(), "page shorter than 49 bytes");
        }
        if (bytes.u8(1) != CODE) {
            return new Decoded.Invalid<>(Decoded.Fault.MALFORMED, 1, "page " + bytes.u8(1));
        }
        if (bytes.u8(9) != 0) {
            return new Decoded.Invalid<>(Decoded.Fault.MALFORMED, 9, "page revision " + bytes.u8(9));
        }
        if (bytes.u8(4) >= Binding.values().length) {
            return new Decoded.Invalid<>(Decoded.Fault.MALFORMED, 4, "unit state " + bytes.u8(4));
        }
        return new Decoded.Ok<>(new ClariionPage(
                Binding.values()[bytes.u8(4)],
                bytes.u8(5) == bytes.u8(8),
                isConfigured(bytes),
                bytes.u8(48) == 0,
                bytes.slice(10, 16).hex()));
    }

    private static boolean isConfigured(Bytes bytes) {
        var failoverMode = bytes.u8(28) & 0x07;
        return bytes.u8(27) == 3 && (failoverMode == 4 || failoverMode == 6) && (bytes.u8(30) & 0x04) != 0;
    }
}
