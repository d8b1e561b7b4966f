package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.UnitProof;

/** A path whose actor broke. */
class RestartedPathTest extends OnePath {

    private final AtomicBoolean broken = new AtomicBoolean();

    private ActorRef<PathActor.Command> spawnBreakable() throws InterruptedException {
        var path = kit.spawn(Behaviors.supervise(behavior(Disks.scsi(), this::run))
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 0)));
        pass(path, Duration.ofMillis(500));
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        assertThat(told().state()).isEqualTo(PathState.UP);
        return path;
    }

    private void run(Runnable task) {
        if (broken.getAndSet(false)) {
            throw new RejectedExecutionException("no room");
        }
        task.run();
    }

    private void restart(ActorRef<PathActor.Command> path) {
        broken.set(true);
        path.tell(new PathActor.CheckNow());
        var restarted = reports.awaitAssert(() -> {
            time.timePasses(Duration.ofSeconds(1));
            assertThat(device.attached).hasValue(2);
            return true;
        });
        assertThat(restarted).isTrue();
    }

    @Test
    void itProvesItsUnitAnewSinceNobodyWatchedItMeanwhile() throws Exception {
        var path = spawnBreakable();

        restart(path);
        var doubted = told();
        pass(path, Duration.ofSeconds(1));
        answer(ScriptedProbe.good(), ScriptedProbe.good(OTHER_UNIT));

        assertThat(doubted.state()).isEqualTo(PathState.PENDING);
        assertThat(doubted.unit()).isEqualTo(UnitProof.OPEN);
        assertThat(told().unit()).isEqualTo(UnitProof.ANOTHER);
    }

    @Test
    void anOperatorsWordIsKeptApartFromFaultsAndIsNotForgotten() throws Exception {
        var path = spawnBreakable();
        path.tell(new PathActor.AdminFail());
        var failed = told();

        restart(path);
        var doubted = told();
        pass(path, Duration.ofSeconds(1));
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        var checked = told();
        path.tell(new PathActor.AdminReinstate());
        var reinstated = told();
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));

        assertThat(List.of(failed, doubted, checked))
                .allSatisfy(report -> assertThat(report.adminFailed()).isTrue())
                .allSatisfy(report -> assertThat(report.state()).isEqualTo(PathState.DOWN));
        assertThat(reinstated.adminFailed()).isFalse();
        assertThat(told().state()).isEqualTo(PathState.UP);
        assertThat(device.attached).hasValue(2);
        assertThat(device.closed).hasValue(1);
    }
}
