package org.lunwarden.map;

import java.util.List;
import java.util.regex.Pattern;

import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.IoResult;

/**
 * What device-mapper's answers say of a device that may be a multipath map, or a partition of one. Pure.
 *
 * <pre>
 * map       := "mpath-" wwid                     one target, of type multipath
 * partition := "part" number "-mpath-" wwid      one target, of type linear; number &gt; 0
 * </pre>
 */
final class MapInspection {

    static final String UUID_PREFIX = "mpath-";
    static final String MULTIPATH = "multipath";
    static final String LINEAR = "linear";

    private static final int ENXIO = 6;
    private static final Pattern PARTITION = Pattern.compile("part0*[1-9][0-9]{0,8}-" + UUID_PREFIX + ".*");

    private MapInspection() {}

    enum Finding {
        OK,
        NO_MATCH,
        /** The right device, without a live table. */
        EMPTY,
        NOT_FOUND,
        /** Device-mapper refused to tell. */
        UNKNOWN
    }

    static Finding answer(IoResult<?> answer) {
        return switch (answer) {
            case IoResult.Ok<?> ok -> Finding.OK;
            case IoResult.Refused<?> refused -> refused.errno() == ENXIO ? Finding.NOT_FOUND : Finding.UNKNOWN;
        };
    }

    static Finding uuid(String uuid) {
        return uuid.startsWith(UUID_PREFIX) ? Finding.OK : Finding.NO_MATCH;
    }

    static Finding partitionUuid(String uuid) {
        return PARTITION.matcher(uuid).matches() ? Finding.OK : Finding.NO_MATCH;
    }

    /** @param targets of the table or of the status, of which the parameters do not matter */
    static Finding target(String type, List<Target> targets) {
        if (targets.isEmpty()) {
            return Finding.EMPTY;
        }
        return targets.size() == 1 && targets.getFirst().type().equals(type) ? Finding.OK : Finding.NO_MATCH;
    }
}
