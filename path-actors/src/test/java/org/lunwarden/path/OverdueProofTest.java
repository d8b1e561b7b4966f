package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.UnitProof;

/** For how long a path is waited for that neither proves its unit nor is found to be unusable. */
class OverdueProofTest extends OnePath {

    @Test
    void aProofThatDoesNotComeForAsLongAsACheckMayTakeIsOverdue() throws Exception {
        var path = spawnUp();
        path.tell(new PathActor.FailedByKernel());
        var doubted = told();
        answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));
        var unproven = told();

        for (var second = 0; second < 4; second++) {
            pass(path, Duration.ofSeconds(1));
            answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));
        }

        assertThat(doubted.unit()).isEqualTo(UnitProof.OPEN);
        assertThat(unproven.unit()).isEqualTo(UnitProof.UNPROVEN);
        assertThat(unproven.isUndecided()).isTrue();
        var overdue = told();
        assertThat(overdue.unit()).isEqualTo(UnitProof.OVERDUE);
        assertThat(overdue.state()).isEqualTo(PathState.PENDING);
        assertThat(overdue.isUndecided()).isFalse();
    }

    @Test
    void whatKeepsAPathFromBeingAskedIsToldOnceWhenItsProofIsOverdue() throws Exception {
        var path = spawn(Disks.scsi());
        pass(path, Duration.ofMillis(500));
        device.next().answer(ScriptedProbe.notAsked());
        for (var second = 0; second < 4; second++) {
            ask(path);
            news.expectNoMessage(Duration.ZERO);
            pass(path, Duration.ofSeconds(1));
            device.next().answer(ScriptedProbe.notAsked());
        }
        assertThat(reason(news.receiveMessage())).isEqualTo("no thread was free");
        pass(path, Duration.ofSeconds(1));
        device.next().answer(ScriptedProbe.notAsked());

        assertThat(ask(path).unit()).isEqualTo(UnitProof.OVERDUE);
        news.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aProofIsOverdueInTimeThoughEveryAnswerTakesAsLongAsItMay() throws Exception {
        var path = spawnUp();
        path.tell(new PathActor.FailedByKernel());
        told();
        var slow = device.next();
        pass(path, Duration.ofMillis(2900));
        slow.answer(ScriptedProbe.notAsked());
        assertThat(told().isUndecided()).isTrue();
        pass(path, Duration.ofSeconds(1));
        var next = device.next();
        assertThat(ask(path).isUndecided()).isTrue();

        pass(path, Duration.ofMillis(100));

        var overdue = told();
        assertThat(overdue.unit()).isEqualTo(UnitProof.OVERDUE);
        assertThat(overdue.isUndecided()).isFalse();
        news.expectNoMessage(Duration.ZERO);
        next.answer(ScriptedProbe.notAsked());
        assertThat(reason(news.receiveMessage())).isEqualTo("no thread was free");
    }

    @Test
    void aPathWhoseFirstCheckNeverBeginsIsWaitedForNoLongerThanACheckMayTake() throws Exception {
        var waiting = new LinkedBlockingQueue<Runnable>();
        var path = spawn(Disks.scsi(), waiting::add);
        pass(path, Duration.ofMillis(3900));
        var check = waiting.poll(30, TimeUnit.SECONDS);
        assertThat(check).isNotNull();
        ask(path);
        reports.expectNoMessage(Duration.ZERO);

        pass(path, Duration.ofMillis(100));

        var overdue = told();
        assertThat(overdue.state()).isEqualTo(PathState.UNCHECKED);
        assertThat(overdue.unit()).isEqualTo(UnitProof.OVERDUE);
        assertThat(overdue.isUndecided()).isFalse();
        pass(path, Duration.ofSeconds(4));
        assertThat(reason(news.receiveMessage())).isEqualTo("no thread has been free for 4 s");
        check.run();
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        assertThat(told().unit()).isEqualTo(UnitProof.PROVEN);
        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsItself.class);
    }

    @Test
    void aDiskWithoutANameIsWaitedForNoLongerThanAnyOther() throws Exception {
        var path = spawn(Disks.identified("sdb", List.of(), List.of(), Map.of("ID_SERIAL", WWID.value())));
        pass(path, Duration.ofMillis(500));
        device.next().answer(ScriptedProbe.good());
        assertThat(told().state()).isEqualTo(PathState.UP);
        path.tell(new PathActor.FailedByKernel());
        assertThat(told().isUndecided()).isTrue();
        device.next().answer(ScriptedProbe.notAsked());
        told();

        pass(path, Duration.ofSeconds(4));

        var overdue = told();
        assertThat(overdue.unit()).isEqualTo(UnitProof.OVERDUE);
        assertThat(overdue.isUndecided()).isFalse();
        device.next().answer(ScriptedProbe.good());
        var up = told();
        assertThat(up.state()).isEqualTo(PathState.UP);
        assertThat(up.unit()).isEqualTo(UnitProof.PROVEN);
    }
}
