package org.lunwarden.conf;

import java.time.Duration;
import java.util.List;

import org.lunwarden.model.dm.PathSelector;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.PrioKind;

/** What holds where no configuration says anything: the defaults of multipath.conf(5). */
public final class BuiltInDefaults {

    static final Duration POLLING_INTERVAL = Duration.ofSeconds(5);
    static final int MAX_POLLING_FACTOR = 4;

    private BuiltInDefaults() {}

    /** Checker {@code tur} every 5 to 20 seconds with a deadline of 30, priority from ALUA where a device has it. */
    public static PathSettings path() {
        return new PathSettings(
                CheckerKind.TUR,
                PrioKind.CONST,
                true,
                false,
                POLLING_INTERVAL,
                POLLING_INTERVAL.multipliedBy(MAX_POLLING_FACTOR),
                Duration.ofSeconds(30));
    }

    /** Policy {@code failover}, by priority where all paths have ALUA; {@code service-time 0}; manual failback. */
    public static MapSettings map() {
        return new MapSettings(
                GroupingPolicy.FAILOVER,
                true,
                PathSelector.of("service-time"),
                new Failback.Manual(),
                new NoPathRetry.Fail(),
                List.of(),
                List.of(),
                POLLING_INTERVAL,
                false);
    }
}
