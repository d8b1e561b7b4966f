package org.lunwarden.model.nvme;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.model.AnaState;
import org.lunwarden.model.scsi.Decoded;

/**
 * Log page 0x0C of an NVMe controller, Asymmetric Namespace Access, little-endian (NVM Express base specification 2.0,
 * 5.16.1.13).
 *
 * <pre>
 * 0   change count (8)   8   number of groups (2)   16   groups:
 *     0   group (4)   4   number of namespaces (4)   8   change count (8)   16   state, low half   32   namespaces (4 each)
 * </pre>
 *
 * @param states by group; a group whose state has no name is missing, and so are those behind the end of a log that is cut off
 * @param whole whether it has all groups that it tells the number of
 */
public record AnaLog(Map<Long, AnaState> states, boolean whole) {

    static final int CODE = 0x0c;

    private static final int HEADER = 16;
    private static final int DESCRIPTOR = 32;

    public AnaLog {
        states = Map.copyOf(states);
    }

    public static Decoded<AnaLog> parse(List<Byte> data) {
        if (data.size() < HEADER) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, data.size(), "no header");
        }
        var states = new LinkedHashMap<Long, AnaState>();
        var groups = LittleEndian.number(data, 8, 2);
        var at = (long) HEADER;
        for (var i = 0; i < groups; i++) {
            if (at + DESCRIPTOR > data.size()) {
                return new Decoded.Ok<>(new AnaLog(states, false));
            }
            var offset = (int) at;
            var code = data.get(offset + 16) & 0x0f;
            var group = LittleEndian.number(data, offset, 4);
            Arrays.stream(AnaState.values())
                    .filter(state -> state.code() == code)
                    .findFirst()
                    .ifPresent(state -> states.put(group, state));
            at += DESCRIPTOR + 4 * LittleEndian.number(data, offset + 4, 4);
        }
        return new Decoded.Ok<>(new AnaLog(states, true));
    }

    /** Bytes of the log of so many groups, without their namespaces. */
    public static long length(long groups) {
        return HEADER + DESCRIPTOR * groups;
    }

    public Optional<AnaState> state(long group) {
        return Optional.ofNullable(states.get(group));
    }
}
