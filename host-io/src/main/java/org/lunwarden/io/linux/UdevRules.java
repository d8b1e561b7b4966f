package org.lunwarden.io.linux;

import java.util.List;

import org.lunwarden.io.DeviceMapper.Readiness;
import org.lunwarden.model.DevT;

/** Whether udev runs on this host, and what its rules make of multipath maps. */
record UdevRules(SysfsTree tree) {

    private static final String CONTROL = "run/udev/control";
    private static final String READY = "MPATH_DEVICE_READY";

    /** In the order in which udev looks: the rules of multipath-tools, which alone say whether a map is ready. */
    private static final List<String> RULES = List.of(
            "etc/udev/rules.d/11-dm-mpath.rules",
            "run/udev/rules.d/11-dm-mpath.rules",
            "usr/local/lib/udev/rules.d/11-dm-mpath.rules",
            "usr/lib/udev/rules.d/11-dm-mpath.rules",
            "lib/udev/rules.d/11-dm-mpath.rules");

    boolean udevRuns() {
        return tree.exists(CONTROL);
    }

    /** A device that udev has not dealt with is not ready, and one that is gone is nobody's concern. */
    Readiness readiness(DevT map) {
        if (!udevRuns() || RULES.stream().noneMatch(tree::exists)) {
            return Readiness.UNTOLD;
        }
        return UdevProperties.of(map)
                .map(properties -> "1".equals(properties.get(READY)) ? Readiness.READY : Readiness.NOT_READY)
                .orElse(Readiness.UNTOLD);
    }
}
