package org.lunwarden.conf.value;

import static org.lunwarden.conf.value.EntryKeywords.*;
import static org.lunwarden.conf.value.HostKeywords.*;
import static org.lunwarden.conf.value.MapKeywords.*;
import static org.lunwarden.conf.value.PathKeywords.*;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.conf.text.Grammar;
import org.lunwarden.conf.text.Section;

/**
 * Which keyword may stand in which section. The order is that in which a section is printed. Source: multipath.conf(5)
 * and the dumps of multipath-tools 0.9.4, with the keywords of 0.14 added behind those they belong to.
 */
public final class KeywordTable implements Grammar {

    private static final Map<String, String> SYNONYMS = Map.of("checker", "path_checker");

    private static final List<Keyword<?>> SHAKY = List.of(
            DELAY_WATCH_CHECKS,
            DELAY_WAIT_CHECKS,
            SAN_PATH_ERR_THRESHOLD,
            SAN_PATH_ERR_FORGET_RATE,
            SAN_PATH_ERR_RECOVERY_TIME,
            MARGINAL_PATH_ERR_SAMPLE_TIME,
            MARGINAL_PATH_ERR_RATE_THRESHOLD,
            MARGINAL_PATH_ERR_RECHECK_GAP_TIME,
            MARGINAL_PATH_DOUBLE_FAILED_TIME);

    public static final KeywordTable INSTANCE = new KeywordTable();

    private final Map<Section, Map<String, Keyword<?>>> sections = new EnumMap<>(Section.class);

    private KeywordTable() {
        Arrays.stream(Section.values())
                .forEach(section -> sections.put(
                        section,
                        listed(section)
                                .collect(Collectors.toMap(
                                        Keyword::name, Function.identity(), (one, other) -> one, LinkedHashMap::new))));
    }

    /** The keywords of a section, in the order in which they are printed. */
    public List<Keyword<?>> of(Section section) {
        return List.copyOf(keywordsOf(section).values());
    }

    public Optional<Keyword<?>> find(Section section, String name) {
        return Optional.ofNullable(keywordsOf(section).get(SYNONYMS.getOrDefault(name, name)));
    }

