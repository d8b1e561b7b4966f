package org.lunwarden.io.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.lunwarden.io.contract.Expect.eventually;
import static org.lunwarden.io.contract.Expect.ok;

import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.DiskControl;
import org.lunwarden.io.DiskControl.Attribute;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.UeventSource.Uevent;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;

/** What {@link DiskControl} promises. */
public abstract class DiskControlContract {

    private static final int ENOENT = 2;
    private static final int ENODEV = 19;
    private static final int EINVAL = 22;

    private HostFixture fixture;
    private DiskControl control;
    private BlockDevices disks;

    protected abstract HostFixture open();

    @BeforeEach
    void openFixture() {
        fixture = open();
        control = fixture.ports().diskControl();
        disks = fixture.ports().blockDevices();
        fixture.settle();
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void whatIsWrittenIsRead() {
        var path = fixture.paths(0).getFirst();
        // older kernels have no such attribute
        assumeTrue(control.read(path, Attribute.MAX_RETRIES) instanceof IoResult.Ok);
        var before = ok(control.read(path, Attribute.MAX_RETRIES));

        assertThat(control.write(path, Attribute.MAX_RETRIES, "3")).isInstanceOf(IoResult.Ok.class);

        assertThat(ok(control.read(path, Attribute.MAX_RETRIES))).isEqualTo("3");
        assertThat(errno(control.write(path, Attribute.MAX_RETRIES, "6"))).isEqualTo(EINVAL);
        assertThat(ok(control.read(path, Attribute.MAX_RETRIES))).isEqualTo("3");
        ok(control.write(path, Attribute.MAX_RETRIES, before));
    }

    @Test
    void whatATransportDoesNotHaveIsNotThere() {
        var path = fixture.paths(0).getFirst();

        assertThat(errno(control.read(path, Attribute.I_T_NEXUS_LOSS_TIMEOUT))).isEqualTo(ENOENT);
        assertThat(errno(control.write(path, Attribute.I_T_NEXUS_LOSS_TIMEOUT, "30")))
                .isEqualTo(ENOENT);
        assertThat(errno(control.read(new DeviceName("sdzzz"), Attribute.MAX_RETRIES)))
                .isEqualTo(ENOENT);
    }

    @Test
    void aDeviceThatIsDeletedIsGoneAndComesBackWithARescan() {
        var path = fixture.paths(0).get(1);
        var device = ok(disks.disk(path)).device();

        assertThat(control.delete(path, device)).isInstanceOf(IoResult.Ok.class);

        eventually("gone", () -> disks.live(path) instanceof IoResult.Refused);
        fixture.settle();
        fixture.rescan();
        fixture.settle();
        assertThat(fixture.paths(0)).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void nothingIsDoneToADeviceThatOnlyHasTheName() {
        var path = fixture.paths(0).get(1);
        var other = new DevT(8, 65_520);

        assertThat(errno(control.delete(path, other))).isEqualTo(ENODEV);
        assertThat(errno(control.reread(path, other))).isEqualTo(ENODEV);
        assertThat(errno(control.change(path, other))).isEqualTo(ENODEV);

        assertThat(disks.live(path)).isInstanceOf(IoResult.Ok.class);
    }

    @Test
    void aDeviceThatIsReadAnewIsToldAsIfItWereNew() {
        var path = fixture.paths(0).get(1);
        var heard = new CopyOnWriteArrayList<Uevent>();

        try (var subscription = fixture.ports().uevents().onUevent(heard::add)) {
            assertThat(subscription).isNotNull();
            ok(control.reread(path, ok(disks.disk(path)).device()));

            eventually(
                    () -> "add among " + heard,
                    () -> heard.stream()
                            .anyMatch(event -> event.device().equals(path)
                                    && event.action().equals("add")));
        }
    }

    @Test
    void udevTellsOfADeviceThatItLooksAtAgain() {
        var path = fixture.paths(0).getFirst();
        var heard = new CopyOnWriteArrayList<Uevent>();

        try (var subscription = fixture.ports().uevents().onUevent(heard::add)) {
            assertThat(subscription).isNotNull();
            ok(control.change(path, ok(disks.disk(path)).device()));

            eventually(
                    () -> "change among " + heard,
                    () -> heard.stream()
                            .anyMatch(event -> event.device().equals(path)
                                    && event.action().equals("change")));
        }
    }

    private static int errno(IoResult<?> result) {
        return result instanceof IoResult.Refused<?>(var errno, var call, var reason) ? errno : 0;
    }
}
