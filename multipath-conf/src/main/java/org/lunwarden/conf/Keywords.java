package org.lunwarden.conf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.PathSettings;

/**
 * Turns keywords and values, worded as in multipath.conf(5), into settings over the built-in defaults. Pure. A value that
 * is refused leaves the default in place and is named among the complaints; whether that is fatal is the caller's
 * business.
 */
public final class Keywords {

    private static final Set<String> KNOWN = Set.of(
            "polling_interval",
            "max_polling_interval",
            "path_checker",
            "checker",
            "checker_timeout",
            "prio",
            "prio_args",
            "detect_prio",
            "path_selector",
            "path_grouping_policy",
            "detect_pgpolicy",
            "failback",
            "no_path_retry",
            "features",
            "hardware_handler",
            "skip_kpartx",
            "find_multipaths",
            "user_friendly_names");

    private final SortedMap<String, String> given;
    private final List<Complaint> complaints = new ArrayList<>();

    private Keywords(Map<String, String> given) {
        this.given = new TreeMap<>(given);
    }

    /** @param complaints sorted by keyword; empty when every value was taken as it stands */
    public record Settled(PathSettings path, MapSettings map, List<Complaint> complaints) {
        public Settled {
            complaints = List.copyOf(complaints);
        }
    }

    /** A value that was refused, or capped. */
    public record Complaint(String keyword, String value, String problem) {

        @Override
        public String toString() {
            return keyword + " '" + value + "': " + problem;
        }
    }

    /** The keywords that are understood, sorted. */
    public static List<String> known() {
        return List.copyOf(new TreeSet<>(KNOWN));
    }

    public static Settled settle(Map<String, String> given) {
        var keywords = new Keywords(given);
        var path = keywords.path(BuiltInDefaults.path());
        var map = keywords.map(BuiltInDefaults.map(), path.pollingInterval());
        keywords.value("find_multipaths", Words::findMultipaths);
        keywords.value("user_friendly_names", Words::userFriendlyNames);
        keywords.complainAboutUnknown();
        var sorted = keywords.complaints.stream()
                .sorted((a, b) -> a.keyword().compareTo(b.keyword()))
                .toList();
        return new Settled(path, map, sorted);
    }

    private PathSettings path(PathSettings defaults) {
        var pause = pollingInterval();
        return new PathSettings(
                value("checker", Words::checker)
                        .or(() -> value("path_checker", Words::checker))
                        .orElse(defaults.checker()),
                value("prio", Words::prio).orElse(defaults.prio()),
                value("detect_prio", Words::yesNo).orElse(defaults.detectPrio()),
                value("prio_args", Words::exclusivePrefBit).orElse(defaults.exclusivePrefBit()),
                pause.shortest(),
                pause.longest(),
                value("checker_timeout", Words::timeout).orElse(defaults.checkerTimeout()));
    }

    private MapSettings map(MapSettings defaults, Duration pollingInterval) {
        var features = new ArrayList<>(value("features", Words::countedWords).orElse(defaults.features()));
        var queueFeature = features.remove("queue_if_no_path");
        features.remove("retain_attached_hw_handler");
        Optional<NoPathRetry> asked = value("no_path_retry", Words::noPathRetry);
        Optional<Failback> failback = value("failback", Words::failback);
        return new MapSettings(
                value("path_grouping_policy", Words::groupingPolicy).orElse(defaults.grouping()),
                value("detect_pgpolicy", Words::yesNo).orElse(defaults.detectGrouping()),
                value("path_selector", Words::pathSelector).orElse(defaults.selector()),
                failback.orElse(defaults.failback()),
                asked.orElse(queueFeature ? new NoPathRetry.Queue() : defaults.noPathRetry()),
                features,
                value("hardware_handler", Words::countedWords).orElse(defaults.hardwareHandler()),
                pollingInterval,
                value("skip_kpartx", Words::yesNo).orElse(defaults.skipKpartx()));
    }

    private record Pause(Duration shortest, Duration longest) {}

    /** Where only the longest pause is given, the shortest is a quarter of it, a second at least. */
    private Pause pollingInterval() {
        var longest = value("max_polling_interval", Words::seconds);
        var shortest = value("polling_interval", Words::seconds);
        if (shortest.isEmpty() && longest.isPresent()) {
            var quarter = longest.get().toSeconds() / BuiltInDefaults.MAX_POLLING_FACTOR;
            return new Pause(Duration.ofSeconds(Math.max(1, quarter)), longest.get());
        }
        var pause = shortest.orElse(BuiltInDefaults.POLLING_INTERVAL);
        var most = longest.orElse(pause.multipliedBy(BuiltInDefaults.MAX_POLLING_FACTOR));
        return new Pause(pause.compareTo(most) > 0 ? most : pause, most);
    }

    private <T> Optional<T> value(String keyword, Function<String, Value<T>> parse) {
        var text = given.get(keyword);
        if (text == null) {
            return Optional.empty();
        }
        return switch (parse.apply(text)) {
            case Value.Stored<T>(var value) -> Optional.of(value);
            case Value.Capped<T>(var value, var problem) -> {
                complaints.add(new Complaint(keyword, text, problem + ", taken as the nearest limit"));
                yield Optional.of(value);
            }
            case Value.Unset<T>() -> Optional.empty();
            case Value.Rejected<T>(var problem) -> {
                complaints.add(new Complaint(keyword, text, problem));
                yield Optional.empty();
            }
        };
    }

    private void complainAboutUnknown() {
        given.forEach((keyword, value) -> {
            if (!KNOWN.contains(keyword)) {
                complaints.add(new Complaint(keyword, value, "not a keyword that is offered"));
            }
        });
    }
}
