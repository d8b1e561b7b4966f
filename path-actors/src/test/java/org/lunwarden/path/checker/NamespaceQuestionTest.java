package org.lunwarden.path.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.NvmeReply;
import org.lunwarden.io.Disk;
import org.lunwarden.model.PathState;
import org.lunwarden.model.nvme.AdminCommand;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.FixedDevices;
import org.lunwarden.path.ScriptedProbe;
import org.lunwarden.path.checker.Checker.Proof;
import org.lunwarden.path.identity.UnitName;

class NamespaceQuestionTest {

    private static final String EUI = "eui.0025385b71b00f3f";
    private static final String SAME_NAMES =
            "0108000000" + "25385b71b00f3f" + "031000003f1bd8a26d3c4c7e9a540d6f4b1c2e01";
    private static final String OTHER_NAMES = "010800000025385b71b00f40";

    private final ScriptedProbe probe = new ScriptedProbe();

    /** The kernel makes a name for it that it cannot be asked for. */
    @Test
    void aNamespaceWithoutANameIsLookedUpAgain() {
        var was = Disks.nvme("nvme.1b36-01", Map.of());
        var devices = FixedDevices.in("live");

        devices.hasDisk(was);
        assertThat(returning(was, devices, Proof.ITS_WORD_OR_PAGE).observed()).isEqualTo(PathState.UP);
        devices.hasDisk(Disks.nvme("nvme.1b36-02", Map.of("ID_WWN", "nvme.1b36-01")));
        assertThat(returning(was, devices, Proof.ITS_WORD_OR_PAGE).identity())
                .isEqualTo(new Identity.Another("nvme.1b36-02", true));
        assertThat(probe.askedAdmin()).isEmpty();
    }

    /** What the controller answers to Identify, what becomes of the path whatever the kernel still calls the namespace. */
    static Stream<Arguments> namespaces() {
        return Stream.of(
                arguments(names(SAME_NAMES), PathState.UP, new Identity.Confirmed()),
                arguments(names(OTHER_NAMES), PathState.DOWN, new Identity.Another("eui.0025385b71b00f40", true)),
                arguments(status(0x400b), PathState.PENDING, new Identity.Unproven("Identify: NVMe status 0x400b")),
                arguments(
                        new Answer.NotAsked<NvmeReply>("no thread was free"),
                        PathState.PENDING,
                        new Identity.Unproven("Identify: no thread was free")),
                arguments(refusedAdmin(5), PathState.DOWN, new Identity.Unasked()));
    }

    @ParameterizedTest
    @MethodSource("namespaces")
    void aNamespaceThatComesBackIsAskedByItsController(Answer<NvmeReply> answer, PathState state, Identity identity) {
        probe.answersAdmin(answer);

        var finding = returning(namespace(), kernelSays(EUI), Proof.ITS_WORD);

        assertThat(finding.observed()).isEqualTo(state);
        assertThat(finding.identity()).isEqualTo(identity);
        assertThat(probe.askedAdmin()).containsExactly(AdminCommand.namespaceDescriptors(1));
    }

    @Test
    void anOlderControllerIsAskedForTheIdentityOfTheNamespace() {
        var identity = "00".repeat(120) + "0025385b71b00f40" + "00".repeat(3968);
        probe.answersAdmin(status(0x4002)).answersAdmin(names(identity));

        var finding = returning(namespace(), kernelSays(EUI), Proof.ITS_WORD_OR_PAGE);

        assertThat(finding.identity()).isEqualTo(new Identity.Another("eui.0025385b71b00f40", true));
        assertThat(probe.askedAdmin())
                .containsExactly(AdminCommand.namespaceDescriptors(1), AdminCommand.identifyNamespace(1));
    }

    /** The kernel's name of it, the list that breaks off, what the identity of the namespace is. */
    static Stream<Arguments> brokenLists() {
        var sevenBytes = "01070000" + "25385b71b00f3f";
        var same = "00".repeat(120) + "0025385b71b00f3f" + "00".repeat(3968);
        var other = "00".repeat(120) + "0025385b71b00f40" + "00".repeat(3968);
        var uuid = "uuid.3f1bd8a2-6d3c-4c7e-9a54-0d6f4b1c2e01";
        var list = "03100000" + "3f1bd8a26d3c4c7e9a540d6f4b1c2e01" + sevenBytes;
        var otherList = "03100000" + "3f1bd8a26d3c4c7e9a540d6f4b1c2e02" + sevenBytes;
        return Stream.of(
                arguments(EUI, "01100000", same, new Identity.Confirmed()),
                arguments(EUI, sevenBytes, same, new Identity.Confirmed()),
                arguments(EUI, sevenBytes, other, new Identity.Another("eui.0025385b71b00f40", true)),
                arguments(EUI, sevenBytes, "00", new Identity.Vouched("Identify: no whole identity of a namespace")),
                arguments(EUI, sevenBytes, "00".repeat(4096), new Identity.Vouched("it does not say which unit it is")),
                arguments(uuid, list, other, new Identity.Confirmed()),
                arguments(uuid, list, "00", new Identity.Confirmed()),
                arguments(
                        uuid, otherList, same, new Identity.Another("uuid.3f1bd8a2-6d3c-4c7e-9a54-0d6f4b1c2e02", true)),
                arguments(
                        uuid,
                        sevenBytes,
                        same,
                        new Identity.Unproven("its list of names breaks off before the one that it had")));
    }

