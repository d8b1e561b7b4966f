package org.lunwarden.conf.value;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.lunwarden.model.settings.OffOr;
import org.lunwarden.model.settings.TransportTimeouts;

/** What holds for a path by itself. */
public final class PathKeywords {

    /** Protocols as they are shown and as {@code type} and {@code protocol} mean them. */
    public static final List<String> PROTOCOLS = List.of(
            "undef",
            "ccw",
            "cciss",
            "scsi:fcp",
            "scsi:spi",
            "scsi:ssa",
            "scsi:sbp",
            "scsi:srp",
            "scsi:iscsi",
            "scsi:sas",
            "scsi:adt",
            "scsi:ata",
            "scsi:usb",
            "scsi:unspec",
            "nvme:pcie",
            "nvme:rdma",
            "nvme:fc",
            "nvme:tcp",
            "nvme:loop",
            "nvme:apple-nvme",
            "nvme:unspec");

    private static final Set<String> CHECKERS =
            Set.of("tur", "directio", "readsector0", "rdac", "emc_clariion", "hp_sw", "cciss_tur", "none");

    private static final Set<String> PRIORITIES = Set.of(
            "const",
            "random",
            "alua",
            "sysfs",
            "ana",
            "emc",
            "rdac",
            "hp_sw",
            "hds",
            "ontap",
            "weightedpath",
            "path_latency",
            "datacore",
            "iet",
            "none");

    public static final Keyword<String> UID_ATTRIBUTE = Keyword.of(
            "uid_attribute",
            Words.TEXT,
            "ID_SERIAL",
            "The udev property that holds the WWID; empty to ask the device itself.");
    public static final Keyword<String> PRIO = Keyword.of(
            "prio", Words.known(PRIORITIES, "prioritizer"), "const", "Where the priority of a path comes from.");
    public static final Keyword<String> PRIO_ARGS =
            Keyword.of("prio_args", Words.TEXT, "", "Arguments of the prioritizer.");
    public static final Keyword<Boolean> DETECT_PRIO = Keyword.of(
            "detect_prio", Words.YES_NO, true, "Take the priority from ALUA or ANA where the device has it.");
    public static final Keyword<String> PATH_CHECKER =
            Keyword.of("path_checker", Words.known(CHECKERS, "path checker"), "tur", "How a path is checked.");
    public static final Keyword<Boolean> DETECT_CHECKER =
            Keyword.of("detect_checker", Words.YES_NO, true, "Take tur or rdac where the device tells that it fits.");
    public static final Keyword<OffOr> FAST_IO_FAIL_TMO = Keyword.of(
            "fast_io_fail_tmo",
            Numbers.offOr(Integer.MAX_VALUE),
            TransportTimeouts.STANDARD_FAST_IO_FAIL,
            "Seconds after the loss of a port until its I/O fails.");
    public static final Keyword<Duration> DEV_LOSS_TMO = Keyword.of(
            "dev_loss_tmo", Numbers.DEV_LOSS, "Seconds after the loss of a port until its devices are removed.");
    public static final Keyword<OffOr> EH_DEADLINE = Keyword.of(
            "eh_deadline",
            Numbers.offOr(Integer.MAX_VALUE),
            "Seconds of error handling until the whole adapter is reset.");
    public static final Keyword<Boolean> ALL_TG_PT = Keyword.of(
            "all_tg_pt", Words.YES_NO, false, "A registered reservation key holds for all ports of the target.");
    public static final Keyword<Boolean> RECHECK_WWID = Keyword.of(
            "recheck_wwid", Words.YES_NO, false, "Compare the WWID again before a path comes back into use.");

    private PathKeywords() {}
}
