package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.UnitProof;

/** What a path says of its proof to be the unit that it was taken for. */
class UnitProofTest extends OnePath {

    @Test
    void theProofEndsWithTheUseOfThePathAndAnotherUnitStaysAnother() throws Exception {
        var path = spawnUp();

        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.status(0, 1));
        var down = told();
        assertThat(told()).as("asked for").isEqualTo(down);
        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.good(OTHER_UNIT));
        var another = told();
        ask(path);
        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));

        assertThat(down.unit()).isEqualTo(UnitProof.OPEN);
        assertThat(another.unit()).isEqualTo(UnitProof.ANOTHER);
        assertThat(told()).isEqualTo(another);
        assertThat(another.state()).isEqualTo(PathState.DOWN);
    }

    @Test
    void aDiskThatNamesItselfNowhereIsProvenByUdevsWord() throws Exception {
        spawn(Disks.identified("sdb", List.of(), List.of(), Map.of("ID_SERIAL", WWID.value())));
        time.timePasses(Duration.ofMillis(500));
        device.next().answer(ScriptedProbe.status(0, 1));

        assertThat(told().unit()).isEqualTo(UnitProof.PROVEN);
    }

    @Test
    void aPathWhosePageNamesAnotherUnitIsDownAtOnceAndStaysSoUntilItsDiskItselfConfirms() throws Exception {
        var path = spawnUp();

        path.tell(new PathActor.DiskChanged(named(OTHER_UNIT)));
        var denied = told();
        answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));
        var asked = told();
        ask(path);
        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        var confirmed = told();

        assertThat(denied.state()).isEqualTo(PathState.DOWN);
        assertThat(denied.unit()).isEqualTo(UnitProof.ANOTHER);
        assertThat(asked).isEqualTo(denied);
        assertThat(confirmed.state()).isEqualTo(PathState.UP);
        assertThat(confirmed.unit()).isEqualTo(UnitProof.PROVEN);
        assertThat(news.receiveMessage()).isInstanceOfSatisfying(PathNews.IsAnother.class, another -> {
            assertThat(another.unit()).isEqualTo("3600a098038302d414b2b4d4453474f63");
            assertThat(another.by()).isEqualTo(path);
        });
        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsItself.class);
    }

    @Test
    void aPathInUseWhosePageStillNamesAnotherUnitProvesItselfAtEveryCheck() throws Exception {
        var path = spawn(named(OTHER_UNIT));
        pass(path, Duration.ofMillis(500));
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        assertThat(told().state()).isEqualTo(PathState.UP);
        ask(path);

        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.good(OTHER_UNIT));

        assertThat(told().state()).isEqualTo(PathState.DOWN);
    }

    @Test
    void aPathInUseIsNotDeniedAgainByThePageItProvedItselfAgainst() throws Exception {
        var path = spawn(named(OTHER_UNIT));
        pass(path, Duration.ofMillis(500));
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        var up = told();
        ask(path);

        path.tell(new PathActor.DiskChanged(named(OTHER_UNIT)));
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));

        assertThat(told()).isEqualTo(up);
    }

    @Test
    void aChangedReasonIsToldAndSoIsThatAnotherUnitProvesNothingAnyMore() throws Exception {
        var path = spawnUp();
        path.tell(new PathActor.FailedByKernel());
        answer(ScriptedProbe.good(), ScriptedProbe.good(OTHER_UNIT));
        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsAnother.class);

        ask(path);
        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));
        assertThat(reason(news.receiveMessage())).startsWith("INQUIRY: sense");
        ask(path);
        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.notAsked());

        assertThat(reason(news.receiveMessage())).isEqualTo("INQUIRY: no thread was free");
    }

    @Test
    void whatAnOperatorReinstatesProvesItsUnitFirstWhereItDidNotMeanwhile() throws Exception {
        var path = spawnUp();
        path.tell(new PathActor.AdminFail());
        told();
        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));
        assertThat(told().unit()).isEqualTo(UnitProof.UNPROVEN);
        ask(path);

        path.tell(new PathActor.AdminReinstate());
        var reinstated = told();
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));

        assertThat(reinstated.state()).isEqualTo(PathState.PENDING);
        assertThat(told().state()).isEqualTo(PathState.UP);
    }

    @Test
    void whatAnOperatorReinstatesIsNotUsedBeforeItProvesItsUnitThoughNoCheckCameBetween() throws Exception {
        var path = spawnUp();
        path.tell(new PathActor.AdminFail());
        told();

        path.tell(new PathActor.AdminReinstate());
        var reinstated = told();
        answer(ScriptedProbe.good(), ScriptedProbe.good(OTHER_UNIT));

        assertThat(reinstated.adminFailed()).isFalse();
        assertThat(reinstated.state()).isEqualTo(PathState.PENDING);
        assertThat(reinstated.unit()).isEqualTo(UnitProof.OPEN);
        assertThat(told().state()).isEqualTo(PathState.DOWN);
    }

    @Test
    void whatACheckFoundThatBeganBeforeTheOperatorReinstatedProvesNothing() throws Exception {
        var path = spawnUp();
        path.tell(new PathActor.AdminFail());
        told();
        path.tell(new PathActor.CheckNow());
        var before = device.next();

        path.tell(new PathActor.AdminReinstate());
        assertThat(told().state()).isEqualTo(PathState.PENDING);
        before.answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.good(SAME_UNIT));
        answer(ScriptedProbe.good(), ScriptedProbe.good(OTHER_UNIT));

        assertThat(told().state()).isEqualTo(PathState.DOWN);
    }

    @Test
    void theKernelsPageSpeaksForADiskThatNeverSpokeAndForNoOther() throws Exception {
        sysfs.hasDisk(Disks.scsi());
        var path = spawn(Disks.scsi());
        pass(path, Duration.ofMillis(500));
        answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));
        var vouched = told();
        path.tell(new PathActor.FailedByKernel());
        told(UnitProof.OPEN);
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        told(UnitProof.PROVEN);
        ask(path);

        path.tell(new PathActor.FailedByKernel());
        told(UnitProof.OPEN);
        answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));

        assertThat(vouched.state()).isEqualTo(PathState.UP);
        assertThat(vouched.unit()).isEqualTo(UnitProof.PROVEN);
        assertThat(told().unit()).isEqualTo(UnitProof.UNPROVEN);
    }

    @Test
    void theKernelsPageDoesNotSpeakForADiskWhosePageNamedAnotherUnit() throws Exception {
        sysfs.hasDisk(Disks.scsi());
        var path = spawn(named(OTHER_UNIT));
        pass(path, Duration.ofMillis(500));

        answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));

        assertThat(told().unit()).isEqualTo(UnitProof.ANOTHER);
    }
}
