package org.lunwarden.path.prio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.Disk;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.ScriptedProbe;
import org.lunwarden.path.checker.ArrayPages;

/** The prioritizers that settings ask for by name. */
class VendorPriorityTest {

    private static final Priority OLD = new Priority(7);
    private static final String ISM_SN = "69736d5f736e";
    private static final Answer<ScsiReply> GONE = ScriptedProbe.status(0, 1);

    /** The prioritizer, its arguments, the answer, the priority after one of 7. */
    static Stream<Arguments> answers() {
        var ready = ScriptedProbe.good();
        return Stream.of(
                arguments(PrioKind.HP_SW, "", ready, 4),
                arguments(PrioKind.HP_SW, "", ScriptedProbe.sense("72010000"), 4),
                arguments(PrioKind.HP_SW, "", ScriptedProbe.sense("72020402"), 2),
                arguments(PrioKind.HP_SW, "", ScriptedProbe.sense("72020403"), 0),
                arguments(PrioKind.HP_SW, "", GONE, 0),
                arguments(PrioKind.RDAC, "", GONE, 0),
                arguments(PrioKind.RDAC, "", ScriptedProbe.good("00c9"), 0),
                arguments(PrioKind.RDAC, "", ArrayPages.good(ArrayPages.volumeAccess(Map.of(8, 1, 4, 0))), 0),
                arguments(PrioKind.EMC, "", GONE, -1),
                arguments(PrioKind.EMC, "", ArrayPages.good(ArrayPages.clariion("00".repeat(16), Map.of(5, 0))), 2),
                arguments(PrioKind.EMC, "", ArrayPages.good(ArrayPages.clariion("00".repeat(16), Map.of())), 4),
                arguments(PrioKind.ONTAP, "", GONE, 0),
                arguments(PrioKind.ONTAP, "", ScriptedProbe.good(ArrayPages.ontap("ism_sn")), 3),
                arguments(PrioKind.ONTAP, "", ScriptedProbe.good(ArrayPages.ontap("ism_sw and more")), 2),
                arguments(PrioKind.ONTAP, "", ScriptedProbe.good("000000120a980a02" + "41000006" + ISM_SN), 0),
                arguments(PrioKind.ONTAP, "", ScriptedProbe.good("000000120a980a01" + "42000006" + ISM_SN), 0),
                arguments(PrioKind.ONTAP, "", ScriptedProbe.good("000000120a980a01" + "41000006"), 0),
                arguments(PrioKind.ONTAP, "", ScriptedProbe.good("000000120a980a01" + ISM_SN + "00".repeat(8)), 0),
                arguments(PrioKind.ONTAP, "", ScriptedProbe.good("000000080a980a01" + "41000006" + ISM_SN), 4),
                arguments(PrioKind.HDS, "", GONE, -1),
                arguments(PrioKind.HDS, "", ScriptedProbe.good("00".repeat(60)), -1),
                arguments(PrioKind.DATACORE, "preferredsds=sds1", inquiry(112, "sds1 alive"), 1),
                arguments(PrioKind.DATACORE, "timeout=100 preferredsds=sds1", inquiry(112, "sds1"), 1),
                arguments(PrioKind.DATACORE, "preferredsds=sds1 timeout=100", inquiry(112, "sds2"), 0),
                arguments(PrioKind.DATACORE, "preferredsds=sds1", ScriptedProbe.good("00".repeat(64)), 0),
                arguments(PrioKind.DATACORE, "preferredsds=s", inquiry(112, "s"), 0));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerBecomesAPriority(PrioKind prio, String args, Answer<ScsiReply> answer, int priority) {
        var reading = read(Disks.scsi(), prio, args, new ScriptedProbe().answers(answer), true);

        assertThat(reading.after(OLD, PathState.UP)).isEqualTo(new Priority(priority));
    }

    @ParameterizedTest
    @EnumSource(names = {"EMC", "RDAC", "HP_SW", "HDS", "ONTAP", "DATACORE", "PATH_LATENCY"})
    void aPathThatTakesNoCommandsOrWasNotAskedKeepsItsPriority(PrioKind prio) {
        var probe = new ScriptedProbe().answers(ScriptedProbe.notAsked()).reads(new Answer.NotAsked<>("no thread"));

        var unusable = read(Disks.scsi(), prio, "preferredsds=sds1", probe, false);
        var asked = probe.asked();
        var notAsked = read(Disks.scsi(), prio, "preferredsds=sds1", probe, true);

        assertThat(asked).isEmpty();
        assertThat(unusable.after(OLD, PathState.UP)).isEqualTo(OLD);
        assertThat(notAsked.after(OLD, PathState.UP)).isEqualTo(OLD);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMC", "HDS"})
    void aReadingThatFailsWhileTheKernelHoldsThePathBackKeepsThePriority(PrioKind prio) {
        var reading = read(Disks.scsi(), prio, "", new ScriptedProbe().answers(GONE), true);

        assertThat(reading.after(OLD, PathState.DOWN)).isEqualTo(OLD);
        assertThat(reading.after(OLD, PathState.UP)).isEqualTo(Priority.UNDEFINED);
    }

    @Test
    void aRandomPriorityIsOneToTen() {
        var seen = IntStream.range(0, 2_000)
                .mapToObj(each -> read(Disks.scsi(), PrioKind.RANDOM, "", new ScriptedProbe(), false)
                        .after(OLD, PathState.UP)
                        .value())
                .distinct()
                .toList();

        assertThat(seen).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    /** Arguments, udev's path id, the priority. */
    static Stream<Arguments> portals() {
        var path = "ip-10.0.0.1:3260-iscsi-iqn.2003-01.org.example:t1-lun-1";
        return Stream.of(
                arguments("preferredip=10.0.0.1", path, 20),
                arguments("preferredip=10.0.0.10", path, 10),
                arguments("preferredip=10.0.0.2", path, 10),
                arguments("preferredip=10.0.0.1", "pci-0000:00:03.0-" + path, 20),
                arguments("preferredip=10.0.0.1", "pci-0000:00:03.0-ip-110.0.0.1:3260-iscsi-iqn.x-lun-1", 10),
                arguments("preferredip=fe80::1", "ip-fe80::1:5:3260-iscsi-iqn.x-lun-1", 0),
                arguments("preferredip=fe80::12", "ip-fe80::12:3260-iscsi-iqn.x-lun-1", 20),
                arguments("preferredip=fe80::12", "ip-fe80::12:5:3260-iscsi-iqn.x-lun-1", 10),
                arguments("preferredip=10.0.0.1 and more", path, 20),
                arguments("preferredip=1.2.3.4", path.replace("10.0.0.1", "1.2.3.4"), 0),
                arguments("preferredip=10.0.0.1", path.replace("10.0.0.1", "10.0.0.10"), 10),
                arguments("preferredip=10.0.0", path, 0),
                arguments("preferredip=10.0", path, 0),
                arguments("", path, 0));
    }

    @ParameterizedTest
    @MethodSource("portals")
    void thePreferredPortalIsComparedAsAWhole(String args, String pathId, int priority) {
        var disk = Disks.identified("sdb", List.of(), List.of(), Map.of("ID_PATH", pathId));

        assertThat(read(disk, PrioKind.IET, args, new ScriptedProbe(), false).after(OLD, PathState.UP))
                .isEqualTo(new Priority(priority));
    }

    @ParameterizedTest
    @CsvSource({
        "preferredsds=sds1, 30000",
        "timeout=100 preferredsds=sds1, 100",
        "preferredsds=sds1 timeout=250, 250",
        "preferredsds=sds1 timeout=99000, 30000",
        "preferredsds=sds1 timeout=0, 30000"
    })
    void aDatacoreServerHasNoMoreTimeThanTheArgumentsSay(String args, long milliseconds) {
        var asked = new ArrayList<Duration>();
        var probe = new ForwardingProbe(inquiry(112, "sds1"), asked);

        var reading = read(Disks.scsi(), PrioKind.DATACORE, args, probe, true);

        assertThat(reading.after(OLD, PathState.UP)).isEqualTo(new Priority(1));
        assertThat(asked).containsExactly(Duration.ofMillis(milliseconds));
    }

    /** Writes down how long each answer may take. */
    private record ForwardingProbe(Answer<ScsiReply> answer, List<Duration> asked) implements DeviceProbe {

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
            asked.add(deadline);
            return CompletableFuture.completedStage(answer);
        }

        @Override
        public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
            throw new AssertionError("nothing is to be read");
        }

        @Override
        public void close() {}
    }

    @Test
    void latencyIsTheMeanOfAllReads() {
        var reads = new ArrayList<Duration>();
        var clock = new AtomicLong();
        var probe = new TimedReads(reads, clock, new Answer.Answered<>(4096));

        var reading = LatencyPriority.parse("io_num=20 base_num=2.0")
                .orElseThrow()
                .read(probe::read, Duration.ofSeconds(30), clock::get)
                .toCompletableFuture()
                .join();

        assertThat(reads).hasSize(20);
        assertThat(reading).isEqualTo(new PrioReading.Read(new Priority(19), false));
    }

    @Test
    void oneReadThatFailsIsNoPriority() {
        var reads = new ArrayList<Duration>();
        var probe = new TimedReads(reads, new AtomicLong(), new Answer.Refused<>(5, "read", "Input/output error"));

        var reading = LatencyPriority.STANDARD
                .read(probe::read, Duration.ofSeconds(30), () -> 0)
                .toCompletableFuture()
                .join();

        assertThat(reads).hasSize(1);
        assertThat(reading).isInstanceOf(PrioReading.Failed.class);
    }

    /** Every read takes 150 microseconds. */
    private record TimedReads(List<Duration> asked, AtomicLong clock, Answer<Integer> answer) {

        private CompletableFuture<Answer<Integer>> read(Duration deadline) {
            asked.add(deadline);
            clock.addAndGet(150_000);
            return CompletableFuture.completedFuture(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 20261121})
    void whateverADeviceAnswersIsAPriorityOrAFailure(long seed) {
        var random = new Random(seed);
        var kinds =
                List.of(PrioKind.EMC, PrioKind.RDAC, PrioKind.HP_SW, PrioKind.HDS, PrioKind.ONTAP, PrioKind.DATACORE);
        for (var round = 0; round < 10_000; round++) {
            var data = new byte[random.nextInt(160)];
            random.nextBytes(data);
            var beginnings = List.of("00c0", "00c9002c766163", "000000100a980a014100000469737774", "");
            var beginning = HexFormat.of().parseHex(beginnings.get(random.nextInt(4)));
            System.arraycopy(beginning, 0, data, 0, Math.min(beginning.length, data.length));
            var answer = ArrayPages.good(Disks.bytes(HexFormat.of().formatHex(data)));
            var prio = kinds.get(random.nextInt(kinds.size()));

            var reading = read(Disks.scsi(), prio, "preferredsds=sds1", new ScriptedProbe().answers(answer), true);

            assertThat(reading.after(OLD, PathState.UP).value())
                    .as("seed %d, round %d, %s", seed, round, prio)
                    .isBetween(-1, 14);
        }
    }

    private static Answer<ScsiReply> inquiry(int offset, String text) {
        var hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
        return ScriptedProbe.good("00".repeat(offset) + hex + "00".repeat(64));
    }

    private static PrioReading read(Disk disk, PrioKind prio, String args, DeviceProbe probe, boolean answers) {
        var settings = new PathSettings(
                CheckerKind.TUR,
                false,
                prio,
                false,
                args,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Precautions.NONE);
        return new Prioritizer(disk, probe, String::equals)
                .read(settings, Disks.live("running"), answers, Duration.ofSeconds(30))
                .toCompletableFuture()
                .join();
    }
}
