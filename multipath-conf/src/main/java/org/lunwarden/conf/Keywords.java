package org.lunwarden.conf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.lunwarden.conf.blacklist.Blacklist;
import org.lunwarden.conf.effective.EngineSettings;
import org.lunwarden.conf.effective.PathIdentity;
import org.lunwarden.conf.effective.Precedence;
import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.hardware.HardwareTable;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.value.Choice;
import org.lunwarden.conf.value.HostKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.KeywordTable;
import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.Setting;
import org.lunwarden.conf.value.Settings;
import org.lunwarden.conf.value.Value;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.PathSettings;

/**
 * Turns single keywords and values, worded as in multipath.conf(5), into settings over the built-in defaults; no hardware
 * table has a say. Pure. A value that is refused leaves the default in place and is named among the complaints; whether
 * that is fatal is the caller's business.
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

    private static final PathIdentity ANY = new PathIdentity(new DeviceIdentity("", "", ""), "undef", "");

    private final List<Setting<?>> settings = new ArrayList<>();
    private final List<Complaint> complaints = new ArrayList<>();

    private Keywords() {}

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
        var keywords = new Keywords();
        new TreeMap<>(given).forEach(keywords::take);
        var settings = Settings.of(keywords.settings.stream());
        var conf = new MultipathConf(
                settings, Blacklist.builtIn(false), new HardwareTable(List.of()), Settings.NONE, List.of(), List.of());
        var engine = EngineSettings.of(Precedence.of(conf, ANY));
        engine.notOffered()
                .forEach(missing -> keywords.complain(
                        missing.keyword(), missing.value(), "not offered yet, " + missing.instead() + " is used"));
        keywords.complainAboutModes(settings);
        return new Settled(
                engine.path(),
                engine.map(),
                keywords.complaints.stream()
                        .sorted(Comparator.comparing(Complaint::keyword))
                        .toList());
    }

    private void take(String name, String text) {
        var keyword = Stream.of(Section.DEFAULTS, Section.DEVICE)
                .flatMap(section -> KeywordTable.INSTANCE.find(section, name).stream())
                .findFirst();
        if (!KNOWN.contains(name) || keyword.isEmpty()) {
            complain(name, text, "not a keyword that is offered");
        } else {
            take(keyword.get(), name, text).ifPresent(settings::add);
        }
    }

    private <T> Optional<Setting<T>> take(Keyword<T> keyword, String name, String text) {
        var origin = new Origin.Elsewhere("the daemon's own configuration");
        return switch (keyword.type().read(text)) {
            case Value.Stored<T>(var value) -> Optional.of(new Setting<>(keyword, value, origin));
            case Value.Doubtful<T>(var value, var problem) -> {
                complain(name, text, problem);
                yield Optional.of(new Setting<>(keyword, value, origin));
            }
            case Value.Unset<T>(var doubt) -> {
                if (!doubt.isEmpty()) {
                    complain(name, text, doubt);
                }
                yield Optional.empty();
            }
            case Value.Rejected<T>(var problem) -> {
                complain(name, text, problem);
                yield Optional.empty();
            }
            case Value.Fatal<T>(var problem) -> {
                complain(name, text, problem);
                yield Optional.empty();
            }
        };
    }

    private void complainAboutModes(Settings settings) {
        settings.value(HostKeywords.FIND_MULTIPATHS)
                .filter(mode -> mode != Choice.FindMultipaths.ON)
                .ifPresent(mode -> complain("find_multipaths", mode.word(), "only find_multipaths on is offered"));
        settings.value(MapKeywords.USER_FRIENDLY_NAMES)
                .filter(wanted -> wanted)
                .ifPresent(wanted -> complain("user_friendly_names", "yes", "only names by WWID are offered"));
    }

    private void complain(String keyword, String value, String problem) {
        complaints.add(new Complaint(keyword, value, problem));
    }
}
