package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.Disk;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.PrioKind;

/** What a path says of its proof to be the unit that it was taken for. */
class UnitProofTest {

    /** A check may take three seconds; after the first one it is asked for by the test, or pending and polled. */
    private static final PathSettings SETTINGS = new PathSettings(
            CheckerKind.TUR,
            PrioKind.CONST,
            false,
            false,
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofSeconds(3));

    private static final Wwid WWID = new Wwid("3600a098038302d414b2b4d4453474f62");
    private static final String SAME_UNIT = "0083001401030010600a098038302d414b2b4d4453474f62";
    private static final String OTHER_UNIT = "0083001401030010600a098038302d414b2b4d4453474f63";
    private static final String REFUSES = "72052400";

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<PathReport> reports = kit.createTestProbe();
    private final TestProbe<UnitNews> news = kit.createTestProbe();
    private final QuestionedProbe device = new QuestionedProbe();
    private final FixedDevices sysfs = FixedDevices.running();

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    private ActorRef<PathActor.Command> spawn(Disk disk) {
        return kit.spawn(PathActor.create(
                disk,
                WWID,
                new Nexus("scsi-host-1", "target"),
                SETTINGS,
                false,
                device,
                sysfs,
                Runnable::run,
                reports.getRef(),
                news.getRef()));
    }

    private ActorRef<PathActor.Command> spawnUp() throws InterruptedException {
        var path = spawn(Disks.scsi());
        pass(path, Duration.ofMillis(500));
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        assertThat(reports.receiveMessage().unit()).isEqualTo(UnitProof.PROVEN);
        return path;
    }

    /** One check that asks for the unit. */
    private void answer(Answer<ScsiReply> check, Answer<ScsiReply> unit) throws InterruptedException {
        device.next().answer(check);
        device.next().answer(unit);
    }

    private void pass(ActorRef<PathActor.Command> path, Duration duration) {
        ask(path);
        ask(path);
        time.timePasses(duration);
    }

    private PathReport ask(ActorRef<PathActor.Command> path) {
        var asker = kit.<PathReport>createTestProbe();
        path.tell(new PathActor.GetReport(asker.getRef()));
        return asker.receiveMessage();
    }

    private static Disk named(String page) {
        return Disks.identified("sdb", List.of(), Disks.bytes(page), Map.of("ID_SERIAL", WWID.value()));
    }

