package org.lunwarden.conf.effective;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.conf.effective.Explained.Found;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.HostKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.Keyword.Standing;
import org.lunwarden.conf.value.KeywordTable;
import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.PathKeywords;
import org.lunwarden.conf.value.Setting;
import org.lunwarden.model.settings.NoPathRetry;

/**
 * Every setting of a path, or of its map, with the reason for its value. Of both, each keyword is told once; what
 * touches neither is left out.
 *
 * @param remarks what is set and does not do what it says, or may be replaced by what a device tells, a sentence each
 */
public record Explanation(List<Explained<?>> settings, List<String> remarks) {

    private static final Set<Keyword<?>> OF_PATH = Set.of(
            PathKeywords.UID_ATTRIBUTE,
            PathKeywords.PRIO,
            PathKeywords.PRIO_ARGS,
            PathKeywords.DETECT_PRIO,
            PathKeywords.PATH_CHECKER,
            PathKeywords.DETECT_CHECKER,
            PathKeywords.FAST_IO_FAIL_TMO,
            PathKeywords.DEV_LOSS_TMO,
            PathKeywords.EH_DEADLINE,
            PathKeywords.ALL_TG_PT,
            PathKeywords.RECHECK_WWID,
            HostKeywords.UID_ATTRS,
            HostKeywords.POLLING_INTERVAL,
            HostKeywords.MAX_POLLING_INTERVAL,
            HostKeywords.CHECKER_TIMEOUT,
            HostKeywords.MAX_RETRIES,
            HostKeywords.ALLOW_USB_DEVICES,
            HostKeywords.FIND_MULTIPATHS,
            HostKeywords.FIND_MULTIPATHS_TIMEOUT,
            HostKeywords.MARGINAL_PATHGROUPS,
            HostKeywords.RETRIGGER_TRIES,
            HostKeywords.RETRIGGER_DELAY,
            HostKeywords.FORCE_SYNC,
            HostKeywords.STRICT_TIMING,
            EntryKeywords.VPD_VENDOR);

    /** What touches neither a path nor a map. Whatever stands in no list is told of the map. */
    private static final Set<Keyword<?>> OF_HOST = Set.of(
            HostKeywords.VERBOSITY,
            HostKeywords.MAX_FDS,
            HostKeywords.LOG_CHECKER_ERR,
            HostKeywords.UXSOCK_TIMEOUT,
            HostKeywords.ENABLE_FOREIGN);

    /** What says to which devices an entry applies is no setting. */
    private static final Set<Keyword<?>> OF_ENTRY = Set.of(
            EntryKeywords.VENDOR,
            EntryKeywords.PRODUCT,
            EntryKeywords.REVISION,
            EntryKeywords.PRODUCT_BLACKLIST,
            EntryKeywords.WWID,
            EntryKeywords.TYPE);

    public Explanation {
        settings = List.copyOf(settings);
        remarks = List.copyOf(remarks);
    }

    public static Explanation ofPath(Precedence precedence) {
        return of(
                precedence,
                keywords(Stream.concat(Stream.of(Section.DEFAULTS), entries())).filter(OF_PATH::contains),
                true);
    }

    public static Explanation ofMap(Precedence precedence) {
        return of(
                precedence,
                keywords(Stream.of(Stream.of(Section.MULTIPATH), entries(), Stream.of(Section.DEFAULTS))
                                .flatMap(sections -> sections))
                        .filter(keyword -> keyword.standing() != Standing.IGNORED)
                        .filter(keyword -> Stream.of(OF_PATH, OF_ENTRY, OF_HOST).noneMatch(of -> of.contains(keyword))),
                false);
    }

    private static Stream<Keyword<?>> keywords(Stream<Section> sections) {
        return sections.flatMap(section -> KeywordTable.INSTANCE.of(section).stream())
                .distinct();
    }

    private static Explanation of(Precedence precedence, Stream<Keyword<?>> keywords, boolean ofPath) {
        var settings = keywords.<Explained<?>>map(keyword -> explain(precedence, keyword))
                .toList();
        return new Explanation(settings, remarks(precedence, settings, ofPath));
    }

    private static Stream<Section> entries() {
        return Stream.of(Section.DEVICE, Section.OVERRIDES, Section.PROTOCOL);
    }

    private static List<String> remarks(Precedence precedence, List<Explained<?>> settings, boolean ofPath) {
        var notOffered = EngineSettings.of(precedence).notOffered().stream()
                .filter(missing ->
                        ofPath == OF_PATH.stream().anyMatch(key -> key.name().equals(missing.keyword())))
                .map(EngineSettings.NotOffered::toString);
        var ofMap = ofPath
                ? Stream.<String>of()
                : Stream.concat(ShakyPaths.of(precedence).remarks().stream(), features(precedence));
        var withoutEffect = settings.stream()
                .flatMap(explained -> explained.holds().stream())
                .flatMap(found -> NotOffered.of(found.setting()).stream());
        return Stream.of(Detection.remarks(precedence, ofPath).stream(), notOffered, withoutEffect, ofMap)
                .flatMap(each -> each)
                .toList();
    }

    /** A transport may have a word in them. */
    private static Stream<String> features(Precedence precedence) {
        var used = EngineSettings.of(precedence).map().features();
        return Stream.of("features \"" + used.size() + " " + String.join(" ", used) + "\" hold over "
                        + precedence.protocol())
                .filter(line -> !used.equals(Queueing.of(precedence).features()));
    }

    /** Where a value follows from that of another keyword, it is told as that. */
    private static Explained<?> explain(Precedence precedence, Keyword<?> keyword) {
        if (keyword.equals(HostKeywords.POLLING_INTERVAL)) {
            return following(
                    precedence.explain(HostKeywords.POLLING_INTERVAL),
                    precedence.intervals().shortest(),
                    "follows from max_polling_interval");
        }
        if (keyword.equals(HostKeywords.MAX_POLLING_INTERVAL)) {
            return following(
                    precedence.explain(HostKeywords.MAX_POLLING_INTERVAL),
                    precedence.intervals().longest(),
                    "follows from polling_interval");
        }
        if (keyword.equals(MapKeywords.NO_PATH_RETRY)) {
            var explained = precedence.explain(MapKeywords.NO_PATH_RETRY);
            return Queueing.of(precedence)
                    .noPathRetry()
                    .map(queue -> queueing(precedence, explained, queue))
                    .orElse(explained);
        }
        return precedence.explain(keyword);
    }

    private static <T> Explained<T> following(Explained<T> explained, T value, String why) {
        if (explained.value().equals(Optional.of(value))) {
            return explained;
        }
        var derived = new Found<>(Layer.DEFAULTS, new Setting<>(explained.keyword(), value, new Origin.Elsewhere(why)));
        return over(derived, explained);
    }

    private static Explained<NoPathRetry> queueing(
            Precedence precedence, Explained<NoPathRetry> explained, NoPathRetry queue) {
        var features = precedence.explain(MapKeywords.FEATURES).holds();
        return explained.holds().isPresent() || features.isEmpty()
                ? explained
                : over(
                        new Found<>(
                                features.get().layer(),
                                new Setting<>(
                                        MapKeywords.NO_PATH_RETRY,
                                        queue,
                                        new Origin.Elsewhere("features at "
                                                + features.get().setting().origin()))),
                        explained);
    }

    private static <T> Explained<T> over(Found<T> derived, Explained<T> explained) {
        return new Explained<>(
                explained.keyword(),
                Optional.of(derived),
                Stream.concat(explained.holds().stream(), explained.overridden().stream())
                        .toList());
    }
}
