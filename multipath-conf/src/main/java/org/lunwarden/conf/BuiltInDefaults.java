package org.lunwarden.conf;

import java.util.Map;

import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.PathSettings;

/** What holds where no configuration says anything: the defaults of multipath.conf(5), for storage that nobody knows. */
public final class BuiltInDefaults {

    private static final Keywords.Settled SETTLED = Keywords.settle(Map.of());

    private BuiltInDefaults() {}

    /** Checker {@code tur} every 5 to 20 seconds with a deadline of 30, priority from ALUA where a device has it. */
    public static PathSettings path() {
        return SETTLED.path();
    }

    /** Policy {@code failover}, by priority where all paths have ALUA; {@code service-time 0}; manual failback. */
    public static MapSettings map() {
        return SETTLED.map();
    }
}
