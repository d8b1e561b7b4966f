package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.DeviceMapper.Info;
import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.site.Site;

class SiteSettingsTest extends OneHost {

    private static final DeviceName LOCAL = new DeviceName("sda");

    private static final String OF_THE_ARRAY = """
            devices {
            	device {
            		vendor "LUNWARD"
            		product ".*"
            		path_selector "queue-length 0"
            	}
            }
            """;

    @Test
    void aMapHasWhatIsSaidOfItsDeviceAndWhatIsSaidOfItsOwnWwidGoesFirst() {
        var own = units().getFirst();
        var other = units().getLast();

        start(OF_THE_ARRAY + "multipaths {\nmultipath {\nwwid " + own + "\npath_selector \"round-robin 0\"\n}\n}\n");
        awaitAllUp();

        assertThat(table(own)).contains("round-robin").doesNotContain("queue-length", "service-time");
        assertThat(table(other)).contains("queue-length").doesNotContain("round-robin", "service-time");
    }

    @Test
    void aMapThatWasFoundWithoutAPathHasWhatIsSaidOfItsDeviceWhenAPathComes() {
        start("");
        awaitAllUp();
        assertThat(table(units().getFirst())).contains("service-time");
        stopNode();
        var gone = disks();
        gone.forEach(disk -> san.remove(HOST, disk));

        var node = start(OF_THE_ARRAY);
        await(() -> status(node).maps() == LUNS && status(node).paths() == 0);
        san.rescan(HOST);
        awaitAllUp();

        await(() -> maps(node).stream()
                .map(MapTopology::wwid)
                .allMatch(wwid -> table(wwid).contains("queue-length")));
    }

    @Test
    void aMapThatWasFoundWithoutAPathGoesOnQueueingWhenOnlyItsDeviceCouldSayOtherwise() {
        var queues = OF_THE_ARRAY.replace("path_selector \"queue-length 0\"", "no_path_retry queue");
        start(queues);
        awaitAllUp();
        var told = beginsAnewWithoutADisk(queues);
        await(() -> reports.last().maps().stream().allMatch(MapSummary::queueing));
        san.rescan(HOST);
        awaitAllUp();

        assertThat(dm.changes().subList(told, dm.changes().size()))
                .noneMatch(change -> change.contains("fail_if_no_path"));
    }

    @Test
    void aMapThatWasFoundWithoutAPathDoesNotQueueWhenItsOwnEntrySaysSo() {
        var own = units().getFirst();
        var other = units().getLast();
        var queues = OF_THE_ARRAY.replace("path_selector \"queue-length 0\"", "no_path_retry queue");
        start(queues);
        awaitAllUp();
        beginsAnewWithoutADisk(queues + "multipaths {\nmultipath {\nwwid " + own + "\nno_path_retry fail\n}\n}\n");

        await(() -> !summary(own).queueing());
        assertThat(summary(other).queueing()).isTrue();
    }

    /** @return how many changes there were before */
    private int beginsAnewWithoutADisk(String conf) {
        stopNode();
        disks().forEach(disk -> san.remove(HOST, disk));
        var before = dm.changes().size();
        var node = start(conf);
        await(() -> status(node).maps() == LUNS && status(node).paths() == 0);
        await(() -> !reports.isEmpty() && reports.last().maps().size() == LUNS);
        return before;
    }

    @Test
    void aBlacklistedUnitIsNoMapAndEachOfItsDisksIsWrittenDownOnceWithTheRule() {
        var left = units().getFirst();
        var disks = disks().stream().filter(disk -> left.equals(wwid(disk))).toList();

        try (var audit = new RecordedAudit()) {
            var node = start("blacklist {\nwwid " + left + "\n}\n");
            await(() -> status(node).maps() == LUNS - 1 && status(node).paths() == PATHS / LUNS);
            var looks = status(node).discovery().looks();
            san.change(HOST, disks.getFirst());
            await(() -> status(node).discovery().looks() > looks);

            assertThat(disks)
                    .hasSize(PATHS / LUNS)
                    .allSatisfy(disk -> assertThat(audit.of(disk))
                            .containsExactly(
                                    "- - " + disk + ": blacklisted by wwid \"" + left + "\" (multipath.conf:5:1)"));
            assertThat(status(node).discovery().left()).containsKeys(disks.toArray(DeviceName[]::new));
            assertThat(maps(node)).extracting(MapTopology::wwid).containsExactly(units().getLast());
        }
    }

