package org.lunwarden.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a daemon does about paths that cannot be relied on, and units that grow, on a real kernel: the units of
 * {@code array-here}. One guest and one daemon, so the tests have an order.
 *
 * <p>Not here: the end of the two minutes for which a path is read, which a build does not wait for; reads of one path that
 * fail while its checks are good; and passive paths, whose map the guest's udev reads where no handler makes them active.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrecautionsIT {
    private static final Duration SOON = Duration.ofMinutes(3);

    private static final String COUNTED = "333333330000007d0";
    private static final String SAMPLED = "333333330000007d1";

    private static final String CONF = """
            defaults {
                user_friendly_names no
                find_multipaths no
                polling_interval 1
                max_polling_interval 1
                path_grouping_policy multibus
                path_checker tur
                prio const
                detect_prio no
                no_path_retry queue
                auto_resize grow_only
                purge_disconnected yes
            }
            multipaths {
                multipath {
                    wwid 333333330000007d0
                    san_path_err_threshold 2
                    san_path_err_forget_rate 1000
                    san_path_err_recovery_time 15
                }
                multipath {
                    wwid 333333330000007d1
                    marginal_path_double_failed_time 120
                    marginal_path_err_sample_time 120
                    marginal_path_err_rate_threshold 10
                    marginal_path_err_recheck_gap_time 60
                }
            }
            """;

    @RegisterExtension
    static final Lab lab = new Lab();

    private static Guest guest;
    private static Daemon daemon;

    @BeforeAll
    static void theDaemonStarts() {
        guest = lab.boot(GuestSpec.named("precautions")
                .withMemory(896)
                .withModules("target_core_mod target_core_file tcm_loop iscsi_target_mod iscsi_tcp"));
        guest.run(Duration.ofMinutes(5), "bash /lab/kit/guest/array-here").output();
        guest.put("lunwarden.conf", "lunwarden.fleet.join = no\n");
        guest.put("multipath.conf", CONF);
        guest.run("cp /lab/run/lunwarden.conf /lab/run/multipath.conf /etc").output();
        daemon = Daemon.startWithFilesInPlace(guest);
    }

    @AfterAll
    static void theDaemonEnds() {
        daemon.stop();
    }

    @Test
    @Order(1)
    void aPathThatFailsTwiceIsHeldBackWhileItIsReadForErrors() {
        String path = device("$(disks IBM 2145 | sed -n 2p)");

        comesAndGoes(path, SAMPLED);
        fails(path, SAMPLED);
        works(path);

        awaitWhy(path, "held back: it failed twice within 120 s; is read for errors for 120 s");
        assertThat(state(SAMPLED)).contains(path + " F ");
    }

    @Test
    @Order(2)
    void aPathThatReturnsTooOftenIsHeldBackUntilItWasGoodForLongEnough() {
        String path = device("$(disks IBM 2145 | sed -n 1p)");

        comesAndGoes(path, COUNTED);
        comesAndGoes(path, COUNTED);
        fails(path, COUNTED);
        works(path);

        awaitWhy(path, "held back: it came back 3 times, 2 are borne");
        assertThat(state(COUNTED)).contains(path + " F ");
        assertThat(guest.probe("path " + path + " A " + COUNTED + " 180").exit())
                .isZero();
        awaitWhy(path, "state ready");
    }

    @Test
    @Order(3)
    void aMapFollowsItsUnitThatGrows() {
        assertThat(sectors(COUNTED)).isEqualTo("32768");

        guest.run("echo 1 >/sys/bus/pseudo/drivers/scsi_debug/virtual_gb; " + DISKS
                        + "for d in $(disks IBM 2145); do echo 1 >/sys/block/$d/device/rescan; done")
                .output();

        Await.until(SOON, "a map of 1 GiB", () -> sectors(COUNTED), "2097152"::equals);
        Await.until(SOON, "the other map of 1 GiB", () -> sectors(SAMPLED), "2097152"::equals);
        guest.run("dd if=/dev/mapper/" + COUNTED + " of=/dev/null bs=4096 skip=200000 count=1 iflag=direct")
                .output();
    }

    /** LUN 1, since a target that maps nothing to LUN 0 answers for it all the same. */
    @Test
    @Order(4)
    void aPathWhoseUnitIsMappedNoMoreIsRemovedWhileOthersCarryTheMap() {
        guest.run(PORTAL + "mkdir $p/lun/lun_1; ln -s $T/core/fileio_0/iscsi $p/lun/lun_1/port; "
                        + "iscsiadm -m session --rescan")
                .output();
        var path = Await.until(
                SOON,
                "a third path",
                () -> guest.run(SECOND_LUN + "cat $s/dev 2>/dev/null || true").line(),
                dev -> !dev.isEmpty());
        var map = Await.until(
                SOON,
                "the map of the path",
                () -> guest.run(SECOND_LUN + "cat $s/holders/*/dm/name 2>/dev/null || true")
                        .line(),
                name -> !name.isEmpty());
        assertThat(guest.probe("path " + path + " A " + map + " 180").exit()).isZero();

        guest.run(PORTAL + "rm $p/lun/lun_1/port; rmdir $p/lun/lun_1").output();

        Await.until(
                SOON,
                "the disk is gone",
                () -> guest.run("[ -e /sys/dev/block/" + path + " ] || echo gone")
                        .line(),
                "gone"::equals);
        assertThat(state(map)).doesNotContain(path + " ").containsPattern(" A .* A ");
        guest.run("dd if=/dev/mapper/" + map + " of=/dev/null bs=4096 count=1 iflag=direct")
                .output();
    }

    private static final String PORTAL =
            "set -e; T=/sys/kernel/config/target; " + "p=$T/iscsi/iqn.2026-01.org.lunwarden:here/tpgt_2; ";

    /** Its folder in sysfs is {@code $s}. */
    private static final String SECOND_LUN = "for s in /sys/block/sd*; do "
            + "case $(xargs <$s/device/model):$(readlink $s/device) in ISCSI:*:1) break;; esac; s=/none; done 2>/dev/null; ";

    private static final String DISKS = "disks() { for s in /sys/block/sd*; do "
            + "[ \"$(cat $s/device/vendor $s/device/model | xargs)\" != \"$*\" ] || basename $s; done; }; ";

    /** @param disk a bash word */
    private static String device(String disk) {
        return guest.run(DISKS + "cat /sys/block/" + disk + "/dev").line();
    }

    private static String state(String map) {
        return guest.run("dmsetup status " + map).line();
    }

    private static String sectors(String map) {
        return guest.run("dmsetup table " + map + " | cut -d' ' -f2").line();
    }

    private static void comesAndGoes(String path, String map) {
        fails(path, map);
        works(path);
        assertThat(guest.probe("path " + path + " A " + map + " 180").exit()).isZero();
    }

    private static void fails(String path, String map) {
        guest.run("echo offline >/sys/dev/block/" + path + "/device/state").output();
        assertThat(guest.probe("path " + path + " F " + map + " 180").exit()).isZero();
    }

    private static void works(String path) {
        guest.run("echo running >/sys/dev/block/" + path + "/device/state").output();
    }

    private static void awaitWhy(String path, String words) {
        Await.until(SOON, words, () -> daemon.ask("why " + path).out(), why -> why.contains(words));
    }
}
