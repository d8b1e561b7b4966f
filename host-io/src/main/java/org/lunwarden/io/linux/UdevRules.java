package org.lunwarden.io.linux;

import java.util.List;

import org.lunwarden.io.DeviceMapper.Readiness;
import org.lunwarden.model.DevT;

/**
 * Whether udev runs on this host, and what its rules make of multipath maps.
 *
 * @param knowMaps whether it has rules that say so; looked for once, since they are on the root disk, whose map may be the
 *     very one that is without a path
 */
record UdevRules(SysfsTree tree, boolean knowMaps) {

    private static final String CONTROL = "run/udev/control";
    private static final String READY = "MPATH_DEVICE_READY";

    /** In the order in which udev looks: the rules of multipath-tools, which alone say whether a map is ready. */
    private static final List<String> RULES = List.of(
            "etc/udev/rules.d/11-dm-mpath.rules",
            "run/udev/rules.d/11-dm-mpath.rules",
            "usr/local/lib/udev/rules.d/11-dm-mpath.rules",
            "usr/lib/udev/rules.d/11-dm-mpath.rules",
            "lib/udev/rules.d/11-dm-mpath.rules");

    UdevRules(SysfsTree tree) {
        this(tree, RULES.stream().anyMatch(tree::exists));
    }

    boolean udevRuns() {
        return tree.exists(CONTROL);
    }

    boolean tellOfMaps() {
        return knowMaps && udevRuns();
    }

    /** Asks what is in memory only. A device that udev has not dealt with is not ready, and one that is gone is nobody's concern. */
    Readiness readiness(DevT map) {
        if (!tellOfMaps()) {
            return Readiness.UNTOLD;
        }
        return UdevProperties.of(map)
                .map(properties -> "1".equals(properties.get(READY)) ? Readiness.READY : Readiness.NOT_READY)
                .orElse(Readiness.UNTOLD);
    }
}
