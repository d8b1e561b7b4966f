package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.CoreEdge;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.node.topology.NexusFacts;
import org.lunwarden.path.identity.DiskIdentity;

class PathSeatTest {

    private static final String HOST = "h001";

    private final SimulatedSan san = new CoreEdge(1, 1, 1, 1, 1, 2048).layout().build();

    @AfterEach
    void close() {
        san.close();
    }

    @Test
    void aDiskThatIsTakenIsAnnouncedAsNotAskedYet() {
        var announced = seat(DiskIdentity.wwid(disk()).orElseThrow()).announcement(false);

        assertThat(announced.unit()).isEqualTo(UnitProof.OPEN);
        assertThat(announced.state()).isEqualTo(PathState.UNCHECKED);
    }

    @Test
    void aDiskWhosePageNamesAnotherUnitThanUdevIsAnnouncedAsThatAndDown() {
        var announced = seat(new Wwid("35001020304050607")).announcement(false);

        assertThat(announced.unit()).isEqualTo(UnitProof.ANOTHER);
        assertThat(announced.state()).isEqualTo(PathState.DOWN);
    }

    private PathSeat seat(Wwid wwid) {
        return new PathSeat(disk(), wwid, NexusFacts.of(new HostId(HOST), disk()));
    }

    private Disk disk() {
        return switch (san.host(HOST).blockDevices().disk(new DeviceName("sdb"))) {
            case IoResult.Ok<Disk>(var disk) -> disk;
            case IoResult.Refused<Disk> refused -> throw new AssertionError(refused.toString());
        };
    }
}
