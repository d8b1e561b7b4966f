package org.lunwarden.map;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.lunwarden.model.dm.PathSelector;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.NoPathRetry;

/** Map settings for tests. */
public final class Settings {

    private Settings() {}

    public static MapSettings of(GroupingPolicy grouping, Failback failback, NoPathRetry retry) {
        return of(grouping, failback, retry, "service-time", List.of(), List.of());
    }

    public static MapSettings of(
            GroupingPolicy grouping,
            Failback failback,
            NoPathRetry retry,
            String selector,
            List<String> features,
            List<String> handler) {
        return new MapSettings(
                grouping,
                Optional.empty(),
                PathSelector.of(selector),
                failback,
                retry,
                features,
                handler,
                Duration.ofSeconds(5),
                false,
                MapUpkeep.BUILT_IN);
    }

    public static MapSettings of(GroupingPolicy grouping) {
        return of(grouping, new Failback.Manual(), new NoPathRetry.Fail());
    }

    public static MapSettings with(MapSettings settings, MapUpkeep upkeep) {
        return new MapSettings(
                settings.grouping(),
                settings.detectedGrouping(),
                settings.selector(),
                settings.failback(),
                settings.noPathRetry(),
                settings.features(),
                settings.hardwareHandler(),
                settings.retryInterval(),
                settings.skipKpartx(),
                upkeep);
    }

    /** @param interval length of one poll */
    public static MapSettings polling(MapSettings settings, Duration interval) {
        return new MapSettings(
                settings.grouping(),
                settings.detectedGrouping(),
                settings.selector(),
                settings.failback(),
                settings.noPathRetry(),
                settings.features(),
                settings.hardwareHandler(),
                interval,
                settings.skipKpartx(),
                settings.upkeep());
    }
}
