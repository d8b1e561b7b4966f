package org.lunwarden.io.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.io.contract.Expect.ok;
import static org.lunwarden.io.contract.Expect.refusedWith;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.DeviceMapper.Readiness;
import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;

/** What {@link DeviceMapper} promises of the largest request of a device, and of what udev makes of a map. */
public abstract class RequestLimitContract {

    private static final int ENOENT = 2;
    private static final int EINVAL = 22;
    private static final String MAP = "contract-limited";

    private HostFixture fixture;
    private DeviceMapper mapper;

    protected abstract HostFixture open();

    @BeforeEach
    void openFixture() {
        fixture = open();
        mapper = fixture.ports().deviceMapper();
        fixture.settle();
    }

    @AfterEach
    void closeFixture() {
        if (mapper.info(MAP) instanceof IoResult.Ok) {
            ok(mapper.remove(MAP, false));
        }
        fixture.close();
    }

    @Test
    void aMapTakesTheSmallestLimitThatItsPathsHaveWhenItIsMade() {
        var one = path(0);
        var other = path(1);
        var usual = ok(mapper.requestLimit(one));

        ok(mapper.limitRequests(one, 64));
        create(one, other);

        assertThat(ok(mapper.requestLimit(one))).isEqualTo(64);
        assertThat(ok(mapper.requestLimit(other))).isEqualTo(usual);
        assertThat(ok(mapper.requestLimit(ok(mapper.info(MAP)).device()))).isEqualTo(64);
        ok(mapper.limitRequests(one, usual));
    }

    @Test
    void aLimitThatTheHardwareDoesNotTakeIsRefused() {
        var before = ok(mapper.requestLimit(path(0)));

        assertThat(refusedWith(mapper.limitRequests(path(0), 1_000_000_000))).isEqualTo(EINVAL);
        assertThat(refusedWith(mapper.limitRequests(path(0), 1))).isEqualTo(EINVAL);

        assertThat(ok(mapper.requestLimit(path(0)))).isEqualTo(before);
    }

    @Test
    void aDeviceThatIsNotThereHasNoLimit() {
        var none = new DevT(8, 65_520);

        assertThat(refusedWith(mapper.requestLimit(none))).isEqualTo(ENOENT);
        assertThat(refusedWith(mapper.limitRequests(none, 64))).isEqualTo(ENOENT);
    }

    @Test
    void aMapWithAUsablePathIsReadyWhenUdevHasDealtWithItUnlessNobodyTells() {
        create(path(0), path(1));
        fixture.settle();

        assertThat(mapper.readiness(ok(mapper.info(MAP)).device())).isIn(Readiness.READY, Readiness.UNTOLD);
        assertThat(mapper.readiness(new DevT(8, 65_520))).isEqualTo(Readiness.UNTOLD);
    }

    private void create(DevT one, DevT other) {
        var sectors = ok(fixture.ports().blockDevices().disk(fixture.paths(0).getFirst()))
                .sizeSectors();
        var table = "0 0 1 1 service-time 0 2 1 " + one + " 1 " + other + " 1";
        ok(mapper.create(
                MAP, "mpath-" + MAP, false, List.of(new Target(0, sectors, "multipath", table)), UdevFlags.NONE));
        fixture.settle();
    }

    private DevT path(int index) {
        return ok(fixture.ports().blockDevices().disk(fixture.paths(0).get(index)))
                .device();
    }
}
