package org.lunwarden.io.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.lunwarden.io.contract.Expect.disks;
import static org.lunwarden.io.contract.Expect.eventually;
import static org.lunwarden.io.contract.Expect.ok;
import static org.lunwarden.io.contract.Expect.refusedWith;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.Disk;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;

/** What {@link BlockDevices} promises. */
public abstract class BlockDevicesContract {

    private static final int ENODEV = 19;

    private HostFixture fixture;
    private BlockDevices devices;

    protected abstract HostFixture open();

    @BeforeEach
    void openFixture() {
        fixture = open();
        devices = fixture.ports().blockDevices();
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void disksAreListedByNameWithoutPartitionsAndMaps() {
        var names = ok(devices.look().list()).stream().map(Listed::name).toList();

        assertThat(names).containsAll(fixture.paths(0)).containsAll(fixture.paths(1));
        assertThat(names).isSorted().doesNotHaveDuplicates();
        assertThat(names)
                .noneMatch(
                        name -> name.value().startsWith("dm-") || name.value().startsWith("loop"));
    }

    @Test
    void pathsOfOneLunShareItsIdentityAndNothingElseDoes() {
        var first = disk(fixture.paths(0).get(0));

        assertThat(first.udev().get("ID_SERIAL")).isNotBlank();
        for (var path : fixture.paths(0)) {
            assertThat(disk(path).udev().get("ID_SERIAL"))
                    .isEqualTo(first.udev().get("ID_SERIAL"));
            assertThat(disk(path).vpd80()).isEqualTo(first.vpd80());
        }
        assertThat(disk(fixture.paths(1).get(0)).udev().get("ID_SERIAL"))
                .isNotEqualTo(first.udev().get("ID_SERIAL"));
    }

    @Test
    void aDiskTellsItsAddressSizeAndVpdPages() {
        for (var path : fixture.paths(0)) {
            var disk = disk(path);

            assertThat(disk.name()).isEqualTo(path);
            assertThat(ok(devices.look().list())).contains(new Listed(path, Optional.of(disk.device())));
            assertThat(disk.hctl()).isPresent();
            assertThat(disk.vendor()).isNotBlank().isEqualTo(disk.vendor().stripTrailing());
            assertThat(disk.product()).isNotBlank().isEqualTo(disk.product().stripTrailing());
            assertThat(disk.sizeSectors()).isPositive();
            assertThat(disk.readOnly()).isFalse();
            assertThat(disk.state()).isEqualTo("running");
            assertThat(disk.vpd80().get(1)).isEqualTo((byte) 0x80);
            assertThat(disk.vpd83().get(1)).isEqualTo((byte) 0x83);
            assertThat(disk.vpd83()).hasSizeGreaterThanOrEqualTo(4 + pageLength(disk.vpd83()));
            assertThat(disk.udev()).containsEntry("DEVTYPE", "disk");
        }
    }

    @Test
    void addressesAndNumbersAreUnique() {
        var disks = disks(devices);

        assertThat(new HashSet<>(disks.stream().map(Disk::device).toList())).hasSameSizeAs(disks);
        assertThat(disks.stream().flatMap(disk -> disk.hctl().stream()).toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void aBrokenPathShowsInItsLiveState() {
        var path = fixture.paths(0).get(1);

        fixture.breakPath(path);
        assertThat(ok(devices.live(path)).state()).isIn("offline", "transport-offline");
        assertThat(disk(path).state()).isIn("offline", "transport-offline");

        fixture.restorePath(path);
        assertThat(ok(devices.live(path)).state()).isEqualTo("running");
    }

    @Test
    void aDeviceThatIsNoDiskIsRefused() {
        assertThat(refusedWith(devices.disk(new DeviceName("sdnone")))).isEqualTo(ENODEV);
        assertThat(refusedWith(devices.live(new DeviceName("sdnone")))).isEqualTo(ENODEV);
        assertThat(refusedWith(devices.stackedOn(new DeviceName("sdnone")))).isEqualTo(ENODEV);
    }

    @Test
    void aRemovedPathIsGoneUntilTheRescan() {
        var path = fixture.paths(0).get(3);
        var hctl = disk(path).hctl();

        fixture.removePath(path);
        fixture.settle();
        assertThat(refusedWith(devices.disk(path))).isEqualTo(ENODEV);
        assertThat(refusedWith(devices.live(path))).isEqualTo(ENODEV);
        assertThat(ok(devices.look().list())).noneMatch(disk -> disk.name().equals(path));

        fixture.rescan();
        fixture.settle();
        eventually(
                "the path is back",
                () -> disks(devices).stream().anyMatch(disk -> disk.hctl().equals(hctl)));
    }

    @Test
    void aResizedLunTellsItsNewSizeOnAllPaths() {
        assumeTrue(fixture.canResize(), "the fixture cannot resize a LUN");
        var size = disk(fixture.paths(0).get(0)).sizeSectors() * 2;

        fixture.resize(0, size);
        fixture.settle();

        for (var path : fixture.paths(0)) {
            eventually("the new size of " + path, () -> disk(path).sizeSectors() == size);
        }
    }

    @Test
    void aFreeDiskHasNoHolders() {
        assertThat(ok(devices.holders(fixture.paths(0).get(0)))).isEqualTo(Holders.NONE);
    }

    @Test
    void aBusyDiskHasAHolder() {
        var path = fixture.paths(0).get(0);

        try (var held = fixture.hold(path)) {
            assertThat(held).isNotNull();
            assertThat(ok(devices.holders(path)).others()).isNotEmpty();
            assertThat(ok(devices.stackedOn(path))).isEqualTo(Holders.NONE);
            assertThat(ok(devices.holders(fixture.paths(1).get(0)))).isEqualTo(Holders.NONE);
        }

        eventually("the holder is gone", () -> ok(devices.holders(path)).equals(Holders.NONE));
    }

    @Test
    void aMountedDiskHasAHolderThatIsToldWithoutOpeningIt() {
        assumeTrue(fixture.canMount(), "the fixture cannot mount a disk");
        var path = fixture.paths(0).get(0);

        try (var mounted = fixture.mount(path)) {
            assertThat(mounted).isNotNull();
            assertThat(ok(devices.stackedOn(path)).others())
                    .singleElement()
                    .asString()
                    .startsWith("mounted on /");
            assertThat(ok(devices.holders(path))).isEqualTo(ok(devices.stackedOn(path)));
            assertThat(ok(devices.stackedOn(fixture.paths(1).get(0)))).isEqualTo(Holders.NONE);
        }

        eventually("the mount is gone", () -> ok(devices.stackedOn(path)).equals(Holders.NONE));
    }

    @Test
    void aMultipathMapIsToldByItsWwidAndAnotherDmDeviceInWords() {
        var path = disk(fixture.paths(0).get(0));
        var mapper = fixture.ports().deviceMapper();
        var params = "0 0 1 1 round-robin 0 1 1 " + path.device() + " 1";
        ok(mapper.create(
                "contract-ours",
                "mpath-3600a09800000c0de",
                false,
                List.of(new Target(0, path.sizeSectors(), "multipath", params)),
                UdevFlags.NONE));
        try {
            var ours = new Holders(List.of(), Set.of(new Wwid("3600a09800000c0de")));
            assertThat(ok(devices.stackedOn(path.name()))).isEqualTo(ours);
            assertThat(ok(devices.holders(path.name()))).isEqualTo(ours);
        } finally {
            fixture.settle();
            ok(mapper.remove("contract-ours", false));
        }

        ok(mapper.create(
                "contract-other",
                "LVM-contract-other",
                false,
                List.of(new Target(0, path.sizeSectors(), "linear", path.device() + " 0")),
                UdevFlags.NONE));
        try {
            for (var holders : List.of(ok(devices.holders(path.name())), ok(devices.stackedOn(path.name())))) {
                assertThat(holders.others()).singleElement().asString().contains("contract-other");
                assertThat(holders.maps()).isEmpty();
                assertThat(holders.stacked()).containsExactlyElementsOf(holders.others());
                assertThat(holders.withoutStacked()).isEqualTo(Holders.NONE);
            }
        } finally {
            fixture.settle();
            ok(mapper.remove("contract-other", false));
        }
    }

    @Test
    void aHungDiskIsListedAndReadWithoutWaitingForIt() {
        assumeTrue(fixture.canHang(), "the fixture cannot hang a path");
        var path = fixture.paths(0).get(2);
        var before = disk(path);

        fixture.hangPath(path);
        try {
            var look = devices.look();
            assertThat(ok(look.list())).contains(new Listed(path, Optional.of(before.device())));
            assertThat(ok(look.disk(path)).vpd83()).isEqualTo(before.vpd83());
            assertThat(ok(devices.stackedOn(path))).isEqualTo(Holders.NONE);
        } finally {
            fixture.unhangPath(path);
        }
    }

    private Disk disk(DeviceName name) {
        return ok(devices.disk(name));
    }

    private static int pageLength(List<Byte> page) {
        return (page.get(2) & 0xff) << 8 | (page.get(3) & 0xff);
    }
}
