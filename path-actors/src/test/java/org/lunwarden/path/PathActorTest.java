package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.IoResult;
import org.lunwarden.kit.HandDrivenScheduler;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;

class PathActorTest {

    private static final PathSettings SETTINGS = new PathSettings(
            CheckerKind.TUR,
            false,
            PrioKind.CONST,
            false,
            "",
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Precautions.NONE);
    private static final PathSettings DETECTING = new PathSettings(
            CheckerKind.TUR,
            false,
            PrioKind.CONST,
            true,
            "",
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Precautions.NONE);
    /** Checked by nobody's timer while a test lasts. */
    private static final PathSettings RARE = new PathSettings(
            CheckerKind.TUR,
            false,
            PrioKind.CONST,
            false,
            "",
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofSeconds(30),
            Precautions.NONE);

    private static final String INQUIRY_WITH_ALUA = "000006121f10";
    private static final String SAME_UNIT = "0083001401030010600a098038302d414b2b4d4453474f62";
    private static final String OTHER_UNIT = "0083001401030010600a098038302d414b2b4d4453474f63";
    private static final String GROUP_2_OPTIMIZED = "0000000c" + "000f000200000001" + "00000001";

    private final ActorTestKit kit = ActorTestKit.create(HandDrivenScheduler.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<PathReported> reports = kit.createTestProbe();
    private final TestProbe<PathNews> news = kit.createTestProbe();
    private final QuestionedProbe device = new QuestionedProbe();
    private final FixedDevices sysfs = FixedDevices.running();
    private final AtomicReference<Duration> uptime = new AtomicReference<>(Duration.ofDays(1));

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    private ActorRef<PathActor.Command> spawn(PathSettings settings, Executor blocking) {
        return spawn(settings, false, blocking);
    }

    private ActorRef<PathActor.Command> spawn(PathSettings settings, boolean adminFailed, Executor blocking) {
        var path = PathActor.create(
                Disks.scsi(),
                new Wwid("3600a098038302d414b2b4d4453474f62"),
                new Nexus("scsi-host-1", "target"),
                settings,
                adminFailed,
                new RecordedControl().host(device, sysfs, blocking, uptime::get),
                reports.getRef(),
                news.getRef());
        return kit.spawn(Behaviors.supervise(path)
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 0)));
    }

    private ActorRef<PathActor.Command> spawn() {
        return spawn(SETTINGS, Runnable::run);
    }

    /** Through the first check, up. */
    private ActorRef<PathActor.Command> spawnUp() throws InterruptedException {
        var path = spawn();
        pass(path, Duration.ofMillis(500));
        foundUp();
        assertThat(told().state()).isEqualTo(PathState.UP);
        return path;
    }

    /** The first check finds the path good. */
    private void foundUp() throws InterruptedException {
        device.next().answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.good(SAME_UNIT));
    }

    /** Time goes on once the path has done all that came before, what it told itself and its timers included. */
    private void pass(ActorRef<PathActor.Command> path, Duration duration) {
        ask(path);
        ask(path);
        uptime.accumulateAndGet(duration, Duration::plus);
        time.timePasses(duration);
    }

    private PathReport told() {
        return reports.receiveMessage().report();
    }

    private PathReport ask(ActorRef<PathActor.Command> path) {
        var asker = kit.<PathReport>createTestProbe();
        path.tell(new PathActor.GetReport(asker.getRef()));
        return asker.receiveMessage();
    }

    @Test
    void aPathIsUncheckedUntilItsFirstCheckAndThenReported() throws Exception {
        var path = spawn();

        assertThat(ask(path).state()).isEqualTo(PathState.UNCHECKED);
        reports.expectNoMessage(Duration.ZERO);
        pass(path, Duration.ofMillis(500));
        foundUp();

        var report = told();
        assertThat(report.state()).isEqualTo(PathState.UP);
        assertThat(report.priority()).isEqualTo(new Priority(1));
        assertThat(report.deviceState()).isEqualTo("running");
        assertThat(ask(path)).isEqualTo(report);
    }

    @Test
    void aSteadyPathIsCheckedEverMoreRarelyAndNotReportedAgain() throws Exception {
        var path = spawnUp();

        pass(path, Duration.ofSeconds(5));
        device.next().answer(ScriptedProbe.good());
        pass(path, Duration.ofMillis(4900));
        ask(path);
        device.expectNone();
        pass(path, Duration.ofMillis(5100));
        device.next().answer(ScriptedProbe.good());
        ask(path);

        reports.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aCheckThatSomebodyAskedForIsReportedThoughNothingChanged() throws Exception {
        var path = spawnUp();

        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.good());

        assertThat(told().state()).isEqualTo(PathState.UP);
    }

    @Test
    void checksAskedForDuringACheckBecomeOneMoreRightAfterIt() throws Exception {
        var path = spawnUp();
        path.tell(new PathActor.CheckNow());
        var first = device.next();
        path.tell(new PathActor.CheckNow());
        path.tell(new PathActor.CheckNow());
        ask(path);
        device.expectNone();

        first.answer(ScriptedProbe.status(0, 1));
        assertThat(told().state()).isEqualTo(PathState.DOWN);
        device.next().answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.good(SAME_UNIT));

        var last = reports.fishForMessage(
                Duration.ofSeconds(30),
                said -> said.report().state() == PathState.UP
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        assertThat(last).hasSize(1);
        ask(path);
        device.expectNone();
    }

    @Test
    void aPathWithAluaIsNotReportedUpBeforeItsPriorityIsKnownAndDownAtOnce() throws Exception {
        var path = spawn(DETECTING, Runnable::run);
        pass(path, Duration.ofMillis(500));
        foundUp();
        device.next().answer(ScriptedProbe.good(INQUIRY_WITH_ALUA));
        var groups = device.next();
        ask(path);
        reports.expectNoMessage(Duration.ZERO);

        groups.answer(ScriptedProbe.good(GROUP_2_OPTIMIZED));
        var up = told();
        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.status(0, 1));
        var down = told();

        assertThat(up.priority()).isEqualTo(new Priority(50));
        assertThat(up.aluaPriority()).isTrue();
        assertThat(down.state()).isEqualTo(PathState.DOWN);
        assertThat(down.priority())
                .as("kept: a path that is down cannot be asked")
                .isEqualTo(new Priority(50));
    }

    @Test
    void aPathThatReturnsIsReportedBeforeAnArrayThatHesitatesTellsItsPriority() throws Exception {
        var path = spawn(DETECTING, Runnable::run);
        pass(path, Duration.ofMillis(500));
        foundUp();
        device.next().answer(ScriptedProbe.good(INQUIRY_WITH_ALUA));
        device.next().answer(ScriptedProbe.good(GROUP_2_OPTIMIZED));
        told();
        sysfs.become(new IoResult.Ok<>(Disks.live("offline")));
        path.tell(new PathActor.CheckNow());
        assertThat(told().state()).isEqualTo(PathState.DOWN);
        ask(path);

        sysfs.become(new IoResult.Ok<>(Disks.live("running")));
        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.good(SAME_UNIT));

        assertThat(device.next().operation()).isEqualTo(0xa3);
        var returned = reports.fishForMessage(
                Duration.ofSeconds(30),
                said -> said.report().state() == PathState.UP
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        assertThat(returned.get(0).report().priority()).isEqualTo(new Priority(50));
    }

    @Test
    void aSilentDeviceCostsTwoCommandsAndIsCheckedAgainWhenItAnswers() throws Exception {
        var path = spawnUp();
        pass(path, Duration.ofSeconds(5));
        var firstLate = device.next().timeOut();
        assertThat(told().state()).isEqualTo(PathState.TIMEOUT);
        pass(path, Duration.ofSeconds(5));
        var secondLate = device.next().timeOut();
        ask(path);
        for (var i = 0; i < 5; i++) {
            pass(path, Duration.ofSeconds(5));
            ask(path);
        }
        device.expectNone();

        firstLate.complete(ScriptedProbe.good());
        var again = device.next();
        assertThat(ask(path).state()).as("a late answer is old").isEqualTo(PathState.TIMEOUT);
        again.answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.good(SAME_UNIT));

        assertThat(told().state()).isEqualTo(PathState.UP);
        assertThat(secondLate).isNotDone();
    }

    @Test
    void theKernelsWordIsHeardWhileTwoChecksHang() throws Exception {
        var path = spawnUp();
        for (var i = 0; i < 2; i++) {
            pass(path, Duration.ofSeconds(5));
            var unanswered = device.next().timeOut();
            ask(path);
            assertThat(unanswered).isNotDone();
        }
        assertThat(told().state()).isEqualTo(PathState.TIMEOUT);

        sysfs.become(new IoResult.Ok<>(Disks.live("offline")));
        pass(path, Duration.ofSeconds(5));
        var offline = told();
        sysfs.become(new IoResult.Ok<>(Disks.live("blocked")));
        pass(path, Duration.ofSeconds(5));
        var blocked = told();
        sysfs.become(new IoResult.Ok<>(Disks.live("running")));
        pass(path, Duration.ofSeconds(1));
        var running = told();

        assertThat(offline.state()).isEqualTo(PathState.DOWN);
        assertThat(offline.deviceState()).isEqualTo("offline");
        assertThat(blocked.state()).isEqualTo(PathState.DOWN);
        assertThat(blocked.deviceState()).isEqualTo("blocked");
        assertThat(running.state()).as("it is still silent").isEqualTo(PathState.TIMEOUT);
        device.expectNone();
    }

    @Test
    void aDiskThatComesBackAsAnotherUnitStaysOutOfUseAndIsToldOnce() throws Exception {
        var path = spawnUp();
        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.status(0, 1));

        for (var i = 0; i < 2; i++) {
            path.tell(new PathActor.CheckNow());
            device.next().answer(ScriptedProbe.good());
            device.next().answer(ScriptedProbe.good(OTHER_UNIT));
        }
        var told = news.receiveMessage();
        path.tell(new PathActor.CheckNow());
        var last = device.next();
        assertThat(ask(path).state()).isEqualTo(PathState.DOWN);
        last.answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.good(SAME_UNIT));

        var returned = reports.fishForMessage(
                Duration.ofSeconds(30),
                said -> said.report().state() == PathState.UP
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        assertThat(returned).hasSize(1);
        assertThat(told)
                .isInstanceOfSatisfying(
                        PathNews.IsAnother.class,
                        another -> assertThat(another.unit()).isEqualTo("3600a098038302d414b2b4d4453474f63"));
        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsItself.class);
        news.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aPathIsNotUsedTheFirstTimeBeforeItSaysWhichUnitItIs() throws Exception {
        var path = spawn();
        pass(path, Duration.ofMillis(500));

        device.next().answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.good(OTHER_UNIT));

        assertThat(told().state()).isEqualTo(PathState.DOWN);
        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsAnother.class);
    }

    @Test
    void aPathThatTheKernelFailedIsUsedAgainOnlyWhenItProvesToBeTheUnitItWas() throws Exception {
        var path = spawnUp();
        path.tell(new PathActor.CheckNow());
        var begunBefore = device.next();

        path.tell(new PathActor.FailedByKernel());
        assertThat(told().state()).isEqualTo(PathState.PENDING);
        begunBefore.answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.good());
        var identity = device.next();
        assertThat(ask(path).state())
                .as("a check that did not ask proves nothing")
                .isEqualTo(PathState.PENDING);
        reports.expectNoMessage(Duration.ZERO);
        identity.answer(ScriptedProbe.good(OTHER_UNIT));

        assertThat(identity.operation()).isEqualTo(0x12);
        assertThat(told().state()).isEqualTo(PathState.DOWN);
        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsAnother.class);
    }

    @Test
    void aDiskWhosePageNamesAnotherUnitIsHeldToTheUnitThatWasTakenWhateverUdevSays() throws Exception {
        var path = spawnUp();
        var udev = Map.of("ID_SERIAL", "3600a098038302d414b2b4d4453474f62");

        path.tell(new PathActor.DiskChanged(Disks.identified("sdb", List.of(), Disks.bytes(OTHER_UNIT), udev)));
        device.next().answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.good(OTHER_UNIT));
        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsAnother.class);
        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.status(0, 1));
        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.good());
        var identity = device.next();
        assertThat(ask(path).state()).isEqualTo(PathState.DOWN);
        identity.answer(ScriptedProbe.good(OTHER_UNIT));
        path.tell(new PathActor.CheckNow());
        var last = device.next();

        assertThat(ask(path).state()).isEqualTo(PathState.DOWN);
        last.answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.good(SAME_UNIT));
        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsItself.class);
    }

    @Test
    void aPathThatAnswersButDoesNotSayWhichUnitItIsIsToldOnce() throws Exception {
        var path = spawnUp();
        path.tell(new PathActor.FailedByKernel());
        device.next().answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.sense("72052400"));
        assertThat(news.receiveMessage())
                .isInstanceOfSatisfying(
                        PathNews.IsUnproven.class,
                        unproven -> assertThat(unproven.reason()).startsWith("INQUIRY: sense"));

        pass(path, Duration.ofSeconds(1));
        device.next().answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.sense("72052400"));
        pass(path, Duration.ofSeconds(1));
        device.next().answer(ScriptedProbe.good());
        var last = device.next();

        assertThat(ask(path).state()).isEqualTo(PathState.PENDING);
        last.answer(ScriptedProbe.good(SAME_UNIT));
        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsItself.class);
    }

    @Test
    void sysfsThatHangsIsATimeoutToo() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        sysfs.hang(entered, release);
        var path = spawn(SETTINGS, task -> Thread.ofPlatform().daemon().start(task));
        pass(path, Duration.ofMillis(500));
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

        pass(path, Duration.ofSeconds(31));

        assertThat(told().isUndecided()).isFalse();
        assertThat(told().state()).isEqualTo(PathState.TIMEOUT);
        release.countDown();
    }

    @Test
    void aCheckThatNoThreadTakesUpSaysNothingOfThePath() throws Exception {
        var waiting = new LinkedBlockingQueue<Runnable>();
        var path = spawn(RARE, waiting::add);
        pass(path, Duration.ofMinutes(30));
        var first = waiting.poll(30, TimeUnit.SECONDS);
        assertThat(first).isNotNull();

        for (var i = 0; i < 3; i++) {
            pass(path, Duration.ofSeconds(31));
        }
        assertThat(ask(path).state()).isEqualTo(PathState.UNCHECKED);
        assertThat(told().unit()).isEqualTo(UnitProof.OVERDUE);
        reports.expectNoMessage(Duration.ZERO);
        assertThat(waiting).as("it keeps its one place").isEmpty();
        first.run();
        var question = device.next();
        pass(path, Duration.ofSeconds(29));
        assertThat(ask(path).state()).as("its time began late").isEqualTo(PathState.UNCHECKED);
        question.answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.good(SAME_UNIT));

        assertThat(told().state()).isEqualTo(PathState.UP);
    }

    @Test
    void aDeviceThatWasNotAskedKeepsItsStateAndItsPriority() throws Exception {
        var path = spawn(DETECTING, Runnable::run);
        pass(path, Duration.ofMillis(500));
        foundUp();
        device.next().answer(ScriptedProbe.good(INQUIRY_WITH_ALUA));
        device.next().answer(ScriptedProbe.good(GROUP_2_OPTIMIZED));
        var up = told();

        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.notAsked());
        device.next().answer(ScriptedProbe.notAsked());

        assertThat(told()).isEqualTo(up);
        assertThat(up.priority()).isEqualTo(new Priority(50));
    }

    @Test
    void aPendingPathKeepsItsStateAndIsLookedAtEverySecond() throws Exception {
        var path = spawnUp();
        sysfs.become(new IoResult.Ok<>(Disks.live("blocked")));

        path.tell(new PathActor.CheckNow());
        var blocked = told();
        sysfs.become(new IoResult.Ok<>(Disks.live("transport-offline")));
        pass(path, Duration.ofSeconds(1));
        var offline = told();

        assertThat(blocked.state()).isEqualTo(PathState.UP);
        assertThat(blocked.deviceState()).isEqualTo("blocked");
        assertThat(offline.state()).isEqualTo(PathState.DOWN);
    }

    @Test
    void aPathThatAnOperatorFailedBeforeIsFailedFromTheStart() throws Exception {
        var path = spawn(SETTINGS, true, Runnable::run);
        pass(path, Duration.ofMillis(500));
        foundUp();

        var report = told();

        assertThat(report.adminFailed()).isTrue();
        assertThat(report.state()).isEqualTo(PathState.DOWN);
    }

    @Test
    void aDiskThatGrowsIsReportedAtOnceAndChecked() throws Exception {
        var path = spawnUp();

        path.tell(new PathActor.DiskChanged(Disks.sized(4096)));
        var grown = told();
        device.next().answer(ScriptedProbe.good());

        assertThat(grown.sizeSectors()).isEqualTo(4096);
        assertThat(told()).isEqualTo(grown);
    }

    @Test
    void aPriorityThatTheKernelFollowsIsReportedWhenItChanges() throws Exception {
        var path = spawn(DETECTING, Runnable::run);
        sysfs.become(new IoResult.Ok<>(new Live("running", "active/optimized", Optional.empty())));
        pass(path, Duration.ofMillis(500));
        foundUp();
        device.next().answer(ScriptedProbe.good("000006121f30"));
        var first = told();

        sysfs.become(new IoResult.Ok<>(new Live("running", "standby", Optional.empty())));
        pass(path, Duration.ofSeconds(5));
        device.next().answer(ScriptedProbe.good());

        assertThat(first.priority()).isEqualTo(new Priority(50));
        assertThat(told().priority()).isEqualTo(new Priority(1));
    }

    @Test
    void shorterIntervalsTakeEffectAtOnce() throws Exception {
        var path = spawnUp();

        path.tell(new PathActor.SettingsChanged(new PathSettings(
                CheckerKind.TUR,
                false,
                PrioKind.CONST,
                false,
                "",
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Precautions.NONE)));
        pass(path, Duration.ofSeconds(1));

        assertThat(device.next().operation()).isZero();
    }

    @Test
    void aDeviceThatIsGoneFromSysfsIsDownAndHasNoStateOfItsOwn() throws Exception {
        var path = spawnUp();
        sysfs.become(new IoResult.Refused<>(19, "read state of sdb", "No such device"));

        path.tell(new PathActor.CheckNow());

        var gone = told();
        assertThat(gone.state()).isEqualTo(PathState.DOWN);
        assertThat(gone.deviceState()).isEmpty();
        assertThat(gone.priority()).as("kept").isEqualTo(new Priority(1));
    }

    @Test
    void aStoppedPathForgetsItsDevice() throws Exception {
        var path = spawnUp();

        path.tell(new PathActor.Stop());

        kit.createTestProbe().expectTerminated(path);
        assertThat(device.closed).hasValue(1);
    }
}
