package org.lunwarden.map;

import java.time.Duration;
import java.util.List;

import org.lunwarden.model.dm.PathSelector;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
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
                false,
                PathSelector.of(selector),
                failback,
                retry,
                features,
                handler,
                Duration.ofSeconds(5),
                false);
    }

    public static MapSettings of(GroupingPolicy grouping) {
        return of(grouping, new Failback.Manual(), new NoPathRetry.Fail());
    }
}
