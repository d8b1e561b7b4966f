package org.lunwarden.io.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import jnr.ffi.Pointer;

import org.lunwarden.model.DevT;

/**
 * Reads the kernel's list of dm devices. Source: {@code struct dm_name_list} in Linux {@code include/uapi/linux/dm-ioctl.h}.
 *
 * <pre>
 * entry := dev(8) next(4) name NUL pad-to-8 event(4) [flags(4) [uuid NUL]]    next: bytes to the next entry, 0 at the last
 * </pre>
 *
 * <p>libdevmapper writes characters that udev does not take in a name as {@code \xNN}, and turns them back in its own copy of the
 * list, within the place of the longer name. Where what follows such a name begins cannot be told: only the kernel's answer about
 * that device can.
 */
final class DmNames {

    private static final int HAS_UUID = 1;
    private static final int HAS_NO_UUID = 2;
    private static final int NAME = 12;

    /** As {@code libdm/libdm-common.c} lists them. */
    private static final Pattern AS_IS = Pattern.compile("[A-Za-z0-9#+\\-.:=@_]*");

    private DmNames() {}

    /**
     * @param uuid empty when the kernel is too old to list it, or where it stands is not known
     * @param eventNumber 0 where that is not known
     */
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
        if (!isAsIs(name)) {
            return new Entry(name, Optional.empty(), device(list.getLong(at)), 0);
        }
        var length = name.getBytes(StandardCharsets.UTF_8).length;
        var event = align(at + NAME + length + 1);
        return new Entry(name, uuid(list, event), device(list.getLong(at)), Integer.toUnsignedLong(list.getInt(event)));
    }

    /** Whether the kernel has the name in these characters, so that its entry is read whole. */
    static boolean isAsIs(String name) {
        return AS_IS.matcher(name).matches();
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
