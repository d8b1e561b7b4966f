package org.lunwarden.conf.value;

import java.util.List;
import java.util.Map;

import org.lunwarden.conf.value.Keyword.Standing;
import org.lunwarden.model.dm.PathSelector;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.NoPathRetry;

/** What holds for a map. */
public final class MapKeywords {

    public static final Keyword<PathSelector> PATH_SELECTOR = Keyword.of(
            "path_selector",
            Words.SELECTOR,
            PathSelector.of("service-time"),
            "How I/O is spread over the paths of a group.");
    public static final Keyword<Choice.Grouping> PATH_GROUPING_POLICY = Keyword.of(
            "path_grouping_policy",
            Words.beginningWithOneOf(Choice.Grouping.values()),
            Choice.Grouping.FAILOVER,
            "How paths are put into groups.");
    public static final Keyword<Boolean> DETECT_PGPOLICY = Keyword.of(
            "detect_pgpolicy", Words.YES_NO, true, "Group by priority where all paths tell an ALUA priority.");
    public static final Keyword<Boolean> DETECT_PGPOLICY_USE_TPG = Keyword.of(
            "detect_pgpolicy_use_tpg",
            Words.YES_NO,
            false,
            "Group by target port group instead where the policy is detected.");
    public static final Keyword<List<String>> FEATURES =
            Keyword.of("features", Words.COUNTED, List.of(), "Words for the kernel's multipath target.");
    public static final Keyword<List<String>> HARDWARE_HANDLER = Keyword.of(
            "hardware_handler", Words.COUNTED, "The kernel's hardware handler, where it attached none itself.");
    public static final Keyword<Boolean> RETAIN_ATTACHED_HW_HANDLER = Keyword.of(
                    "retain_attached_hw_handler",
                    Words.YES_NO,
                    true,
                    "The kernel keeps the hardware handler that is attached, since 4.3 whatever it is told.")
            .standing(Standing.POINTLESS);
    public static final Keyword<String> ALIAS_PREFIX =
            Keyword.of("alias_prefix", Words.PREFIX, "mpath", "What user-friendly names begin with.");
    public static final Keyword<Failback> FAILBACK =
            Keyword.of("failback", Policies.FAILBACK, new Failback.Manual(), "When a map returns to its best group.");
    public static final Keyword<NoPathRetry> NO_PATH_RETRY =
            Keyword.of("no_path_retry", Policies.NO_PATH_RETRY, "What becomes of I/O while no path is left.");
    public static final Keyword<FlushOnLastDel> FLUSH_ON_LAST_DEL = Keyword.of(
            "flush_on_last_del",
            Words.oneOf(
                    FlushOnLastDel.values(),
                    FlushOnLastDel::word,
                    Map.of(
                            "no",
                            FlushOnLastDel.UNUSED,
                            "0",
                            FlushOnLastDel.UNUSED,
                            "yes",
                            FlushOnLastDel.ALWAYS,
                            "1",
                            FlushOnLastDel.ALWAYS)),
            FlushOnLastDel.UNUSED,
            "Whether a map goes when its last path was removed.");
    public static final Keyword<Boolean> USER_FRIENDLY_NAMES = Keyword.of(
            "user_friendly_names", Words.YES_NO, false, "Name maps mpatha, mpathb and so on instead of by WWID.");
    public static final Keyword<Integer> MODE = ofNode("mode", Numbers.MODE);
    public static final Keyword<Owner> UID = ofNode("uid", Words.OWNER);
    public static final Keyword<Owner> GID = ofNode("gid", Words.OWNER);
    public static final Keyword<ReservationKey> RESERVATION_KEY =
            Keyword.of("reservation_key", Policies.RESERVATION_KEY, "Key of persistent reservations.");
    public static final Keyword<Boolean> DEFERRED_REMOVE = Keyword.of(
            "deferred_remove", Words.YES_NO, false, "Remove a map without paths once its last user closes it.");
    public static final Keyword<Integer> SAN_PATH_ERR_THRESHOLD =
            watch("san_path_err_threshold", "Failures of a path, after which it is held back.");
    public static final Keyword<Integer> SAN_PATH_ERR_FORGET_RATE =
            watch("san_path_err_forget_rate", "Good checks after which one failure is forgotten.");
    public static final Keyword<Integer> SAN_PATH_ERR_RECOVERY_TIME =
            watch("san_path_err_recovery_time", "Seconds without failure until a path held back returns.");
    public static final Keyword<Integer> DELAY_WATCH_CHECKS = watch(
                    "delay_watch_checks", "Taken as san_path_err_forget_rate with a threshold of 1.")
            .standing(Standing.DEPRECATED);
    public static final Keyword<Integer> DELAY_WAIT_CHECKS = watch(
                    "delay_wait_checks", "Taken, times max_polling_interval, as san_path_err_recovery_time.")
            .standing(Standing.DEPRECATED);
    public static final Keyword<Integer> MARGINAL_PATH_DOUBLE_FAILED_TIME =
            watch("marginal_path_double_failed_time", "Seconds in which a second failure makes a path suspect.");
    public static final Keyword<Integer> MARGINAL_PATH_ERR_SAMPLE_TIME =
            watch("marginal_path_err_sample_time", "Seconds for which a suspect path is read, 120 at least.");
    public static final Keyword<Integer> MARGINAL_PATH_ERR_RATE_THRESHOLD =
            watch("marginal_path_err_rate_threshold", "Errors in a thousand reads, above which a path is marginal.");
    public static final Keyword<Integer> MARGINAL_PATH_ERR_RECHECK_GAP_TIME =
            watch("marginal_path_err_recheck_gap_time", "Seconds until a marginal path is read again.");
    public static final Keyword<Boolean> SKIP_KPARTX =
            Keyword.of("skip_kpartx", Words.YES_NO, false, "Leave the map without partition devices.");
    public static final Keyword<Integer> MAX_SECTORS_KB = Keyword.of(
            "max_sectors_kb", Numbers.fromButZero(0, Integer.MAX_VALUE), "Largest request in KiB, set on the paths.");
    public static final Keyword<Integer> GHOST_DELAY =
            watch("ghost_delay", "Seconds for which a map of passive paths only is not yet announced as ready.");
    public static final Keyword<Boolean> PURGE_DISCONNECTED =
            Keyword.of("purge_disconnected", Words.YES_NO, false, "Remove paths whose LUN the array no longer maps.");
    public static final Keyword<Integer> RR_MIN_IO = roundRobin("rr_min_io", Numbers.from(0, Integer.MAX_VALUE));
    public static final Keyword<Integer> RR_MIN_IO_RQ = roundRobin("rr_min_io_rq", Numbers.from(0, Integer.MAX_VALUE));
    public static final Keyword<Choice.RrWeight> RR_WEIGHT =
            roundRobin("rr_weight", Words.oneOf(Choice.RrWeight.values(), Map.of()));

    private MapKeywords() {}

    private static Keyword<Integer> watch(String name, String meaning) {
        return Keyword.of(name, Numbers.NO_OR_NUMBER, 0, meaning);
    }

    private static <T> Keyword<T> ofNode(String name, ValueType<T> type) {
        return Keyword.of(name, type, "The node of a map is made by udev, whose rules say whom it belongs to.")
                .standing(Standing.POINTLESS);
    }

    private static <T> Keyword<T> roundRobin(String name, ValueType<T> type) {
        return Keyword.of(name, type, "Weighted round-robin, which kernels since 4.6 do not offer.")
                .standing(Standing.INEFFECTIVE);
    }
}
