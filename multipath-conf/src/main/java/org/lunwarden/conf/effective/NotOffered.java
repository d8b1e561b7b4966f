package org.lunwarden.conf.effective;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.conf.hardware.DeviceEntry;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.value.Choice;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.HostKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.Keyword.Standing;
import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.PathKeywords;
import org.lunwarden.conf.value.Setting;
import org.lunwarden.conf.value.Settings;

/** What the files of a site ask for and the engine does not do yet. */
public final class NotOffered {

    private static final Set<Keyword<?>> DONE = Set.of(
            HostKeywords.POLLING_INTERVAL,
            HostKeywords.MAX_POLLING_INTERVAL,
            HostKeywords.UID_ATTRS,
            HostKeywords.AUTO_RESIZE,
            HostKeywords.REASSIGN_MAPS,
            HostKeywords.REMOVE_RETRIES,
            HostKeywords.RETRIGGER_TRIES,
            HostKeywords.RETRIGGER_DELAY,
            HostKeywords.QUEUE_WITHOUT_DAEMON,
            HostKeywords.MISSING_UEV_WAIT_TIMEOUT,
            HostKeywords.FIND_MULTIPATHS,
            HostKeywords.ALLOW_USB_DEVICES,
            HostKeywords.CHECKER_TIMEOUT,
            HostKeywords.VERBOSITY,
            HostKeywords.MAX_FDS,
            HostKeywords.LOG_CHECKER_ERR,
            PathKeywords.UID_ATTRIBUTE,
            PathKeywords.PATH_CHECKER,
            PathKeywords.DETECT_CHECKER,
            PathKeywords.PRIO,
            PathKeywords.PRIO_ARGS,
            PathKeywords.DETECT_PRIO,
            MapKeywords.ALIAS_PREFIX,
            MapKeywords.USER_FRIENDLY_NAMES,
            MapKeywords.PATH_SELECTOR,
            MapKeywords.PATH_GROUPING_POLICY,
            MapKeywords.DETECT_PGPOLICY,
            MapKeywords.DETECT_PGPOLICY_USE_TPG,
            MapKeywords.FEATURES,
            MapKeywords.HARDWARE_HANDLER,
            MapKeywords.FAILBACK,
            MapKeywords.NO_PATH_RETRY,
            MapKeywords.SKIP_KPARTX,
            HostKeywords.MAX_RETRIES,
            HostKeywords.MARGINAL_PATHGROUPS,
            PathKeywords.FAST_IO_FAIL_TMO,
            PathKeywords.DEV_LOSS_TMO,
            PathKeywords.EH_DEADLINE,
            PathKeywords.RECHECK_WWID,
            MapKeywords.PURGE_DISCONNECTED,
            MapKeywords.SAN_PATH_ERR_THRESHOLD,
            MapKeywords.SAN_PATH_ERR_FORGET_RATE,
            MapKeywords.SAN_PATH_ERR_RECOVERY_TIME,
            MapKeywords.MARGINAL_PATH_DOUBLE_FAILED_TIME,
            MapKeywords.MARGINAL_PATH_ERR_SAMPLE_TIME,
            MapKeywords.MARGINAL_PATH_ERR_RATE_THRESHOLD,
            MapKeywords.MARGINAL_PATH_ERR_RECHECK_GAP_TIME,
            MapKeywords.DELAY_WATCH_CHECKS,
            MapKeywords.DELAY_WAIT_CHECKS,
            MapKeywords.FLUSH_ON_LAST_DEL,
            MapKeywords.DEFERRED_REMOVE,
            MapKeywords.GHOST_DELAY,
            MapKeywords.MAX_SECTORS_KB,
            EntryKeywords.VENDOR,
            EntryKeywords.PRODUCT,
            EntryKeywords.REVISION,
            EntryKeywords.PRODUCT_BLACKLIST,
            EntryKeywords.WWID,
            EntryKeywords.ALIAS,
            EntryKeywords.TYPE);

    private static final String NO_EFFECT = ", it has no effect";

    private NotOffered() {}

    /**
     * One sentence for each keyword, with the places that say it. A value that asks for nothing is not told, nor one of a
     * checker, a prioritizer or a policy, of which only the path that it applies to can say whether it holds.
     */
    public static List<String> in(MultipathConf conf) {
        Map<Keyword<?>, List<Setting<?>>> found = new LinkedHashMap<>();
        missing(conf)
                .forEach(setting -> found.computeIfAbsent(setting.keyword(), keyword -> new ArrayList<>())
                        .add(setting));
        return found.entrySet().stream()
                .map(entry -> sentence(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The same, one for each place. */
    public static List<Problem> warnings(MultipathConf conf) {
        return missing(conf)
                .flatMap(setting -> setting.origin() instanceof Origin.InFile(var at)
                        ? Stream.of(Problem.warning(at, told(setting.keyword()) + NO_EFFECT, ""))
                        : Stream.<Problem>of())
                .toList();
    }

    /** Why a setting has no effect, a sentence; empty when it has one. */
    static Optional<String> of(Setting<?> setting) {
        return Optional.of(setting)
                .filter(said -> !(said.origin() instanceof Origin.BuiltIn))
                .flatMap(said -> said.idle()
                        .or(() -> Optional.of(told(said.keyword()) + NO_EFFECT).filter(why -> isMissing(said))));
    }

    private static Stream<Setting<?>> missing(MultipathConf conf) {
        return said(conf)
                .flatMap(Settings::stream)
                .filter(setting -> setting.origin() instanceof Origin.InFile)
                .filter(NotOffered::isMissing);
    }

    private static Stream<Settings> said(MultipathConf conf) {
        return Stream.of(
                        Stream.of(conf.defaults(), conf.overrides()),
                        conf.protocols().stream(),
                        conf.devices().entries().stream().map(DeviceEntry::settings),
                        conf.multipaths().stream())
                .flatMap(settings -> settings);
    }

    private static boolean isMissing(Setting<?> setting) {
        var keyword = setting.keyword();
        return !DONE.contains(keyword)
                && keyword.standing() != Standing.INEFFECTIVE
                && keyword.standing() != Standing.POINTLESS
                && keyword.standing() != Standing.IGNORED
                && !asksForNothing(setting);
    }

    private static boolean asksForNothing(Setting<?> setting) {
        var value = setting.value();
        var isBuiltIn = setting.keyword().builtIn().filter(value::equals).isPresent();
        return Boolean.FALSE.equals(value) || value.equals(0) || (value instanceof Choice && isBuiltIn);
    }

    private static String sentence(Keyword<?> keyword, List<Setting<?>> settings) {
        var places = settings.stream()
                .map(setting -> setting.origin().toString())
                .distinct()
                .toList();
        return told(keyword) + " (" + String.join(", ", places) + ")";
    }

    private static String told(Keyword<?> keyword) {
        return keyword + " is not offered yet";
    }
}
