package org.lunwarden.model.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.lunwarden.model.dm.PathSelector;

/**
 * Effective settings of one map.
 *
 * @param detectedGrouping by what to group where all paths tell an ALUA priority, whatever {@code grouping} says; empty to
 *     group by that always
 * @param features extra feature words without {@code queue_if_no_path}, which follows from {@code noPathRetry}
 * @param hardwareHandler words such as {@code alua}; empty for what is attached or detected
 * @param retryInterval length of one poll of {@link NoPathRetry.Retry}
 * @param skipKpartx leave the map without partition devices
 */
public record MapSettings(
        GroupingPolicy grouping,
        Optional<GroupingPolicy> detectedGrouping,
        PathSelector selector,
        Failback failback,
        NoPathRetry noPathRetry,
        List<String> features,
        List<String> hardwareHandler,
        Duration retryInterval,
        boolean skipKpartx,
        MapUpkeep upkeep) {

    public MapSettings {
        features = List.copyOf(features);
        hardwareHandler = List.copyOf(hardwareHandler);
    }

    public MapSettings with(NoPathRetry changed) {
        return new MapSettings(
                grouping,
                detectedGrouping,
                selector,
                failback,
                changed,
                features,
                hardwareHandler,
                retryInterval,
                skipKpartx,
                upkeep);
    }
}
