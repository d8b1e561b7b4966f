package org.lunwarden.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;

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
    private static final long KILL_SEED = 20261121;
    private static final String SCSI_DEBUG = "/sys/bus/pseudo/drivers/scsi_debug";

    @RegisterExtension
    static final Lab lab = new Lab();

    private static Guest guest;
    private static GuestMaps maps;
    private static Oracle oracle;
    private static Daemon daemon;

    @BeforeAll
    static void theReferenceGoesFirstThenTheDaemon() {
        guest = lab.boot(GuestSpec.named("one-host").withDisks(4, 4).withOracle());
        maps = new GuestMaps(guest);
        oracle = Oracle.consult(guest);
        daemon = Daemon.start(guest, HostConfig.likeTheReference());
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
        String before = maps.tables();
        Background changes = guest.background("uevents", "exec udevadm monitor --kernel --subsystem-match=block");
        changes.awaitLog(SOON, "KERNEL");

        daemon.kill();
        daemon = Daemon.start(guest, HostConfig.likeTheReference());
        guest.run("echo offline >/sys/block/sdb/device/state").output();
        // it is at work again when it fails a path
        assertThat(guest.probe("path 8:16 F 333333330000007d1 180").exit()).isZero();
        guest.run("echo running >/sys/block/sdb/device/state").output();
        assertThat(guest.probe("path 8:16 A 333333330000007d1 180").exit()).isZero();

        changes.signal("TERM");
        assertThat(maps.tables()).isEqualTo(before);
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
        String before = maps.tables();
        daemon.kill();
        // where a kill between load, suspend and resume leaves a map: a foreign table waiting, I/O held
        guest.run(
                        "dmsetup table %1$s | sed 's/ 4 1 service-time 0 1 2 \\S* 1 1/ 3 1/' | dmsetup load %1$s; dmsetup suspend --noflush %1$s"
                                .formatted(MAP))
                .output();

        daemon = Daemon.start(guest, HostConfig.likeTheReference());

        Await.until(SOON, "the map runs", () -> maps.state(MAP), "Active:Live"::equals);
        Await.until(
                SOON,
                "the map is as wanted",
                maps::tables,
                now -> GuestMaps.inAnyOrder(now).equals(GuestMaps.inAnyOrder(before)));
    }

    @Test
    @Order(6)
    void killsAtRandomMomentsAroundReloadsLeaveMapsAsWanted() {
        String before = maps.tables();
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
            cut += maps.state(MAP).equals("Active:Live") ? 0 : 1;

            daemon = Daemon.start(guest, HostConfig.likeTheReference());

            assertThat(guest.probe("path 8:192 " + (goes ? "-" : "A") + " " + MAP + " 180")
                            .exit())
                    .as("round %d, killed after %d ms", round, wait)
                    .isZero();
            Await.until(SOON, "the map runs", () -> maps.state(MAP), "Active:Live"::equals);
        }
        System.out.println("one host: 6 kills around reloads, " + cut + " with a table or a suspension left behind");
        assertThat(GuestMaps.inAnyOrder(maps.tables())).isEqualTo(GuestMaps.inAnyOrder(before));
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
        String before = maps.tables();
        guest.run("/lab/kit/guest/story begin").output();

        assertThat(daemon.stop()).isZero();

        assertThat(maps.tables()).isEqualTo(before);
        Ran io = guest.run("/lab/kit/guest/story end");
        assertThat(io.number("errors")).isZero();
    }

    @AfterEach
    void theDaemonWarnsOfNothingUnexpected() {
        assertThat(daemon.unexpectedErrors()).isEmpty();
    }
}
