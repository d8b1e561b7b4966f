package org.lunwarden.io.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jnr.ffi.Pointer;

import org.lunwarden.model.DevT;

/**
 * Reads the kernel's list of dm devices. Source: {@code struct dm_name_list} in Linux {@code include/uapi/linux/dm-ioctl.h}.
 *
 * <pre>
 * entry := dev(8) next(4) name NUL pad-to-8 event(4) [flags(4) [uuid NUL]]    next: bytes to the next entry, 0 at the last
 * </pre>
 */
final class DmNames {

    private static final int HAS_UUID = 1;
    private static final int HAS_NO_UUID = 2;
    private static final int NAME = 12;

    private DmNames() {}

    /** @param uuid empty when the kernel is too old to list it */
    record Entry(String name, Optional<String> uuid, DevT device, long eventNumber) {}

    static List<Entry> read(Pointer list) {
        var entries = new ArrayList<Entry>();
        if (list.getLong(0) == 0) {
            return entries;
        }
        for (long at = 0; ; ) {
            entries.add(entry(list, at));
            var next = Integer.toUnsignedLong(list.getInt(at + 8));
            if (next == 0) {
                return entries;
            }
            at += next;
        }
    }

    private static Entry entry(Pointer list, long at) {
        var name = list.getString(at + NAME);
        var length = name.getBytes(StandardCharsets.UTF_8).length;
        var event = align(at + NAME + length + 1);
        return new Entry(name, uuid(list, event), device(list.getLong(at)), Integer.toUnsignedLong(list.getInt(event)));
    }

    private static Optional<String> uuid(Pointer list, long event) {
        return switch (list.getInt(event + 4)) {
            case HAS_UUID -> Optional.of(list.getString(event + 8));
            case HAS_NO_UUID -> Optional.of("");
            default -> Optional.empty();
        };
    }

    private static long align(long offset) {
        return (offset + 7) & ~7L;
    }

    /** The kernel's long form of a device number: minor's low 8 bits, 12 bits of major, the rest of minor. */
    static DevT device(long encoded) {
        return new DevT((int) ((encoded >> 8) & 0xfff), (int) ((encoded & 0xff) | ((encoded >> 12) & 0xfff00)));
    }
}
