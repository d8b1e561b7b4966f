package org.lunwarden.model.nvme;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.model.scsi.Decoded;

/**
 * How an NVMe namespace names itself: the namespace identification descriptor list (NVM Express base specification 2.0,
 * 5.17.2.3), or what a controller of before version 1.3 tells in the identity of the namespace.
 *
 * <pre>
 * list       := descriptor* 0 0            no further than 4096 bytes
 * descriptor := type length 0 0 id{length}
 * type       := 1 EUI64, 8 bytes | 2 NGUID, 16 bytes | 3 UUID, 16 bytes | others are passed over
 * </pre>
 *
 * @param names as the kernel writes them, {@code uuid.} before {@code eui.} of 32 digits before {@code eui.} of 16: the
 *     first is what it calls the namespace. An id of zeros only is none.
 */
public record NamespaceDescriptors(List<String> names) {

    static final int LENGTH = 4096;

    private static final int HEADER = 4;
    private static final int EUI64 = 1;
    private static final int NGUID = 2;
    private static final int UUID = 3;
    private static final Map<Integer, Integer> LENGTHS = Map.of(EUI64, 8, NGUID, 16, UUID, 16);
    private static final List<Integer> BEST_FIRST = List.of(UUID, NGUID, EUI64);

    public NamespaceDescriptors {
        names = List.copyOf(names);
    }

    public static Decoded<NamespaceDescriptors> parse(List<Byte> data) {
        var ids = new HashMap<Integer, byte[]>();
        return fault(data, ids).orElseGet(() -> new Decoded.Ok<>(of(ids)));
    }

    /** What a list says before the fault in it, which is what the kernel takes of it. */
    public static NamespaceDescriptors beforeFault(List<Byte> data) {
        var ids = new HashMap<Integer, byte[]>();
        var unused = fault(data, ids);
        return of(ids);
    }

    /** @param ids takes those before the fault */
    private static Optional<Decoded<NamespaceDescriptors>> fault(List<Byte> data, Map<Integer, byte[]> ids) {
        var at = 0;
        while (at + HEADER <= data.size() && data.get(at + 1) != 0) {
            var type = data.get(at) & 0xff;
            var length = data.get(at + 1) & 0xff;
            if (at + HEADER + length > data.size()) {
                return Optional.of(new Decoded.Invalid<>(
                        Decoded.Fault.TRUNCATED, at, "a descriptor runs past the end of the list"));
            }
            if (LENGTHS.getOrDefault(type, length) != length) {
                return Optional.of(new Decoded.Invalid<>(
                        Decoded.Fault.MALFORMED, at + 1, "descriptor of type " + type + " with " + length + " bytes"));
            }
            ids.putIfAbsent(type, bytes(data, at + HEADER, length));
            at += HEADER + length;
        }
        return Optional.empty();
    }

    /** @param data the identity of the namespace, answer to {@link AdminCommand#identifyNamespace} */
    public static Decoded<NamespaceDescriptors> parseIdentity(List<Byte> data) {
        var eui64 = 120;
        var nguid = 104;
        return data.size() < eui64 + 8
                ? new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, data.size(), "no whole identity of a namespace")
                : new Decoded.Ok<>(of(Map.of(NGUID, bytes(data, nguid, 16), EUI64, bytes(data, eui64, 8))));
    }

    private static NamespaceDescriptors of(Map<Integer, byte[]> ids) {
        var names = new ArrayList<String>();
        for (var type : BEST_FIRST) {
            var digits = HexFormat.of().formatHex(ids.getOrDefault(type, new byte[0]));
            if (!digits.chars().allMatch(digit -> digit == '0')) {
                names.add(type == UUID ? "uuid." + grouped(digits) : "eui." + digits);
            }
        }
        return new NamespaceDescriptors(names);
    }

    private static String grouped(String digits) {
        return String.join(
                "-",
                digits.substring(0, 8),
                digits.substring(8, 12),
                digits.substring(12, 16),
                digits.substring(16, 20),
                digits.substring(20));
    }

    private static byte[] bytes(List<Byte> data, int from, int length) {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            bytes[i] = data.get(from + i);
        }
        return bytes;
    }
}
