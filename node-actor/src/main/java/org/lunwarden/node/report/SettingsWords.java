package org.lunwarden.node.report;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.PathSettings;

/**
 * What of a map's settings hosts that share a LUN should agree on, by the keyword of multipath.conf(5). What the device
 * itself decides on, whatever is written, is {@code detected}.
 */
public final class SettingsWords {

    private static final String DETECTED = "detected";

    private SettingsWords() {}

    /** Sorted by keyword; what is not known is left out. */
    public static Map<String, String> of(MapSettings map, PathSettings path) {
        var words = new TreeMap<String, String>();
        words.put(
                "path_grouping_policy",
                map.detectedGrouping()
                        .map(detected -> map.grouping().word() + ", " + detected.word() + " if " + DETECTED)
                        .orElse(map.grouping().word()));
        words.put("path_selector", map.selector().toString());
        words.put("failback", failback(map.failback()));
        noPathRetry(map.noPathRetry()).ifPresent(word -> words.put("no_path_retry", word));
        words.put("features", String.join(" ", map.features()));
        words.put("hardware_handler", String.join(" ", map.hardwareHandler()));
        words.put(
                "path_checker",
                path.detectChecker()
                        ? DETECTED + ", else " + path.checker().word()
                        : path.checker().word());
        words.put(
                "prio",
                path.detectPrio()
                        ? DETECTED + ", else " + path.prio().word()
                        : path.prio().word());
        words.put("prio_args", path.prioArgs());
        words.values().removeIf(String::isBlank);
        return words;
    }

    private static String failback(Failback failback) {
        return switch (failback) {
            case Failback.Manual() -> "manual";
            case Failback.Immediate() -> "immediate";
            case Failback.Followover() -> "followover";
            case Failback.Deferred(var delay) -> String.valueOf(delay.toSeconds());
        };
    }

    private static Optional<String> noPathRetry(NoPathRetry retry) {
        return switch (retry) {
            case NoPathRetry.Fail() -> Optional.of("fail");
            case NoPathRetry.Queue() -> Optional.of("queue");
            case NoPathRetry.Retry(var polls) -> Optional.of(String.valueOf(polls));
            case NoPathRetry.AsItIs() -> Optional.empty();
        };
    }
}
