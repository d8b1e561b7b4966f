package org.lunwarden.path.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.simulated.CoreEdge;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.model.scsi.ControlModePage;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.FixedDevices;
import org.lunwarden.path.ScriptedProbe;
import org.lunwarden.path.identity.UnitName;

class TaskAbortedStatusTest {

    private static final Wwid UNIT = new Wwid("360080e50002ab1c4000008fe4f1b2c3d");
    private static final DeviceName DISK = new DeviceName("sdb");
    private static final Answer<ScsiReply> MASK = page("00");
    private static final Answer<ScsiReply> MASK_WITH_TAS = page("40");
    private static final Answer<ScsiReply> UNSET = page("80");
    private static final Answer<ScsiReply> SET = page("c0");
    private static final String SET_LIST = "00".repeat(8) + "0a0a" + "0002" + "00c0" + "000000000000";

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final List<Logger> logs = Stream.of("lunwarden.audit", TaskAbortedStatus.class.getName())
            .map(name -> (Logger) LoggerFactory.getLogger(name))
            .toList();

    @BeforeEach
    void listen() {
        told.start();
        logs.forEach(log -> {
            log.setLevel(Level.INFO);
            log.addAppender(told);
        });
    }

    @AfterEach
    void listenNoMore() {
        logs.forEach(log -> {
            log.detachAppender(told);
            log.setLevel(null);
        });
    }

    private static Answer<ScsiReply> page(String byte5) {
        return ScriptedProbe.good("0012000000000000" + "8a0a" + "0002" + "00" + byte5 + "000000000000");
    }

    @Test
    void itIsSetWhereItCanBeAndIsNotAndTheAuditTrailSaysSo() {
        var probe = new ScriptedProbe()
                .answers(MASK_WITH_TAS)
                .answers(UNSET)
                .answers(ScriptedProbe.sense("72062900"))
                .answers(ScriptedProbe.good());

        begin(probe);

        assertThat(probe.asked()).containsExactly(0x5a, 0x5a, 0x55, 0x55);
        assertThat(probe.given()).containsOnly(SET_LIST).hasSize(2);
        assertThat(lines()).containsExactly(UNIT + ": sdb: TAS set in its control mode page");
    }

