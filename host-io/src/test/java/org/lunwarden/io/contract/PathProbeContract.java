package org.lunwarden.io.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.lunwarden.io.contract.Expect.eventually;
import static org.lunwarden.io.contract.Expect.ok;
import static org.lunwarden.io.contract.Expect.soon;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;

/** What {@link PathProbe} and {@link DeviceProbe} promise. */
public abstract class PathProbeContract {

    private static final Duration AMPLE = Duration.ofSeconds(15);
    private static final byte[] TEST_UNIT_READY = new byte[6];
    private static final int CHECK_CONDITION = 0x02;
    private static final int ILLEGAL_REQUEST = 0x05;
    private static final int UNIT_ATTENTION = 0x06;
    private static final int GLTSD_AT = 8 + 2;
    private static final int GLTSD = 0x02;

    private HostFixture fixture;
    private PathProbe probe;

    protected abstract HostFixture open();

    @BeforeEach
    void openFixture() {
        fixture = open();
        probe = fixture.ports().pathProbe();
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void aGoodPathIsReady() {
        try (var device = probe.attach(path(0))) {
            var reply = answered(device.command(TEST_UNIT_READY, 0, AMPLE));

            assertThat(reply.status()).isZero();
            assertThat(reply.hostStatus()).isZero();
            assertThat(reply.data()).isEmpty();
            assertThat(reply.sense()).isEmpty();
        }
    }

    @Test
    void anInquiryGivesNoMoreThanTheDeviceSends() {
        var disk = ok(fixture.ports().blockDevices().disk(path(0)));

        try (var device = probe.attach(path(0))) {
            var inquiry = answered(device.command(bytes(0x12, 0, 0, 0, 36, 0), 36, AMPLE));
            assertThat(inquiry.status()).isZero();
            assertThat(inquiry.data()).hasSize(36);
            assertThat(text(inquiry.data().subList(8, 16))).isEqualTo(disk.vendor());
            assertThat(text(inquiry.data().subList(16, 32))).isEqualTo(disk.product());

            var identity = answered(device.command(bytes(0x12, 1, 0x83, 1, 0, 0), 256, AMPLE));
            var length =
                    4 + (identity.data().get(2) & 0xff) * 256 + (identity.data().get(3) & 0xff);
            assertThat(identity.data()).hasSizeGreaterThanOrEqualTo(length).hasSizeLessThan(256);
            assertThat(identity.data().subList(0, length))
                    .isEqualTo(disk.vpd83().subList(0, length));
        }
    }

    @Test
    void reportTargetPortGroupsNamesTheGroupOfThePath() {
        try (var device = probe.attach(path(0))) {
            var reply = answered(device.command(bytes(0xa3, 0x0a, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0), 1024, AMPLE));

            assertThat(reply.status()).isZero();
            assertThat(reply.data()).hasSizeGreaterThanOrEqualTo(4 + 8);
            assertThat(groupsOf(reply.data()))
                    .contains(groupIn(
                            ok(fixture.ports().blockDevices().disk(path(0))).vpd83()));
        }
    }

    @Test
    void whatADeviceDoesNotTakeComesBackAsSense() {
        try (var device = probe.attach(path(0))) {
            var reply = answered(device.command(bytes(0x12, 1, 0xfe, 0, 0xff, 0), 255, AMPLE));

            assertThat(reply.status()).isEqualTo(CHECK_CONDITION);
            assertThat(senseKey(reply.sense())).isEqualTo(ILLEGAL_REQUEST);
        }
    }

    /** Of the control mode page, GLTSD: it is of no consequence to any other command. */
    @Test
    void aModePageThatIsSelectedIsKept() {
        try (var device = probe.attach(path(0))) {
            var before = controlPage(device, 0);
            assertThat(before).hasSize(8 + 12);
            assertThat(controlPage(device, 1).get(GLTSD_AT) & GLTSD).isEqualTo(GLTSD);

            select(device, before, (byte) (before.get(GLTSD_AT) ^ GLTSD));
            var changed = controlPage(device, 0);
            select(device, before, before.get(GLTSD_AT));

            assertThat(changed.get(GLTSD_AT) ^ before.get(GLTSD_AT)).isEqualTo(GLTSD);
            assertThat(controlPage(device, 0)).isEqualTo(before);
        }
    }

    private static List<Byte> controlPage(DeviceProbe device, int control) {
        return attentive(
                        () -> device.command(bytes(0x5a, 0x08, control << 6 | 0x0a, 0, 0, 0, 0, 0, 252, 0), 252, AMPLE))
                .data();
    }

    private static void select(DeviceProbe device, List<Byte> page, byte value) {
        var list = new byte[page.size()];
        for (var i = 8; i < list.length; i++) {
            list[i] = page.get(i);
        }
        list[8] = 0x0a;
        list[GLTSD_AT] = value;
        var reply = attentive(() -> device.command(bytes(0x55, 0x10, 0, 0, 0, 0, 0, 0, list.length, 0), list, AMPLE));
        assertThat(reply.data()).isEmpty();
    }

    /** The answer behind whatever the device first draws attention to. */
    private static ScsiReply attentive(Supplier<CompletionStage<Answer<ScsiReply>>> command) {
        var reply = answered(command.get());
        for (var attempt = 0; attempt < 5 && reply.status() == CHECK_CONDITION; attempt++) {
            assertThat(senseKey(reply.sense())).isEqualTo(UNIT_ATTENTION);
            reply = answered(command.get());
        }
        assertThat(reply.status()).isZero();
        return reply;
    }

    @Test
    void theFirstBlockIsRead() {
        try (var device = probe.attach(path(0))) {
            assertThat(answered(device.readFirstBlock(AMPLE))).isGreaterThanOrEqualTo(512);
        }
    }

    @Test
    void aReaderHasManyReadsAtItsDeviceAtOnce() {
        try (var reader = probe.attachReader(path(0))) {
            var reads = Stream.generate(() -> reader.readFirstBlock(AMPLE))
                    .limit(PathProbe.READS_AT_ONCE)
                    .toList();

            var answers = reads.stream().map(Expect::soon).toList();
            // a device without room for another one is not asked for it
            assertThat(answers)
                    .allMatch(answer ->
                            answer instanceof Answer.Answered<Integer> || answer instanceof Answer.NotAsked<Integer>)
                    .anyMatch(answer -> answer instanceof Answer.Answered<Integer>(var read) && read >= 512);
        }
    }

    @Test
    void aBrokenPathIsNeitherReadyNorReadable() {
        fixture.breakPath(path(1));

        try (var device = probe.attach(path(1))) {
            assertThat(isGood(soon(device.command(TEST_UNIT_READY, 0, AMPLE)))).isFalse();
            assertThat(soon(device.readFirstBlock(AMPLE))).isInstanceOf(Answer.Refused.class);

            fixture.restorePath(path(1));
            eventually("ready again", () -> isGood(soon(device.command(TEST_UNIT_READY, 0, AMPLE))));
            eventually("readable again", () -> soon(device.readFirstBlock(AMPLE)) instanceof Answer.Answered<Integer>);
        }
    }

    @Test
    void aPathThatIsGoneIsRefused() {
        var gone = path(2);
        try (var device = probe.attach(gone)) {
            answered(device.command(TEST_UNIT_READY, 0, AMPLE));
            fixture.removePath(gone);
            fixture.settle();

            assertThat(isGood(soon(device.command(TEST_UNIT_READY, 0, AMPLE)))).isFalse();
        }
        try (var device = probe.attach(gone)) {
            assertThat(errno(soon(device.command(TEST_UNIT_READY, 0, AMPLE)))).isIn(2, 6, 19);
            assertThat(errno(soon(device.readFirstBlock(AMPLE)))).isIn(2, 6, 19);
        }
        fixture.rescan();
    }

    @Test
    void anUnknownDeviceIsRefusedAndAttachingItIsNot() {
        try (var device = probe.attach(new DeviceName("sdnone"))) {
            assertThat(errno(soon(device.command(TEST_UNIT_READY, 0, AMPLE)))).isIn(2, 6, 19);
        }
    }

    @Test
    void manyProbesAtOnceAreAllAnswered() {
        var devices = fixture.paths(0).stream().map(probe::attach).toList();
        var answers = new ArrayList<CompletionStage<Answer<ScsiReply>>>();
        for (var round = 0; round < 8; round++) {
            for (var device : devices) {
                answers.add(device.command(TEST_UNIT_READY, 0, AMPLE));
            }
        }

        assertThat(answers)
                .allSatisfy(answer -> assertThat(isGood(soon(answer))).isTrue());
        eventually("nothing is pending", () -> probe.load().pending() == 0);
        devices.forEach(DeviceProbe::close);
    }

    @Test
    void aHungDeviceTimesOutAtTheDeadlineAndItsLateAnswerIsKnownAsLate() {
        assumeTrue(fixture.canHang(), "the fixture cannot hang a single device");
        var deadline = Duration.ofMillis(300);
        fixture.hangPath(path(0));

        try (var device = probe.attach(path(0))) {
            var lateBefore = probe.load().lateAnswers();
            var start = System.nanoTime();
            var answer = soon(device.command(TEST_UNIT_READY, 0, deadline));
            var waited = Duration.ofNanos(System.nanoTime() - start);

            assertThat(waited).isBetween(deadline.minusMillis(10), deadline.plusSeconds(5));
            assertThat(answer).isInstanceOf(Answer.TimedOut.class);
            var late = ((Answer.TimedOut<ScsiReply>) answer).late();
            assertThat(late.toCompletableFuture()).isNotDone();
            assertThat(probe.load().overdue()).isEqualTo(1);

            fixture.unhangPath(path(0));
            assertThat(soon(late)).isNotInstanceOf(Answer.TimedOut.class);
            eventually("nothing is overdue", () -> probe.load().overdue() == 0);
            assertThat(probe.load().lateAnswers()).isEqualTo(lateBefore + 1);
        }
    }

    @Test
    void aHungDeviceDoesNotDelayOthers() {
        assumeTrue(fixture.canHang(), "the fixture cannot hang a single device");
        fixture.hangPath(path(0));

        try (var hung = probe.attach(path(0));
                var other = probe.attach(path(1))) {
            var stuck = hung.command(TEST_UNIT_READY, 0, AMPLE);
            for (var i = 0; i < 20; i++) {
                assertThat(isGood(soon(other.command(TEST_UNIT_READY, 0, AMPLE))))
                        .isTrue();
            }

            assertThat(stuck.toCompletableFuture()).isNotDone();
            assertThat(probe.load().pending()).isEqualTo(1);
            fixture.unhangPath(path(0));
            assertThat(isGood(soon(stuck))).isTrue();
        }
    }

    @Test
    void aProbeInFlightIsAnsweredEvenWhenItsDeviceIsForgotten() {
        assumeTrue(fixture.canHang(), "the fixture cannot hang a single device");
        fixture.hangPath(path(0));
        var device = probe.attach(path(0));
        var inFlight = device.command(TEST_UNIT_READY, 0, Duration.ofMillis(300));

        device.close();

        assertThat(soon(inFlight)).isInstanceOf(Answer.TimedOut.class);
        fixture.unhangPath(path(0));
        eventually("nothing is overdue", () -> probe.load().overdue() == 0);
    }

    @Test
    void aForgottenDeviceTakesNoMoreProbes() {
        var device = probe.attach(path(0));
        device.close();
        device.close();

        assertThat(soon(device.command(TEST_UNIT_READY, 0, AMPLE))).isInstanceOf(Answer.NotAsked.class);
        assertThat(soon(device.readFirstBlock(AMPLE))).isInstanceOf(Answer.NotAsked.class);
    }

    private DeviceName path(int index) {
        return fixture.paths(0).get(index);
    }

    private static <T> T answered(CompletionStage<Answer<T>> stage) {
        return switch (soon(stage)) {
            case Answer.Answered<T>(var value) -> value;
            case Answer.TimedOut<T> timedOut -> throw new AssertionError("timed out");
            case Answer.Refused<T> refused -> throw new AssertionError("refused: " + refused);
            case Answer.NotAsked<T> notAsked -> throw new AssertionError("not asked: " + notAsked);
        };
    }

    private static boolean isGood(Answer<ScsiReply> answer) {
        return answer instanceof Answer.Answered<ScsiReply>(var reply)
                && reply.status() == 0
                && reply.hostStatus() == 0;
    }

    private static int errno(Answer<?> answer) {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused<?>) answer).errno();
    }

    private static int senseKey(List<Byte> sense) {
        var descriptorFormat = (sense.get(0) & 0x7f) >= 0x72;
        return sense.get(descriptorFormat ? 1 : 2) & 0x0f;
    }

    /** Target port group designator (type 5, association 1) of a page 0x83. */
    private static int groupIn(List<Byte> page) {
        for (var at = 4; at + 4 <= page.size(); at += 4 + (page.get(at + 3) & 0xff)) {
            if ((page.get(at + 1) & 0x3f) == 0x15) {
                return (page.get(at + 6) & 0xff) << 8 | (page.get(at + 7) & 0xff);
            }
        }
        throw new AssertionError("no target port group in page 0x83");
    }

    private static List<Integer> groupsOf(List<Byte> reply) {
        var groups = new ArrayList<Integer>();
        for (var at = 4; at + 8 <= reply.size(); at += 8 + 4 * (reply.get(at + 7) & 0xff)) {
            groups.add((reply.get(at + 2) & 0xff) << 8 | (reply.get(at + 3) & 0xff));
        }
        return groups;
    }

    private static byte[] bytes(int... values) {
        var result = new byte[values.length];
        for (var i = 0; i < values.length; i++) {
            result[i] = (byte) values[i];
        }
        return result;
    }

    private static String text(List<Byte> bytes) {
        var raw = new byte[bytes.size()];
        for (var i = 0; i < raw.length; i++) {
            raw[i] = bytes.get(i);
        }
        return new String(raw, StandardCharsets.US_ASCII).stripTrailing();
    }
}
