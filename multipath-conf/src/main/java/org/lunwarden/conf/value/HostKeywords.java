package org.lunwarden.conf.value;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.lunwarden.conf.value.Keyword.Standing;
import org.lunwarden.model.settings.AutoResize;
import org.lunwarden.model.settings.OffOr;

/** What holds for a host as a whole. */
public final class HostKeywords {

    private static final int LOUDEST = 4;
    private static final int MOST_SCSI_RETRIES = 5;

    public static final Keyword<Integer> VERBOSITY =
            Keyword.of("verbosity", Numbers.from(0, LOUDEST), 2, "How much is logged.");
    public static final Keyword<Duration> POLLING_INTERVAL = Keyword.of(
            "polling_interval",
            Numbers.SECONDS,
            Duration.ofSeconds(5),
            "Seconds from one check of a path to the next.");
    public static final Keyword<Duration> MAX_POLLING_INTERVAL = Keyword.of(
            "max_polling_interval", Numbers.SECONDS, "Seconds to which the pause grows while a path is well.");
    public static final Keyword<Boolean> REASSIGN_MAPS = Keyword.of(
            "reassign_maps", Words.YES_NO, false, "Move maps that are stacked on a path onto the map of the path.");
    public static final Keyword<List<UidAttribute>> UID_ATTRS = Keyword.of(
            "uid_attrs",
            Words.UID_ATTRS,
            "The udev property that holds the WWID, by the beginning of the node's name.");
    public static final Keyword<Integer> MAX_FDS =
            Keyword.of("max_fds", Numbers.MAX_OR_NUMBER, Integer.MAX_VALUE, "Most open files.");
    public static final Keyword<Boolean> QUEUE_WITHOUT_DAEMON = Keyword.of(
            "queue_without_daemon",
            Words.YES_NO,
            "Go on queueing when the daemon has ended; else unless the host goes down.");
    public static final Keyword<Duration> CHECKER_TIMEOUT = Keyword.of(
            "checker_timeout",
            Numbers.TIMEOUT,
            "Seconds after which a check has failed; else the device's own timeout.");
    public static final Keyword<Boolean> ALLOW_USB_DEVICES =
            Keyword.of("allow_usb_devices", Words.YES_NO, false, "Take disks on USB too.");
    public static final Keyword<OffOr> MAX_RETRIES = Keyword.of(
            "max_retries", Numbers.offOr(MOST_SCSI_RETRIES), "How often the kernel repeats a failed SCSI command.");
    public static final Keyword<Choice.LogCheckerErr> LOG_CHECKER_ERR = Keyword.of(
            "log_checker_err",
            Words.oneOf(Choice.LogCheckerErr.values(), Map.of()),
            Choice.LogCheckerErr.ALWAYS,
            "Log every failed check, or only the first one.");
    public static final Keyword<Boolean> FORCE_SYNC = Keyword.of(
                    "force_sync", Words.YES_NO, false, "No check takes a thread, so that there is none to be spared.")
            .standing(Standing.POINTLESS);
    public static final Keyword<Boolean> STRICT_TIMING = Keyword.of(
                    "strict_timing",
                    Words.YES_NO,
                    false,
                    "Each path has a timer of its own, and no check of another can hold it up.")
            .standing(Standing.POINTLESS);
    public static final Keyword<String> PARTITION_DELIMITER = Keyword.of(
            "partition_delimiter",
            Words.DELIMITER,
            "What stands between the name of a map and the number of a partition.");
    public static final Keyword<Choice.MarginalPathgroups> MARGINAL_PATHGROUPS = Keyword.of(
            "marginal_pathgroups",
            Words.oneOf(
                    Choice.MarginalPathgroups.values(),
                    Map.of(
                            "no",
                            Choice.MarginalPathgroups.OFF,
                            "0",
                            Choice.MarginalPathgroups.OFF,
                            "yes",
                            Choice.MarginalPathgroups.ON,
                            "1",
                            Choice.MarginalPathgroups.ON)),
            Choice.MarginalPathgroups.OFF,
            "Put marginal paths into groups of last resort instead of failing them.");
    public static final Keyword<Choice.FindMultipaths> FIND_MULTIPATHS = Keyword.of(
            "find_multipaths",
            Words.oneOf(
                    Choice.FindMultipaths.values(),
                    Map.of(
                            "no",
                            Choice.FindMultipaths.OFF,
                            "0",
                            Choice.FindMultipaths.OFF,
                            "yes",
                            Choice.FindMultipaths.ON,
                            "1",
                            Choice.FindMultipaths.ON)),
            Choice.FindMultipaths.STRICT,
            "When a disk is taken as a path.");
    public static final Keyword<Integer> FIND_MULTIPATHS_TIMEOUT = Keyword.of(
            "find_multipaths_timeout",
            Numbers.fromButZero(Integer.MIN_VALUE, Integer.MAX_VALUE),
            -10,
            "Seconds to wait for a second path in mode smart; less than 0 for known hardware only.");
    public static final Keyword<Duration> UXSOCK_TIMEOUT = Keyword.of(
            "uxsock_timeout",
            Numbers.milliseconds(4_000),
            Duration.ofSeconds(4),
            "How long a client waits for an answer.");
    public static final Keyword<Integer> RETRIGGER_TRIES = Keyword.of(
            "retrigger_tries",
            Numbers.from(0, Integer.MAX_VALUE),
            3,
            "How often udev is asked anew for a missing WWID.");
    public static final Keyword<Duration> RETRIGGER_DELAY = Keyword.of(
            "retrigger_delay", Numbers.seconds(0), Duration.ofSeconds(10), "Seconds between asking udev anew.");
    public static final Keyword<Duration> MISSING_UEV_WAIT_TIMEOUT = Keyword.of(
            "missing_uev_wait_timeout",
            Numbers.seconds(0),
            Duration.ofSeconds(30),
            "Seconds to wait for the uevent of a new map before it may be reloaded.");
    public static final Keyword<Integer> REMOVE_RETRIES = Keyword.of(
            "remove_retries", Numbers.from(0, Integer.MAX_VALUE), 0, "How often removing a map in use is tried again.");
    public static final Keyword<AutoResize> AUTO_RESIZE = Keyword.of(
            "auto_resize",
            Words.oneOf(AutoResize.values(), AutoResize::word, Map.of()),
            AutoResize.NEVER,
            "Whether a map follows the size of its paths.");
    public static final Keyword<String> ENABLE_FOREIGN = Keyword.of(
            "enable_foreign", Words.EXPRESSION, "NONE", "Which other multipath implementations are shown too.");

    private HostKeywords() {}
}
