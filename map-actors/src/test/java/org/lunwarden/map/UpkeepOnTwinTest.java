package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.DeviceMapper.Readiness;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.CoreEdge;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.settings.AutoResize;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.QueueWithoutDaemon;

/** A map on the kernel and udev of a simulated SAN; the test moves the time. */
class UpkeepOnTwinTest {

    private static final String HOST = "h001";
    private static final String NAME = "data";

    private final SimulatedSan san =
            new CoreEdge(1, 1, 1, 1, 1, Reports.SECTORS).layout().build();
    private final DeviceMapper dm = san.host(HOST).deviceMapper();
    private final MapLife life = new MapLife(
            Reports.WWID,
            Settings.with(
                    Settings.of(GroupingPolicy.MULTIBUS),
                    new MapUpkeep(
                            AutoResize.NEVER,
                            FlushOnLastDel.UNUSED,
                            false,
                            QueueWithoutDaemon.YES,
                            Optional.empty(),
                            Duration.ofSeconds(30),
                            false,
                            Optional.of(512),
                            0)),
            new MapName.Wanted(NAME));
    private Duration now = Duration.ofHours(1);

    @BeforeEach
    void aMap() {
        var devices = disks();
        IntStream.range(0, devices.size())
                .mapToObj(n -> Reports.of(devices.get(n), Reports.path(n + 1, PathState.UP, 1)))
                .forEach(path -> life.pathIs(path, now));
        assertThat(settle()).isZero();
    }

    @Test
    void takesItsLimitFromItsPaths() {
        assertThat(dm.requestLimit(device())).isEqualTo(new IoResult.Ok<>(512));
    }

    @Test
    void isToldToUdevAnewOnceWhenUdevHasLostIt() {
        san.forgetInUdev(HOST, NAME);
        life.kernelMoved();
        assertThat(settle()).isZero();

        now = now.plus(UdevSight.PATIENCE);
        assertThat(settle()).isEqualTo(1);
        assertThat(dm.readiness(device())).isEqualTo(Readiness.READY);

        now = now.plus(Duration.ofMinutes(10));
        assertThat(settle()).isZero();
    }

    /** Does what the life asks for until it asks for nothing. @return how often a table was loaded anew */
    private int settle() {
        var operation = new DmOperation(dm, Reports.WWID, UdevFlags.NONE);
        var reloads = 0;
        for (var acts = 0; acts < 50; acts++) {
            var action = life.next(now);
            if (action instanceof MapAction.Nothing || action instanceof MapAction.Reject) {
                return reloads;
            }
            reloads += action.loadsAnew() ? 1 : 0;
            var outcome = operation.perform(action, life.name());
            life.kernelIs(outcome.view(), action, outcome.refusal(), now);
            outcome.udev().ifPresent(readiness -> life.udevHas(readiness, now));
        }
        throw new AssertionError("no rest: " + life.next(now));
    }

    private DevT device() {
        return life.kernelMap().orElseThrow().device();
    }

    private List<DevT> disks() {
        if (!(san.host(HOST).blockDevices().look().list()
                instanceof IoResult.Ok<List<BlockDevices.Listed>>(var disks))) {
            throw new AssertionError("no disks");
        }
        return disks.stream()
                .filter(disk -> !disk.name().value().equals("sda"))
                .flatMap(disk -> disk.device().stream())
                .toList();
    }
}
