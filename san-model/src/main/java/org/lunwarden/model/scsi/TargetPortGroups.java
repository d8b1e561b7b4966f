package org.lunwarden.model.scsi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer to REPORT TARGET PORT GROUPS (SPC-5 6.36).
 *
 * <pre>
 * answer   := length(4) [ 0|001b|0  implicitTransitionTime  0  0 ] group*       the bracket: extended header
 * group    := pref|0|state  supported  id(2)  0  status  vendor  ports(1)  port{ports}
 * port     := 0  0  relativeId(2)
 * </pre>
 *
 * In a group, the bits that mark the extended header are zero.
 *
 * @param groups those that are whole
 * @param size bytes of the complete answer; more than were read when the allocation length was too small
 * @param complete whether all of it was read
 */
public record TargetPortGroups(List<TargetPortGroup> groups, long size, boolean complete) {

    private static final int LENGTH_FIELD = 4;
    private static final int EXTENDED_HEADER = 8;
    private static final int GROUP = 8;
    private static final int PORT = 4;

    public TargetPortGroups {
        groups = List.copyOf(groups);
    }

    /** A group that ends beyond the announced length makes the answer {@code TRUNCATED}. */
    public static Decoded<TargetPortGroups> parse(List<Byte> data) {
        var all = new Bytes(data);
        if (!all.has(0, LENGTH_FIELD)) {
            return new Decoded.Invalid<>(
                    Decoded.Fault.TRUNCATED, all.size(), "target port groups shorter than their header");
        }
        var size = LENGTH_FIELD + all.u32(0);
        var complete = size <= all.size();
        var answer = complete ? all.slice(0, (int) size) : all;
        var groups = new ArrayList<TargetPortGroup>();
        var at = answer.has(LENGTH_FIELD, 1) && (answer.u8(LENGTH_FIELD) & 0x70) == 0x10
                ? EXTENDED_HEADER
                : LENGTH_FIELD;
        while (answer.has(at, GROUP) && answer.has(at + GROUP, PORT * answer.u8(at + 7))) {
            groups.add(group(answer, at));
            at += GROUP + PORT * answer.u8(at + 7);
        }
        if (complete && at < answer.size()) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, at, "a group runs past the end of the answer");
        }
        return new Decoded.Ok<>(new TargetPortGroups(groups, size, complete));
    }

    public Optional<TargetPortGroup> group(int id) {
        return groups.stream().filter(group -> group.id() == id).findFirst();
    }

    private static TargetPortGroup group(Bytes answer, int at) {
        var ports = new ArrayList<Integer>();
        for (var i = 0; i < answer.u8(at + 7); i++) {
            ports.add(answer.u16(at + GROUP + PORT * i + 2));
        }
        return new TargetPortGroup(answer.u16(at + 2), (answer.u8(at) & 0x80) != 0, answer.u8(at) & 0x0f, ports);
    }
}
