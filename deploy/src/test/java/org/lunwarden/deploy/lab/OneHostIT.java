package org.lunwarden.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The daemon on a real kernel: 4 units of scsi_debug, 4 paths each. The reference lives through the same story in the
 * same guest first, and both must tell it in the same words. One guest for all tests, so they have an order.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OneHostIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String MAP = "333333330000007d0";
    private static final Pattern ONE_PATH = Pattern.compile(" service-time 0 1 2 (\\S+) 1 1");
    private static final long KILL_SEED = 20261121;
    private static final String SCSI_DEBUG = "/sys/bus/pseudo/drivers/scsi_debug";

    @RegisterExtension
    static final Lab lab = new Lab();

    private static Guest guest;
    private static Oracle oracle;
    private static Daemon daemon;

    @BeforeAll
    static void theReferenceGoesFirstThenTheDaemon() {
        guest = lab.boot(GuestSpec.named("one-host").withDisks(4, 4).withOracle());
        oracle = Oracle.consult(guest);
        daemon = Daemon.start(guest, HostConfig.likeTheReference().hocon());
    }

    @Test
    @Order(1)
    void theReferenceSaysWhatIsRecordedOfIt() {
        for (String state : Oracle.STATES) {
            assertThat(oracle.deviceMapper(state)).as(state).isEqualTo(Oracle.recordedDeviceMapper(state));
            assertThat(oracle.topology(state)).as(state).isEqualTo(Oracle.recordedTopology(state));
        }
    }

    @Test
    @Order(2)
    void theMapsAppear() {
        long milliseconds = daemon.awaitMaps(4);

        System.out.println("one host: 16 paths, 4 maps after " + milliseconds + " ms");
        guest.run("udevadm settle -t 120; /lab/kit/guest/story begin").output();
    }

    @Test
    @Order(3)
    void everyStateOfTheStoryReadsAsTheReferenceWroteIt() {
        for (String state : Oracle.STATES) {
            guest.run("/lab/kit/guest/story step " + state).output();
            Await.until(
                    SOON,
                    state + " in device-mapper as\n" + oracle.deviceMapper(state),
                    () -> guest.run("/lab/kit/guest/story text").output(),
                    oracle.deviceMapper(state)::equals);
            assertThat(Daemon.topology(guest)).as(state).isEqualTo(oracle.topology(state));
        }
    }

    @Test
    @Order(4)
    void aDaemonThatIsKilledUnderIoAdoptsItsMapsWithoutAReload() {
        String before = tables();
        Background changes = guest.background("uevents", "exec udevadm monitor --kernel --subsystem-match=block");
        changes.awaitLog(SOON, "KERNEL");

        daemon.kill();
        daemon = Daemon.start(guest, HostConfig.likeTheReference().hocon());
        guest.run("echo offline >/sys/block/sdb/device/state").output();
        // it is at work again when it fails a path
        assertThat(guest.probe("path 8:16 F 333333330000007d1 180").exit()).isZero();
        guest.run("echo running >/sys/block/sdb/device/state").output();
        assertThat(guest.probe("path 8:16 A 333333330000007d1 180").exit()).isZero();

        changes.signal("TERM");
        assertThat(tables()).isEqualTo(before);
        String device =
                guest.run("dmsetup info -c --noheadings -o blkdevname " + MAP).line();
        assertThat(changes.log().lines().filter(line -> line.contains("change") && line.contains("/" + device + " ")))
                .as("reloads of the map under I/O")
                .isEmpty();
        assertThat(daemon.process().log()).doesNotContain("Reload[", "Create[", "Resize[");
    }

    @Test
    @Order(5)
    void aReloadThatWasCutByAKillIsFinishedByTheNextDaemon() {
        String before = tables();
        daemon.kill();
        // where a kill between load, suspend and resume leaves a map: a foreign table waiting, I/O held
        guest.run(
                        "dmsetup table %1$s | sed 's/ 4 1 service-time 0 1 2 \\S* 1 1/ 3 1/' | dmsetup load %1$s; dmsetup suspend --noflush %1$s"
                                .formatted(MAP))
                .output();

        daemon = Daemon.start(guest, HostConfig.likeTheReference().hocon());

        Await.until(SOON, "the map runs", OneHostIT::state, "Active:Live"::equals);
        Await.until(
                SOON,
                "the map is as wanted",
                OneHostIT::tables,
                now -> inAnyOrder(now).equals(inAnyOrder(before)));
    }

    @Test
    @Order(6)
    void killsAtRandomMomentsAroundReloadsLeaveMapsAsWanted() {
        String before = tables();
        Random random = new Random(KILL_SEED);
        int cut = 0;
        for (int round = 0; round < 6; round++) {
            boolean goes = round % 2 == 0;
            String change =
                    goes ? "echo 1 >/sys/block/sdm/device/delete" : "echo '0 0 0' >/sys/class/scsi_host/host3/scan";
            // a path that goes is out of the table within half a second, one that comes has to be checked first
            int wait = random.nextInt(goes ? 500 : 2500);
            guest.run("%s; sleep %d.%03d; kill -KILL %d"
                            .formatted(
                                    change,
                                    wait / 1000,
                                    wait % 1000,
                                    daemon.process().pid()))
                    .output();
            daemon.process().awaitExit(SOON);
            cut += state().equals("Active:Live") ? 0 : 1;

            daemon = Daemon.start(guest, HostConfig.likeTheReference().hocon());

            assertThat(guest.probe("path 8:192 " + (goes ? "-" : "A") + " " + MAP + " 180")
                            .exit())
                    .as("round %d, killed after %d ms", round, wait)
                    .isZero();
            Await.until(SOON, "the map runs", OneHostIT::state, "Active:Live"::equals);
        }
        System.out.println("one host: 6 kills around reloads, " + cut + " with a table or a suspension left behind");
        assertThat(inAnyOrder(tables())).isEqualTo(inAnyOrder(before));
    }

    @Test
    @Order(7)
    void transportErrorsAndTimeoutsDoNotReachTheIo() {
        guest.run("for d in /sys/block/sd*/device; do echo 2 >$d/timeout; echo 1 >$d/eh_timeout; done")
                .output();
        for (int fault : new int[] {16, 4}) { // transport error, no answer
            guest.run("cd %s; echo %d >opts; echo 100 >every_nth; sleep 5; echo 0 >every_nth; echo 0 >opts"
                            .formatted(SCSI_DEBUG, fault))
                    .output();
            // a disk that its error handling gave up is offline for good: its admin brings it back
            guest.run("for d in /sys/block/sd*/device; do echo running >$d/state; done")
                    .output();
            assertThat(guest.probe("state A " + MAP + " 180").exit())
                    .as("paths are back after fault %d", fault)
                    .isZero();
        }
    }

    @Test
    @Order(8)
    void noIoFailedInAllThat() {
        Ran io = guest.run("/lab/kit/guest/story end");

        System.out.println("one host: I/O " + io.line());
        assertThat(io.number("errors")).isZero();
        assertThat(io.number("wrong")).isZero();
        assertThat(io.number("ios")).isGreaterThan(100);
    }

    @Test
    @Order(9)
    void aDaemonThatStopsLeavesMapsAndIoAlone() {
        String before = tables();
        guest.run("/lab/kit/guest/story begin").output();

        assertThat(daemon.stop()).isZero();

        assertThat(tables()).isEqualTo(before);
        Ran io = guest.run("/lab/kit/guest/story end");
        assertThat(io.number("errors")).isZero();
    }

    @Test
    @Order(10)
    void aSettingThatChangedReachesTheMapsWithTheNextStart() {
        daemon = Daemon.start(
                guest,
                HostConfig.likeTheReference()
                        .with("no_path_retry", "3")
                        .with("failback", "manual")
                        .with("path_grouping_policy", "multibus")
                        .with("path_selector", "round-robin 0")
                        .hocon());

        Await.until(
                SOON,
                "one group, round-robin",
                OneHostIT::tables,
                tables -> tables.contains(" 1 1 round-robin 0 4 1 "));
    }

    @Test
    @Order(11)
    void withoutPathsIoWaitsForTheRetriesAndThenFails() {
        guest.run("for d in b f j n; do echo offline >/sys/block/sd$d/device/state; done")
                .output();
        assertThat(guest.probe("state F 333333330000007d1 180").exit()).isZero();

        Ran read = guest.run(
                Duration.ofSeconds(60),
                "dd if=/dev/mapper/333333330000007d1 of=/dev/null bs=4096 count=1 iflag=direct");

        assertThat(read.exit()).isNotZero();
        assertThat(read.err()).contains("Input/output error");
        guest.run("for d in b f j n; do echo running >/sys/block/sd$d/device/state; done")
                .output();
        assertThat(guest.probe("state A 333333330000007d1 180").exit()).isZero();
        guest.run("dd if=/dev/mapper/333333330000007d1 of=/dev/null bs=4096 count=1 iflag=direct")
                .output();
        daemon.stop();
    }

    @Test
    @Order(12)
    void withManualFailbackAMapStaysWhereItIs() {
        daemon = Daemon.start(
                guest, HostConfig.likeTheReference().with("failback", "manual").hocon());
        Await.until(SOON, "four groups", OneHostIT::tables, tables -> tables.contains(" 4 1 service-time"));
        guest.run("/lab/kit/guest/story begin").output();
        String first = firstPath();

        guest.run("echo offline >/sys/dev/block/" + first + "/device/state").output();
        assertThat(guest.probe("path " + first + " F " + MAP + " 180").exit()).isZero();
        guest.run("echo running >/sys/dev/block/" + first + "/device/state").output();
        assertThat(guest.probe("path " + first + " A " + MAP + " 180").exit()).isZero();

        // I/O of more than two polling intervals does not move it back
        guest.run("sleep 3").output();
        assertThat(guest.run("dmsetup status " + MAP).line()).matches(".* E 0 1 2 " + first + " A .* A 0 1 2 .*");
        Ran io = guest.run("/lab/kit/guest/story end");
        assertThat(io.number("errors")).isZero();
    }

    @Test
    @Order(13)
    void aDiskWithOnePathIsNeverTaken() {
        daemon.stop();
        guest.run("dmsetup remove 333333330000007d3; for d in h l p; do echo 1 >/sys/block/sd$d/device/delete; done")
                .output();

        daemon = Daemon.start(guest, HostConfig.likeTheReference().hocon());
        guest.run("echo offline >/sys/block/sdc/device/state").output();
        assertThat(guest.probe("path 8:32 F 333333330000007d2 180").exit()).isZero();

        assertThat(tables()).doesNotContain("333333330000007d3");
        guest.run("echo running >/sys/block/sdc/device/state; echo '0 0 3' >/sys/class/scsi_host/host1/scan")
                .output();
        daemon.awaitMaps(4);
    }

    @Test
    @Order(14)
    void aDiskThatIsInUseIsNeverTaken() {
        daemon.stop();
        guest.run("dmsetup remove 333333330000007d3; echo 0 32768 linear /dev/sdd 0 | dmsetup create holder")
                .output();

        daemon = Daemon.start(guest, HostConfig.likeTheReference().hocon());
        guest.run("echo offline >/sys/block/sdc/device/state").output();
        assertThat(guest.probe("path 8:32 F 333333330000007d2 180").exit()).isZero();

        assertThat(tables()).doesNotContain("333333330000007d3");
    }

    @AfterEach
    void theDaemonWarnsOfNothingUnexpected() {
        assertThat(daemon.process().log().lines())
                .filteredOn(line -> line.contains(" ERROR "))
                // true on a machine that starves the guest's udev
                .allMatch(line -> line.contains("has not returned for"));
    }

    private static String tables() {
        return guest.run("dmsetup table --target multipath | sort").output();
    }

    private static String state() {
        return guest.run("dmsetup info -c --noheadings -o suspended,tables_loaded " + MAP)
                .line();
    }

    /** Tables whose groups are of one path each, with these in one order: that of discovery begins anew with a daemon. */
    private static List<String> inAnyOrder(String tables) {
        return tables.lines()
                .map(line -> line.replaceAll(" service-time 0 1 2 \\S+ 1 1", "")
                        + ONE_PATH.matcher(line)
                                .results()
                                .map(path -> path.group(1))
                                .sorted()
                                .toList())
                .toList();
    }

    /** major:minor of the path in the first group. */
    private static String firstPath() {
        return guest.run("dmsetup table " + MAP + " | grep -o '[0-9]*:[0-9]* 1 1' | head -1 | cut -d' ' -f1")
                .line();
    }
}
