package org.lunwarden.path.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.FixedDevices;
import org.lunwarden.path.ScriptedProbe;

/** Whatever a device answers, short, lying or senseless, a check ends with a state that its checker can give. */
class HostileDeviceTest {

    private static final int ROUNDS = 20_000;
    private static final List<CheckerKind> KINDS = List.of(CheckerKind.values());
    private static final List<PathState> POSSIBLE = List.of(
            PathState.UP,
            PathState.DOWN,
            PathState.GHOST,
            PathState.SHAKY,
            PathState.PENDING,
            PathState.TIMEOUT,
            PathState.WILD,
            PathState.DISCONNECTED);

    @ParameterizedTest
    @ValueSource(longs = {3, 20261121, 77777})
    void aCheckEndsWithAStateWhateverIsAnswered(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var kind = KINDS.get(random.nextInt(KINDS.size()));

            var finding = check(kind, random.nextBoolean(), new RandomProbe(random));

            assertThat(finding.observed())
                    .as("seed %d, round %d, %s", seed, round, kind)
                    .isIn(POSSIBLE);
            assertThat(finding.why()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 20261122})
    void aPageCutBeforeItsLastFieldNeverMakesAPathUsable(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 1_000; round++) {
            var rdac = ArrayPages.volumeAccess(Map.of(8, 0x11)).subList(0, random.nextInt(14));
            var clariion = ArrayPages.clariion("00".repeat(16), Map.of()).subList(0, random.nextInt(49));

            assertThat(check(CheckerKind.RDAC, false, new ScriptedProbe().answers(ArrayPages.good(rdac)))
                            .observed())
                    .isEqualTo(PathState.DOWN);
            assertThat(check(CheckerKind.EMC_CLARIION, false, new ScriptedProbe().answers(ArrayPages.good(clariion)))
                            .observed())
                    .isEqualTo(PathState.DOWN);
        }
    }

    private static Finding check(CheckerKind kind, boolean detect, DeviceProbe probe) {
        return new Checker(
                        Disks.scsi(), Optional.empty(), Clariion.alone(), probe, FixedDevices.running(), Runnable::run)
                .check(new Checker.Question(kind, detect, Duration.ofSeconds(30), Checker.Proof.NONE), () -> {})
                .toCompletableFuture()
                .join();
    }

    /** Answers at random, often with what looks right at first. */
    private record RandomProbe(Random random) implements DeviceProbe {

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
            return CompletableFuture.completedStage(
                    switch (random.nextInt(12)) {
                        case 0 -> ScriptedProbe.refused(random.nextInt(40));
                        case 1 -> new Answer.TimedOut<>(new CompletableFuture<>());
                        case 2 -> ScriptedProbe.notAsked();
                        case 3 -> ScriptedProbe.status(random.nextInt(256), random.nextInt(20));
                        case 4, 5 ->
                            new Answer.Answered<>(new ScsiReply(
                                    2, 0, 8, bytes(random.nextInt(33), new int[] {0x70}), bytes(dataIn, cdb)));
                        default -> ArrayPages.good(bytes(dataIn, cdb));
                    });
        }

        @Override
        public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
            return CompletableFuture.completedStage(new Answer.Answered<>(random.nextInt(-1, 5000)));
        }

        @Override
        public void close() {}

        /** The page that was asked for, at times. */
        private List<Byte> bytes(int atMost, byte[] cdb) {
            return bytes(
                    random.nextInt(Math.min(atMost, 96) + 1),
                    random.nextBoolean()
                            ? new int[] {0, cdb[2], 0, random.nextInt(64), random.nextBoolean() ? 'v' : 2, 'a', 'c'}
                            : new int[0]);
        }

        private List<Byte> bytes(int length, int[] beginning) {
            var content = new byte[length];
            random.nextBytes(content);
            for (var i = 0; i < Math.min(length, beginning.length); i++) {
                content[i] = (byte) beginning[i];
            }
            var list = new ArrayList<Byte>();
            for (var each : content) {
                list.add(each);
            }
            return list;
        }
    }
}
