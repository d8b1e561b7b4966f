package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.AfterEach;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.Disk;
import org.lunwarden.kit.HandDrivenScheduler;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;

/** The actor of one path, whose device and whose time the test has in hand. */
abstract class OnePath {

    /** A check may take three seconds, and one more when it hangs; after the first one it is asked for by the test, or pending and polled. */
    static final PathSettings SETTINGS = new PathSettings(
            CheckerKind.TUR,
            false,
            PrioKind.CONST,
            false,
            "",
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofSeconds(3),
            Precautions.NONE);

    static final Wwid WWID = new Wwid("3600a098038302d414b2b4d4453474f62");
    static final String SAME_UNIT = "0083001401030010600a098038302d414b2b4d4453474f62";
    static final String OTHER_UNIT = "0083001401030010600a098038302d414b2b4d4453474f63";
    static final String REFUSES = "72052400";

    final ActorTestKit kit = ActorTestKit.create(HandDrivenScheduler.config());
    final ManualTime time = ManualTime.get(kit.system());
    final TestProbe<PathReported> reports = kit.createTestProbe();
    final TestProbe<PathNews> news = kit.createTestProbe();
    final QuestionedProbe device = new QuestionedProbe();
    final RecordedControl control = new RecordedControl();
    final FixedDevices sysfs = FixedDevices.running();
    final AtomicReference<Duration> uptime = new AtomicReference<>(Duration.ofDays(1));

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    ActorRef<PathActor.Command> spawn(Disk disk) {
        return spawn(disk, Runnable::run);
    }

    ActorRef<PathActor.Command> spawn(Disk disk, Executor blocking) {
        return kit.spawn(behavior(disk, blocking));
    }

    final Behavior<PathActor.Command> behavior(Disk disk, Executor blocking) {
        return PathActor.create(
                disk,
                WWID,
                new Nexus("scsi-host-1", "target"),
                SETTINGS,
                false,
                control.host(device, sysfs, blocking, uptime::get),
                reports.getRef(),
                news.getRef());
    }

    ActorRef<PathActor.Command> spawnUp() throws InterruptedException {
        var path = spawn(Disks.scsi());
        pass(path, Duration.ofMillis(500));
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        assertThat(told().unit()).isEqualTo(UnitProof.PROVEN);
        return path;
    }

    /** One check that asks for the unit. */
    void answer(Answer<ScsiReply> check, Answer<ScsiReply> unit) throws InterruptedException {
        device.next().answer(check);
        device.next().answer(unit);
    }

    void pass(ActorRef<PathActor.Command> path, Duration duration) {
        ask(path);
        ask(path);
        uptime.accumulateAndGet(duration, Duration::plus);
        time.timePasses(duration);
    }

    PathReport told() {
        return reports.receiveMessage().report();
    }

    /** The next report that tells that proof. */
    PathReport told(UnitProof unit) {
        return reports.fishForMessage(
                        Duration.ofSeconds(30),
                        said -> said.report().unit() == unit
                                ? FishingOutcomes.complete()
                                : FishingOutcomes.continueAndIgnore())
                .getLast()
                .report();
    }

    PathReport ask(ActorRef<PathActor.Command> path) {
        var asker = kit.<PathReport>createTestProbe();
        path.tell(new PathActor.GetReport(asker.getRef()));
        return asker.receiveMessage();
    }

    static Disk named(String page) {
        return Disks.identified("sdb", List.of(), Disks.bytes(page), Map.of("ID_SERIAL", WWID.value()));
    }

    static String reason(PathNews told) {
        return told instanceof PathNews.IsUnproven unproven ? unproven.reason() : told.toString();
    }
}