    @Override
    public Collection<String> keywords() {
        return sections.values().stream()
                .flatMap(keywords -> keywords.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Set<Section> sections(String name) {
        return Arrays.stream(Section.values())
                .filter(section -> find(section, name).isPresent())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Section.class)));
    }

    @Override
    public boolean repeats(Section section, String name) {
        return section == Section.BLACKLIST || section == Section.BLACKLIST_EXCEPTIONS;
    }

    private Map<String, Keyword<?>> keywordsOf(Section section) {
        return sections.getOrDefault(section, Map.of());
    }

    private static Stream<Keyword<?>> listed(Section section) {
        return switch (section) {
            case FILE, DEVICES, MULTIPATHS -> Stream.of();
            case DEFAULTS -> defaults();
            case BLACKLIST, BLACKLIST_EXCEPTIONS ->
                Stream.of(LISTED_DEVNODE, LISTED_WWID, LISTED_PROPERTY, LISTED_PROTOCOL);
            case LISTED_DEVICE -> Stream.of(LISTED_VENDOR, LISTED_PRODUCT);
            case DEVICE -> device();
            case OVERRIDES -> overrides();
            case PROTOCOL -> Stream.of(TYPE, FAST_IO_FAIL_TMO, DEV_LOSS_TMO, EH_DEADLINE);
            case MULTIPATH -> multipath();
        };
    }

    private static Stream<Keyword<?>> defaults() {
        return Stream.of(
                        Stream.of(
                                VERBOSITY,
                                POLLING_INTERVAL,
                                MAX_POLLING_INTERVAL,
                                REASSIGN_MAPS,
                                PATH_SELECTOR,
                                PATH_GROUPING_POLICY,
                                UID_ATTRS,
                                UID_ATTRIBUTE,
                                PRIO,
                                PRIO_ARGS,
                                FEATURES,
                                PATH_CHECKER,
                                ALIAS_PREFIX,
                                FAILBACK,
                                RR_MIN_IO,
                                RR_MIN_IO_RQ,
                                MAX_FDS,
                                RR_WEIGHT,
                                NO_PATH_RETRY,
                                QUEUE_WITHOUT_DAEMON,
                                CHECKER_TIMEOUT,
                                ALLOW_USB_DEVICES,
                                FLUSH_ON_LAST_DEL,
                                USER_FRIENDLY_NAMES,
                                MODE,
                                UID,
                                GID,
                                FAST_IO_FAIL_TMO,
                                DEV_LOSS_TMO,
                                EH_DEADLINE,
                                MAX_RETRIES,
                                LOG_CHECKER_ERR,
                                RESERVATION_KEY,
                                ALL_TG_PT,
                                RETAIN_ATTACHED_HW_HANDLER,
                                DETECT_PRIO,
                                DETECT_CHECKER,
                                DETECT_PGPOLICY,
                                DETECT_PGPOLICY_USE_TPG,
                                FORCE_SYNC,
                                STRICT_TIMING,
                                DEFERRED_REMOVE,
                                PARTITION_DELIMITER),
                        SHAKY.stream(),
                        Stream.of(
                                FIND_MULTIPATHS,
                                UXSOCK_TIMEOUT,
                                RETRIGGER_TRIES,
                                RETRIGGER_DELAY,
                                MISSING_UEV_WAIT_TIMEOUT,
                                SKIP_KPARTX,
                                REMOVE_RETRIES,
                                MAX_SECTORS_KB,
                                GHOST_DELAY,
                                AUTO_RESIZE,
                                FIND_MULTIPATHS_TIMEOUT,
                                ENABLE_FOREIGN,
                                MARGINAL_PATHGROUPS,
                                RECHECK_WWID,
                                PURGE_DISCONNECTED),
                        ignored(
                                "multipath_dir",
                                "config_dir",
                                "bindings_file",
                                "wwids_file",
                                "prkeys_file",
                                "getuid_callout",
                                "pg_timeout",
                                "disable_changed_wwids"))
                .flatMap(Function.identity());
    }

    private static Stream<Keyword<?>> device() {
        return Stream.of(
                        Stream.of(
                                VENDOR,
                                PRODUCT,
                                REVISION,
                                PRODUCT_BLACKLIST,
                                PATH_GROUPING_POLICY,
                                UID_ATTRIBUTE,
                                PATH_SELECTOR,
                                PATH_CHECKER,
                                ALIAS_PREFIX,
                                FEATURES,
                                HARDWARE_HANDLER),
                        common(),
                        Stream.of(VPD_VENDOR, RECHECK_WWID, PURGE_DISCONNECTED),
                        ignored("getuid_callout", "pg_timeout"))
                .flatMap(Function.identity());
    }

    private static Stream<Keyword<?>> overrides() {
        return Stream.of(
                        Stream.of(
                                PATH_GROUPING_POLICY,
                                UID_ATTRIBUTE,
                                PATH_SELECTOR,
                                PATH_CHECKER,
                                ALIAS_PREFIX,
                                FEATURES),
                        common(),
                        Stream.of(RECHECK_WWID, PURGE_DISCONNECTED),
                        ignored("getuid_callout"))
                .flatMap(Function.identity());
    }

    /** What stands alike in overrides and in the entry of a device. */
    private static Stream<Keyword<?>> common() {
        return Stream.of(
                        Stream.of(
                                PRIO,
                                PRIO_ARGS,
                                FAILBACK,
                                RR_WEIGHT,
                                NO_PATH_RETRY,
                                RR_MIN_IO,
                                RR_MIN_IO_RQ,
                                FLUSH_ON_LAST_DEL,
                                FAST_IO_FAIL_TMO,
                                DEV_LOSS_TMO,
                                EH_DEADLINE,
                                USER_FRIENDLY_NAMES,
                                RETAIN_ATTACHED_HW_HANDLER,
                                DETECT_PRIO,
                                DETECT_CHECKER,
                                DETECT_PGPOLICY,
                                DETECT_PGPOLICY_USE_TPG,
                                DEFERRED_REMOVE),
                        SHAKY.stream(),
                        Stream.of(SKIP_KPARTX, MAX_SECTORS_KB, GHOST_DELAY, ALL_TG_PT))
                .flatMap(Function.identity());
    }

    private static Stream<Keyword<?>> multipath() {
        return Stream.of(
                        Stream.of(
                                WWID,
                                ALIAS,
                                PATH_GROUPING_POLICY,
                                PATH_SELECTOR,
                                PRIO,
                                PRIO_ARGS,
                                FAILBACK,
                                RR_WEIGHT,
                                NO_PATH_RETRY,
                                RR_MIN_IO,
                                RR_MIN_IO_RQ,
                                FLUSH_ON_LAST_DEL,
                                FEATURES,
                                MODE,
                                UID,
                                GID,
                                RESERVATION_KEY,
                                USER_FRIENDLY_NAMES,
                                DEFERRED_REMOVE),
                        SHAKY.stream(),
                        Stream.of(SKIP_KPARTX, MAX_SECTORS_KB, GHOST_DELAY, PURGE_DISCONNECTED),
                        ignored("pg_timeout"))
                .flatMap(Function.identity());
    }

    private static Stream<Keyword<?>> ignored(String... names) {
        return Arrays.stream(names).map(Keyword::ignored);
    }
}