    @ParameterizedTest
    @MethodSource("brokenLists")
    void aListThatBreaksOffIsTakenAsFarAsTheKernelTakesIt(
            String name, String list, String ofNamespace, Identity identity) {
        probe.answersAdmin(names(list)).answersAdmin(names(ofNamespace));
        var disk = Disks.nvme(name, Map.of("ID_WWN", name));

        var finding = returning(disk, kernelSays(name), Proof.ITS_WORD_OR_PAGE);

        assertThat(finding.identity()).isEqualTo(identity);
        assertThat(probe.askedAdmin())
                .containsExactly(AdminCommand.namespaceDescriptors(1), AdminCommand.identifyNamespace(1));
    }

    @Test
    void anIdentityThatCannotBeReadProvesNothingByItself() {
        probe.answersAdmin(status(0x4002)).answersAdmin(names("00"));

        assertThat(returning(namespace(), kernelSays(EUI), Proof.ITS_WORD).identity())
                .isEqualTo(new Identity.Unproven("Identify: no whole identity of a namespace"));
    }

    /** A namespace with no name to tell, and a controller that the kernel passes no command to. */
    static Stream<Arguments> silentControllers() {
        return Stream.of(
                arguments(names("0000"), "it does not say which unit it is"),
                arguments(refusedAdmin(25), "NVMe admin command: errno 25"));
    }

    @ParameterizedTest
    @MethodSource("silentControllers")
    void theKernelsWordStandsForANamespaceThatHasNothingToSay(Answer<NvmeReply> answer, String why) {
        probe.answersAdmin(answer);

        var vouched = returning(namespace(), kernelSays(EUI), Proof.ITS_WORD_OR_PAGE);
        var alone = returning(namespace(), kernelSays(EUI), Proof.ITS_WORD);
        var denied = returning(namespace(), kernelSays("eui.0025385b71b00f40"), Proof.ITS_WORD_OR_PAGE);

        assertThat(vouched.observed()).isEqualTo(PathState.UP);
        assertThat(vouched.identity()).isEqualTo(new Identity.Vouched(why));
        assertThat(alone.identity()).isEqualTo(new Identity.Unproven(why));
        assertThat(denied.identity()).isEqualTo(new Identity.Another("eui.0025385b71b00f40", false));
    }

    @Test
    void aControllerThatDoesNotAnswerInTimeCarriesItsLateAnswer() {
        var late = new CompletableFuture<Answer<NvmeReply>>();
        probe.answersAdmin(new Answer.TimedOut<>(late));

        var finding = returning(namespace(), kernelSays(EUI), Proof.ITS_WORD_OR_PAGE);

        assertThat(finding.observed()).isEqualTo(PathState.TIMEOUT);
        assertThat(finding.late().orElseThrow()).isSameAs(late);
    }

    private static Disk namespace() {
        return Disks.nvme(EUI, Map.of("ID_WWN", EUI));
    }

    private static FixedDevices kernelSays(String wwid) {
        var devices = FixedDevices.in("live");
        devices.hasDisk(Disks.nvme(wwid, Map.of("ID_WWN", EUI)));
        return devices;
    }

    private static Answer<NvmeReply> names(String list) {
        return new Answer.Answered<>(new NvmeReply(0, Disks.bytes(list)));
    }

    private static Answer<NvmeReply> status(int status) {
        return new Answer.Answered<>(new NvmeReply(status, List.of()));
    }

    private static Answer<NvmeReply> refusedAdmin(int errno) {
        return new Answer.Refused<>(errno, "NVMe admin command", "errno " + errno);
    }

    private Finding returning(Disk disk, FixedDevices devices, Proof proof) {
        return new Checker(disk, UnitName.of(disk), Clariion.alone(), probe, devices, Runnable::run)
                .check(new Checker.Question(CheckerKind.TUR, false, Duration.ofSeconds(30), proof), () -> {})
                .toCompletableFuture()
                .join();
    }
}
