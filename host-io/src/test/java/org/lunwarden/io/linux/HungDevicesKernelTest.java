package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.io.contract.Expect.eventually;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.IoResult;

/** What a hung device and a hard-pressed host do to this process. */
@Tag("kernel")
class HungDevicesKernelTest {

    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final SysfsTree TREE = new SysfsTree(Path.of("/"));
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ScsiDebugHost host = new ScsiDebugHost();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aReadThatHangsKeepsItsBufferAndAnswersLate() throws Exception {
        var path = host.paths(1).get(3);
        var probes = host.ports().pathProbe();

        try (var device = probes.attach(path);
                var other = probes.attach(host.paths(0).get(0))) {
            assertThat(answer(device.readFirstBlock(AMPLE))).isInstanceOf(Answer.Answered.class);
            host.hangPath(path);
            var hung = device.readFirstBlock(SHORT);
            assertThat(answer(hung)).isInstanceOf(Answer.TimedOut.class);
            for (var i = 0; i < 10; i++) {
                assertThat(answer(other.readFirstBlock(AMPLE))).isEqualTo(new Answer.Answered<>(512));
            }

            host.unhangPath(path);
            assertThat(answer(((Answer.TimedOut<Integer>) answer(hung)).late())).isEqualTo(new Answer.Answered<>(512));
            assertThat(probes.load().lateAnswers()).isEqualTo(1);
            assertThat(probes.load().pooled()).isZero();
        }
    }

    @Test
    void aProbeThatIsClosedGivesItsContextOfAsynchronousReadsBack() throws Exception {
        eventually("the probe of this host is the only one", () -> room() == AsyncReads.DEPTH);
        var path = host.paths(0).get(0);

        for (var i = 0; i < 20; i++) {
            var probes = new KernelPathProbe(TREE);
            try (var device = probes.attach(path)) {
                assertThat(answer(device.readFirstBlock(AMPLE))).isEqualTo(new Answer.Answered<>(512));
                assertThat(probes.load().pooled()).isZero();
            }
            probes.close();
            eventually("the context of probe " + i + " is given back", () -> room() == AsyncReads.DEPTH);
        }
    }

    @Test
    void aContextWithAReadThatHangsIsGivenBackOnceTheReadHasEnded() throws Exception {
        eventually("the probe of this host is the only one", () -> room() == AsyncReads.DEPTH);
        var path = host.paths(1).get(2);
        var probes = new KernelPathProbe(TREE);
        var device = probes.attach(path);
        assertThat(answer(device.readFirstBlock(AMPLE))).isInstanceOf(Answer.Answered.class);
        host.hangPath(path);
        assertThat(answer(device.readFirstBlock(SHORT))).isInstanceOf(Answer.TimedOut.class);

        probes.close();
        eventually("the probe is closed", () -> threads("probe-loop") == 1);
        assertThat(room()).isEqualTo(2 * AsyncReads.DEPTH);

        host.unhangPath(path);
        eventually("the context is given back", () -> {
            new KernelPathProbe(TREE).close();
            return room() == AsyncReads.DEPTH;
        });
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    /** Asynchronous requests that the kernel has room for, in all contexts of the machine. */
    private static long room() {
        return TREE.number("proc/sys/fs/aio-nr").orElseThrow();
    }

    @Test
    void thisProcessIsLockedInMemoryAndSparedWhenMemoryRunsOut() {
        assertThat(MemoryLock.lockAll()).isEqualTo(IoResult.done());
        assertThat(OomScore.adjust(-900)).isEqualTo(IoResult.done());
        assertThat(TREE.number("proc/self/oom_score_adj")).hasValue(-900);
    }

    private static <T> T answer(CompletionStage<T> stage)
            throws ExecutionException, InterruptedException, TimeoutException {
        return stage.toCompletableFuture().get(AMPLE.toSeconds(), TimeUnit.SECONDS);
    }
}