    @Test
    void anArrayThatHasItSetOrKeepsItUnsetIsNotTold() {
        var set = new ScriptedProbe().answers(MASK_WITH_TAS).answers(SET);
        var fixed = new ScriptedProbe().answers(MASK).answers(UNSET);

        begin(set);
        begin(fixed);

        assertThat(set.given()).isEmpty();
        assertThat(fixed.asked()).containsExactly(0x5a);
        assertThat(lines()).isEmpty();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(List.of(ScriptedProbe.sense("72052000")), "MODE SENSE: sense 05/20/00"),
                arguments(List.of(ScriptedProbe.good("0012")), "MODE SENSE: mode parameters without a header"),
                arguments(List.of(ScriptedProbe.refused(5)), "write /dev/sg1: errno 5"),
                arguments(
                        List.of(MASK_WITH_TAS, UNSET, ScriptedProbe.sense("72052600")), "MODE SELECT: sense 05/26/00"),
                arguments(
                        List.of(new Answer.TimedOut<>(new CompletableFuture<Answer<ScsiReply>>())),
                        "MODE SENSE: no answer in time"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsOneLineAndIsNotTriedAgain(List<Answer<ScsiReply>> answers, String why) {
        var probe = new ScriptedProbe();
        answers.forEach(probe::answers);
        var status = new TaskAbortedStatus(UNIT, DISK, probe);

        status.begin();
        var asked = probe.asked();
        status.begin();

        assertThat(lines()).containsExactly(UNIT + " sdb: TAS not set (" + why + ")");
        assertThat(probe.asked()).isEqualTo(asked);
    }

    @Test
    void anArrayThatCouldNotBeAskedIsAskedAgain() {
        var probe = new ScriptedProbe()
                .answers(ScriptedProbe.notAsked())
                .answers(MASK_WITH_TAS)
                .answers(SET);
        var status = new TaskAbortedStatus(UNIT, DISK, probe);

        status.begin();
        status.begin();
        status.begin();

        assertThat(probe.asked()).hasSize(3);
        assertThat(lines()).isEmpty();
    }

    @Test
    void aUnitKeepsWhatItWasTold() {
        try (var san = new CoreEdge(1, 1, 1, 1, 1, 2048).layout().build();
                var probe = san.host("h001").pathProbe().attach(new DeviceName("sdb"));
                var other = san.host("h001").pathProbe().attach(new DeviceName("sdc"))) {
            new TaskAbortedStatus(UNIT, DISK, probe).begin();

            var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!isSet(other)) {
                assertThat(System.nanoTime()).as("still not set").isLessThan(deadline);
            }
        }
    }

    @Test
    void theCheckerBeginsWithItOnlyWhereItIsRdacAndThePathAnswers() {
        var owned = ArrayPages.good(ArrayPages.volumeAccess(Map.of(8, 0x01)));
        var begun = new CompletableFuture<Void>();

        check(CheckerKind.TUR, new ScriptedProbe().answers(ScriptedProbe.good()), begun);
        check(CheckerKind.RDAC, new ScriptedProbe().answers(ScriptedProbe.status(0, 1)), begun);
        assertThat(begun).isNotDone();

        check(CheckerKind.RDAC, new ScriptedProbe().answers(owned), begun);
        assertThat(begun).isDone();
    }

    @Test
    void aUnitThatComesBackIsToldOnlyWhenItIsTheOneThatItWas() {
        var owned = ArrayPages.good(ArrayPages.volumeAccess(Map.of(8, 0x01)));
        var page83 = "0083001401030010600a098038302d414b2b4d4453474f";
        var same = new ScriptedProbe()
                .answers(owned)
                .answers(ScriptedProbe.good(page83 + "62"))
                .answers(MASK_WITH_TAS)
                .answers(UNSET)
                .answers(ScriptedProbe.good());
        var other = new ScriptedProbe()
                .answers(owned)
                .answers(ScriptedProbe.good(page83 + "63"))
                .answers(MASK_WITH_TAS)
                .answers(UNSET)
                .answers(ScriptedProbe.good());

        assertThat(comingBack(same).identity()).isEqualTo(new Identity.Confirmed());
        assertThat(comingBack(other).identity()).isInstanceOf(Identity.Another.class);

        assertThat(same.given()).containsExactly(SET_LIST);
        assertThat(other.asked()).containsExactly(0x12, 0x12);
    }

    private static Finding comingBack(DeviceProbe probe) {
        return new Checker(
                        Disks.scsi(),
                        UnitName.of(Disks.scsi()),
                        Clariion.alone(),
                        probe,
                        FixedDevices.running(),
                        Runnable::run,
                        new TaskAbortedStatus(UNIT, DISK, probe)::begin)
                .check(
                        new Checker.Question(CheckerKind.RDAC, false, Duration.ofSeconds(30), Checker.Proof.ITS_WORD),
                        () -> {})
                .toCompletableFuture()
                .join();
    }

    private static void check(CheckerKind kind, DeviceProbe probe, CompletableFuture<Void> begun) {
        new Checker(
                        Disks.scsi(),
                        Optional.empty(),
                        Clariion.alone(),
                        probe,
                        FixedDevices.running(),
                        Runnable::run,
                        () -> begun.complete(null))
                .check(new Checker.Question(kind, false, Duration.ofSeconds(30), Checker.Proof.NONE), () -> {})
                .toCompletableFuture()
                .join();
    }

    private static void begin(DeviceProbe probe) {
        new TaskAbortedStatus(UNIT, DISK, probe).begin();
    }

    private static boolean isSet(DeviceProbe probe) {
        var answer = probe.command(Cdb.modeSense(ControlModePage.CODE, 0, 252), 252, Duration.ofSeconds(30))
                .toCompletableFuture()
                .join();
        return answer instanceof Answer.Answered<ScsiReply>(var reply)
                && ControlModePage.parse(reply.data()) instanceof Decoded.Ok<ControlModePage>(var page)
                && page.taskAbortedStatus();
    }

    private List<String> lines() {
        return told.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
