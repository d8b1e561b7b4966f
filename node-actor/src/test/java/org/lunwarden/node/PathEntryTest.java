package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
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
import org.lunwarden.node.NexusAlarms.News;
import org.lunwarden.node.topology.NexusFacts;
import org.lunwarden.path.PathActor;

class PathEntryTest {

    private static final String HOST = "h001";

    private final ActorTestKit kit = ActorTestKit.create();
    private final SimulatedSan san = new CoreEdge(1, 1, 1, 1, 1, 2048).layout().build();

    @AfterEach
    void close() {
        kit.shutdownTestKit();
        san.close();
    }

    @Test
    void whatTheActorBeforeSaidIsNotOfAPathThatWasTakenAgain() {
        var before = kit.<PathActor.Command>createTestProbe().getRef();
        var now = kit.<PathActor.Command>createTestProbe().getRef();
        var seat = new PathSeat(disk(), new Wwid("3600a0980"), NexusFacts.of(new HostId(HOST), disk()));
        var announced = seat.announcement(false);

        var path = new PathEntry(seat, now, announced);

        assertThat(path.isSaidBy(before)).isFalse();
        assertThat(path.isSaidBy(now)).isTrue();
    }

    @Test
    void aPathThatProvesItselfOnceMoreAlarmsNobodyUnlessItFails() {
        var seat = new PathSeat(disk(), new Wwid("3600a0980"), NexusFacts.of(new HostId(HOST), disk()));
        var actor = kit.<PathActor.Command>createTestProbe().getRef();
        var announced = seat.announcement(false);
        var up = announced.with(PathState.UP);
        var good = new PathEntry(seat, actor, up);
        var proving = up.inDoubt();

        assertThat(good.alarm(proving)).isEmpty();
        assertThat(good.with(proving).alarm(up)).isEmpty();
        assertThat(good.with(proving).alarm(up.with(PathState.DOWN))).contains(News.LOST);
        assertThat(good.alarm(up.with(PathState.DOWN))).contains(News.LOST);
    }

    @Test
    void onlyAPathThatHasNotSaidSoMayFollowAnother() {
        var seat = new PathSeat(disk(), new Wwid("3600a0980"), NexusFacts.of(new HostId(HOST), disk()));
        var actor = kit.<PathActor.Command>createTestProbe().getRef();
        var announced = seat.announcement(false);
        var good = new PathEntry(seat, actor, announced.with(PathState.UP));
        var lost = new PathEntry(seat, actor, announced.with(PathState.DOWN));

        assertThat(lost.alarm(announced.with(PathState.UP))).contains(News.BACK);
        assertThat(good.mayFollow(News.LOST)).isTrue();
        assertThat(good.mayFollow(News.BACK)).isFalse();
        assertThat(lost.mayFollow(News.LOST)).isFalse();
        assertThat(lost.mayFollow(News.BACK)).isTrue();
        assertThat(lost.with(announced.with(PathState.DELAYED)).mayFollow(News.BACK))
                .isFalse();
        assertThat(lost.with(seat.announcement(true)).mayFollow(News.BACK)).isFalse();
    }

    private Disk disk() {
        return switch (san.host(HOST).blockDevices().disk(new DeviceName("sdb"))) {
            case IoResult.Ok<Disk>(var disk) -> disk;
            case IoResult.Refused<Disk> refused -> throw new AssertionError(refused.toString());
        };
    }
}