    @Test
    void whatStandsOnADiskKeepsItFromBeingTakenUnlessItIsToBeMovedOntoTheMap() {
        var disk = disks().getFirst();
        var unit = wwid(disk);
        standsOn(disk);
        var node = start("");
        await(() -> status(node).maps() == LUNS - 1);
        assertThat(table("data")).startsWith(number(disk) + " ");
        stopNode();

        start("find_multipaths on\nreassign_maps yes", "");
        awaitAllUp();

        await(() -> table("data").equals(mapNumber(unit) + " 0"));
    }

    @Test
    void aMapIsRenamedAsSoonAsTheDeviceThatHasItsNameIsGone() {
        var unit = units().getFirst();
        var other = disks().stream()
                .filter(disk -> !wwid(disk).equals(unit))
                .findFirst()
                .orElseThrow();
        standsOn(other);
        var node = start("multipaths {\nmultipath {\nwwid " + unit + "\nalias data\n}\n}\n");
        await(() -> maps(node).stream().anyMatch(map -> map.wwid().equals(unit)));
        assertThat(ports().deviceMapper().info(unit.value())).isInstanceOf(IoResult.Ok.class);

        assertThat(ports().deviceMapper().remove("data", false)).isInstanceOf(IoResult.Ok.class);

        await(() -> maps(node).stream()
                .anyMatch(map -> map.wwid().equals(unit) && map.name().equals("data")));
    }

    private void standsOn(DeviceName disk) {
        var target = new Target(0, 8, "linear", number(disk) + " 0");
        assertThat(ports().deviceMapper().create("data", "LVM-data", false, List.of(target), UdevFlags.NONE))
                .isInstanceOf(IoResult.Ok.class);
    }

    private DevT number(DeviceName disk) {
        return switch (ports().blockDevices().disk(disk)) {
            case IoResult.Ok<Disk>(var read) -> read.device();
            case IoResult.Refused<Disk> refused -> throw new AssertionError(refused.toString());
        };
    }

    private DevT mapNumber(Wwid wwid) {
        return switch (ports().deviceMapper().info(wwid.value())) {
            case IoResult.Ok<Info>(var info) -> info.device();
            case IoResult.Refused<Info> refused -> throw new AssertionError(refused.toString());
        };
    }

    private Node start(String multipathConf) {
        return start("find_multipaths on", multipathConf);
    }

    private Node start(String defaults, String sections) {
        var node = Node.start(
                ports(),
                NodeSettings.of(new HostId(HOST), "0.1.0", Site.parse("defaults {\n" + defaults + "\n}\n" + sections)),
                reports);
        running = Optional.of(node);
        return node;
    }

    /** The disks that are paths. */
    private List<DeviceName> disks() {
        return switch (ports().blockDevices().look().list()) {
            case IoResult.Ok<List<Listed>>(var listed) ->
                listed.stream()
                        .map(Listed::name)
                        .filter(name -> !name.equals(LOCAL))
                        .toList();
            case IoResult.Refused<List<Listed>> refused -> throw new AssertionError(refused.toString());
        };
    }

    private List<Wwid> units() {
        return disks().stream()
                .map(this::wwid)
                .distinct()
                .sorted(Comparator.comparing(Wwid::value))
                .toList();
    }

    private Wwid wwid(DeviceName disk) {
        return switch (ports().blockDevices().disk(disk)) {
            case IoResult.Ok<Disk>(var read) -> new Wwid(read.udev().getOrDefault("ID_SERIAL", ""));
            case IoResult.Refused<Disk> refused -> throw new AssertionError(refused.toString());
        };
    }

    private String table(Wwid wwid) {
        return table(wwid.value());
    }

    private String table(String name) {
        return switch (ports().deviceMapper().table(name)) {
            case IoResult.Ok<List<Target>>(var targets) -> targets.getFirst().parameters();
            case IoResult.Refused<List<Target>> refused -> throw new AssertionError(refused.toString());
        };
    }
}