    @Test
    void theProofEndsWithTheUseOfThePathAndAnotherUnitStaysAnother() throws Exception {
        var path = spawnUp();

        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.status(0, 1));
        var down = reports.receiveMessage();
        assertThat(reports.receiveMessage()).as("asked for").isEqualTo(down);
        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.good(OTHER_UNIT));
        var another = reports.receiveMessage();
        ask(path);
        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));

        assertThat(down.unit()).isEqualTo(UnitProof.OPEN);
        assertThat(another.unit()).isEqualTo(UnitProof.ANOTHER);
        assertThat(reports.receiveMessage()).isEqualTo(another);
        assertThat(another.state()).isEqualTo(PathState.DOWN);
    }

    @Test
    void aDiskThatNamesItselfNowhereIsProvenByUdevsWord() throws Exception {
        spawn(Disks.identified("sdb", List.of(), List.of(), Map.of("ID_SERIAL", WWID.value())));
        time.timePasses(Duration.ofMillis(500));
        device.next().answer(ScriptedProbe.status(0, 1));

        assertThat(reports.receiveMessage().unit()).isEqualTo(UnitProof.PROVEN);
    }

    @Test
    void aPathWhosePageNamesAnotherUnitIsDownAtOnceAndStaysSoUntilItsDiskItselfConfirms() throws Exception {
        var path = spawnUp();

        path.tell(new PathActor.DiskChanged(named(OTHER_UNIT)));
        var denied = reports.receiveMessage();
        answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));
        var asked = reports.receiveMessage();
        ask(path);
        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        var confirmed = reports.receiveMessage();

        assertThat(denied.state()).isEqualTo(PathState.DOWN);
        assertThat(denied.unit()).isEqualTo(UnitProof.ANOTHER);
        assertThat(asked).isEqualTo(denied);
        assertThat(confirmed.state()).isEqualTo(PathState.UP);
        assertThat(confirmed.unit()).isEqualTo(UnitProof.PROVEN);
        assertThat(news.receiveMessage()).isInstanceOfSatisfying(UnitNews.IsAnother.class, another -> {
            assertThat(another.unit()).isEqualTo("3600a098038302d414b2b4d4453474f63");
            assertThat(another.by()).isEqualTo(path);
        });
        assertThat(news.receiveMessage()).isInstanceOf(UnitNews.IsItself.class);
    }

    @Test
    void aPathInUseWhosePageStillNamesAnotherUnitProvesItselfAtEveryCheck() throws Exception {
        var path = spawn(named(OTHER_UNIT));
        pass(path, Duration.ofMillis(500));
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        assertThat(reports.receiveMessage().state()).isEqualTo(PathState.UP);
        ask(path);

        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.good(OTHER_UNIT));

        assertThat(reports.receiveMessage().state()).isEqualTo(PathState.DOWN);
    }

    @Test
    void aPathInUseIsNotDeniedAgainByThePageItProvedItselfAgainst() throws Exception {
        var path = spawn(named(OTHER_UNIT));
        pass(path, Duration.ofMillis(500));
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        var up = reports.receiveMessage();
        ask(path);

        path.tell(new PathActor.DiskChanged(named(OTHER_UNIT)));
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));

        assertThat(reports.receiveMessage()).isEqualTo(up);
    }

    @Test
    void aProofThatDoesNotComeForAsLongAsACheckMayTakeIsOverdue() throws Exception {
        var path = spawnUp();
        path.tell(new PathActor.FailedByKernel());
        var doubted = reports.receiveMessage();
        answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));
        var unproven = reports.receiveMessage();

        for (var second = 0; second < 2; second++) {
            pass(path, Duration.ofSeconds(1));
            answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));
        }

        assertThat(doubted.unit()).isEqualTo(UnitProof.OPEN);
        assertThat(unproven.unit()).isEqualTo(UnitProof.UNPROVEN);
        assertThat(unproven.isUndecided()).isTrue();
        var overdue = reports.receiveMessage();
        assertThat(overdue.unit()).isEqualTo(UnitProof.OVERDUE);
        assertThat(overdue.state()).isEqualTo(PathState.PENDING);
        assertThat(overdue.isUndecided()).isFalse();
    }

    @Test
    void whatKeepsAPathFromBeingAskedIsToldOnceWhenItsProofIsOverdue() throws Exception {
        var path = spawn(Disks.scsi());
        pass(path, Duration.ofMillis(500));
        device.next().answer(ScriptedProbe.notAsked());
        for (var second = 0; second < 2; second++) {
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
    void aChangedReasonIsToldAndSoIsThatAnotherUnitProvesNothingAnyMore() throws Exception {
        var path = spawnUp();
        path.tell(new PathActor.FailedByKernel());
        answer(ScriptedProbe.good(), ScriptedProbe.good(OTHER_UNIT));
        assertThat(news.receiveMessage()).isInstanceOf(UnitNews.IsAnother.class);

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
        reports.receiveMessage();
        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.sense(REFUSES));
        assertThat(reports.receiveMessage().unit()).isEqualTo(UnitProof.UNPROVEN);
        ask(path);

        path.tell(new PathActor.AdminReinstate());
        var reinstated = reports.receiveMessage();
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));

        assertThat(reinstated.state()).isEqualTo(PathState.PENDING);
        assertThat(reports.receiveMessage().state()).isEqualTo(PathState.UP);
    }

    private static String reason(UnitNews told) {
        return told instanceof UnitNews.IsUnproven unproven ? unproven.reason() : told.toString();
    }
}
