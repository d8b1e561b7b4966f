package org.lunwarden.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What settings do on a real kernel: 4 units of scsi_debug, 4 paths each, and what is never taken. One guest for all
 * tests, so they have an order.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OneHostSettingsIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String MAP = "333333330000007d0";

    @RegisterExtension
    static final Lab lab = new Lab();

    private static Guest guest;
    private static GuestMaps maps;
    private static Daemon daemon;

    @BeforeAll
    static void theDaemonStarts() {
        guest = lab.boot(GuestSpec.named("one-host-settings").withDisks(4, 4));
        maps = new GuestMaps(guest);
        daemon = Daemon.start(guest, HostConfig.likeTheReference());
        daemon.awaitMaps(4);
    }

    @Test
    @Order(1)
    void aSettingThatChangedReachesTheMapsWithTheNextStart() {
        assertThat(daemon.stop()).isZero();
        daemon = Daemon.start(
                guest,
                HostConfig.likeTheReference()
                        .with("no_path_retry", "3")
                        .with("failback", "manual")
                        .with("path_grouping_policy", "multibus")
                        .with("path_selector", "round-robin 0"));

        Await.until(SOON, "one group, round-robin", maps::tables, tables -> tables.contains(" 1 1 round-robin 0 4 1 "));
    }

    @Test
    @Order(2)
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
    @Order(3)
    void withManualFailbackAMapStaysWhereItIs() {
        daemon = Daemon.start(guest, HostConfig.likeTheReference().with("failback", "manual"));
        Await.until(SOON, "four groups", maps::tables, tables -> tables.contains(" 4 1 service-time"));
        guest.run("/lab/kit/guest/story begin").output();
        String first = maps.firstPath(MAP);

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
    @Order(4)
    void withDeferredFailbackAMapGoesBackWhenThePathHasBeenGoodForThatLong() {
        daemon.stop();
        daemon = Daemon.start(guest, HostConfig.likeTheReference().with("failback", "5"));
        String first = maps.firstPath(MAP);
        String disk =
                guest.run("basename $(readlink /sys/dev/block/" + first + ")").line();
        guest.run("/lab/kit/guest/story begin; dmsetup message " + MAP + " 0 switch_group 1")
                .output();
        Await.until(
                SOON,
                "the first group in use",
                () -> guest.run("dmsetup status " + MAP).line(),
                status -> status.contains(" A 0 1 2 " + first + " A"));
        assertThat(guest.probe("fail " + disk + " " + MAP + " 180").exit()).isZero();

        Ran back = guest.probe("restore " + disk + " " + MAP + " 180");

        assertThat(back.exit()).isZero();
        // immediate failback takes a second at most, and the probe may have seen the path late
        assertThat(back.number("group_ms") - back.number("path_ms")).isGreaterThan(3000);
        Ran io = guest.run("/lab/kit/guest/story end");
        assertThat(io.number("errors")).isZero();
    }

    @Test
    @Order(5)
    void aDiskWithOnePathIsNeverTaken() {
        daemon.stop();
        guest.run("sed -i /7d3/d /etc/multipath/wwids").output();
        guest.run("dmsetup remove 333333330000007d3; for d in h l p; do echo 1 >/sys/block/sd$d/device/delete; done")
                .output();

        daemon = Daemon.start(guest, HostConfig.likeTheReference());
        guest.run("echo offline >/sys/block/sdc/device/state").output();
        assertThat(guest.probe("path 8:32 F 333333330000007d2 180").exit()).isZero();

        assertThat(maps.tables()).doesNotContain("333333330000007d3");
        guest.run("echo running >/sys/block/sdc/device/state; echo '0 0 3' >/sys/class/scsi_host/host1/scan")
                .output();
        daemon.awaitMaps(4);
    }

    @Test
    @Order(6)
    void aDiskThatIsInUseIsNeverTaken() {
        daemon.stop();
        guest.run("dmsetup remove 333333330000007d3; echo 0 32768 linear /dev/sdd 0 | dmsetup create holder")
                .output();

        daemon = Daemon.start(guest, HostConfig.likeTheReference());
        guest.run("echo offline >/sys/block/sdc/device/state").output();
        assertThat(guest.probe("path 8:32 F 333333330000007d2 180").exit()).isZero();

        assertThat(maps.tables()).doesNotContain("333333330000007d3");
    }

    @Test
    @Order(7)
    void aConfigurationThatIsReadAgainChangesWhatItSaysOtherwiseAndNothingElse() {
        daemon.stop();
        guest.run("dmsetup remove holder; udevadm settle -t 60").output();
        HostConfig config = HostConfig.likeTheReference();
        daemon = Daemon.start(guest, config);
        daemon.awaitMaps(4);
        guest.run("udevadm settle -t 60").output();
        String events = guest.run(EVENTS).output();
        String tables = maps.tables();

        daemon.reload(config.multipathConf());
        awaitLog("the configuration was read again", 1);
        daemon.reload(config.with("polling_interval", "2").multipathConf());
        awaitLog("the configuration was read again", 2);
        daemon.reload(config.multipathConf() + "blacklist {\n    wwid \"[\"\n}\n");
        awaitLog("the configuration that is in place is kept", 1);
        guest.run("echo offline >/sys/block/sdc/device/state").output();
        assertThat(guest.probe("path 8:32 F 333333330000007d2 180").exit()).isZero();
        guest.run("echo running >/sys/block/sdc/device/state").output();
        assertThat(guest.probe("path 8:32 A 333333330000007d2 180").exit()).isZero();

        // the kernel tells the group in use as a table's first, and the third map has moved to another and back
        assertThat(withoutThird(maps.tables())).isEqualTo(withoutThird(tables));
        assertThat(withoutThird(guest.run(EVENTS).output())).isEqualTo(withoutThird(events));
        daemon.reload(config.with("path_grouping_policy", "multibus").multipathConf());
        Await.until(
                SOON, "one group", maps::tables, all -> all.lines().allMatch(map -> map.contains(" 1 1 service-time")));
        assertThat(daemon.process().log()).contains("/etc/multipath.conf:");
    }

    @Test
    @Order(8)
    void whatStandsOnAPathIsMovedOntoItsMapWhereTheSiteAsksForIt() {
        daemon.stop();
        guest.run("dmsetup remove 333333330000007d3; echo 0 32768 linear /dev/sdd 0 | dmsetup create holder")
                .output();

        daemon = Daemon.start(guest, HostConfig.likeTheReference().with("reassign_maps", "yes"));
        daemon.awaitMaps(4);

        String map = guest.run("cat /sys/block/$(basename $(readlink -f /dev/mapper/333333330000007d3))/dev")
                .line();
        awaitHolderOn(map);
        daemon.stop();
        // as a daemon leaves it that ends between the load of the other table and its start
        guest.run("dmsetup load holder --table '0 32768 linear /dev/sdd 0'; dmsetup resume holder; "
                        + "dmsetup load holder --table '0 32768 linear " + map + " 0'")
                .output();
        daemon = Daemon.start(guest, HostConfig.likeTheReference().with("reassign_maps", "yes"));
        awaitHolderOn(map);
        assertThat(guest.run("dmsetup info -c --noheadings -o tables_loaded holder")
                        .line())
                .isEqualTo("Live");
        guest.run("echo offline >/sys/block/sdd/device/state").output();
        guest.run("dd if=/dev/mapper/holder of=/dev/null bs=4096 count=1 iflag=direct")
                .output();
        guest.run("echo running >/sys/block/sdd/device/state; dmsetup remove holder")
                .output();
    }

    private void awaitHolderOn(String map) {
        Await.until(
                SOON,
                "the holder on its map",
                () -> guest.run("dmsetup table holder").line(),
                table -> table.equals("0 32768 linear " + map + " 0"));
    }

    @Test
    @Order(9)
    void anOperatorFailsAPathAndItStaysSoUntilHeReinstatesIt() {
        daemon.stop();
        daemon = Daemon.start(guest, HostConfig.likeTheReference());
        String path = maps.firstPath(MAP);
        awaitReady(path);

        assertThat(daemon.ask("path fail " + path).output()).isEqualTo("ok\n");

        assertThat(guest.probe("path " + path + " F " + MAP + " 180").exit()).isZero();
        // its checks go on and find it good
        guest.run("sleep 3").output();
        assertThat(guest.run("dmsetup status " + MAP).line()).contains(path + " F ");
        assertThat(daemon.ask("why " + path).output()).contains("an operator failed it");

        assertThat(daemon.ask("path reinstate " + path).output()).isEqualTo("ok\n");

        assertThat(guest.probe("path " + path + " A " + MAP + " 180").exit()).isZero();
        assertThat(daemon.ask("path fail 250:250").exit()).isEqualTo(1);
    }

    @Test
    @Order(10)
    void anOperatorMovesAMapAndHasItsIoFailWithoutAPath() {
        daemon.stop();
        daemon = Daemon.start(
                guest, HostConfig.likeTheReference().with("failback", "manual").with("no_path_retry", "queue"));
        Await.until(
                SOON,
                "a map that queues",
                () -> guest.run("dmsetup table " + MAP).line(),
                table -> table.contains("queue_if_no_path"));

        awaitReady(maps.firstPath(MAP));
        assertThat(daemon.ask("map switch " + MAP + " 2").output()).isEqualTo("ok\n");
        assertThat(daemon.ask("map disablequeueing " + MAP).output()).isEqualTo("ok\n");

        Await.until(
                SOON,
                "a map that does not queue",
                () -> guest.run("dmsetup table " + MAP).line(),
                table -> !table.contains("queue_if_no_path"));
        guest.run("dd if=/dev/mapper/" + MAP + " of=/dev/null bs=4096 count=1 iflag=direct")
                .output();
        assertThat(guest.run("dmsetup status " + MAP).line()).matches(".* 4 2 E 0 1 2 \\S+ A .*");
    }

    private static void awaitReady(String path) {
        Await.until(
                SOON,
                "a path that is checked",
                () -> daemon.ask("why " + path).out(),
                why -> why.contains("\n  state ready for "));
    }

    /** Maps with their event numbers. */
    private static final String EVENTS = "dmsetup info -c --noheadings -o name,events | sort";

    private static String withoutThird(String events) {
        return events.lines().filter(map -> !map.contains("7d2")).toList().toString();
    }

    private static void awaitLog(String words, int times) {
        Await.until(
                SOON,
                words,
                () -> daemon.process().log(),
                log -> log.lines().filter(line -> line.contains(words)).count() == times);
    }

    @AfterEach
    void theDaemonWarnsOfNothingUnexpected() {
        assertThat(daemon.unexpectedErrors()).isEmpty();
    }
}
