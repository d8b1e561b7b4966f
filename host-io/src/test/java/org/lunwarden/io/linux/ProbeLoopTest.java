package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.lunwarden.io.DeviceProbe.Answer;

@EnabledOnOs(OS.LINUX)
class ProbeLoopTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    private final CallPool pool = new CallPool(2, new CallPool.Quota(2, 2));
    private final ProbeLoop loop = new ProbeLoop(pool);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        loop.stop();
    }

    /** Opens a device that is always there, at once or when it is let. */
    private class Zeroes extends Channel<Integer, Integer> {

        private final CountDownLatch mayOpen;

        Zeroes(CountDownLatch mayOpen) {
            super(loop, "zero", new CallPool.Place("zeroes", "zero"));
            this.mayOpen = mayOpen;
        }

        Pending<Integer> probe(Duration deadline) {
            var probe = loop.<Integer>open(deadline.toNanos());
            loop.execute(() -> send(probe, 7));
            return probe;
        }

        @Override
        Opened open() {
            hang(mayOpen);
            return new Opened(LibC.calls().open("/dev/zero", LibC.O_RDONLY | LibC.O_CLOEXEC), false, 0, "/dev/zero");
        }

        @Override
        boolean use(OpenFile opened) {
            return true;
        }

        @Override
        int width(OpenFile opened) {
            return 4;
        }

        @Override
        void start(Request<Integer, Integer> request, OpenFile on) {
            call(
                    request,
                    on,
                    fd -> Optional.of(() -> {
                        var unused = end(request.probe().number(), new Answer.Answered<>(request.what()));
                    }));
        }

        @Override
        void forgotten(Integer request) {}
    }

    private static void hang(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer<Integer> answer(Pending<Integer> probe) throws Exception {
        return probe.stage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private void occupyAllThreads() {
        for (int i = 0; i < pool.bound(); i++) {
            pool.execute(new CallPool.Place("another", "one"), () -> hang(release));
        }
    }

    private static CountDownLatch open() {
        return new CountDownLatch(0);
    }

    @Test
    void aDeviceThatNoThreadCouldOpenWasNotAsked() throws Exception {
        loop.start();
        occupyAllThreads();
        var channel = new Zeroes(open());

        assertThat(answer(channel.probe(SHORT))).isInstanceOf(Answer.NotAsked.class);
        assertThat(loop.notAsked()).isEqualTo(1);
        assertThat(loop.overdue()).isZero();
        release.countDown();
        assertThat(answer(channel.probe(Duration.ofSeconds(20)))).isEqualTo(new Answer.Answered<>(7));
    }

    @Test
    void anOpenDeviceThatNoThreadCouldWriteToWasNotAskedAndIsNotAskedLater() throws Exception {
        loop.start();
        var channel = new Zeroes(open());
        assertThat(answer(channel.probe(Duration.ofSeconds(20)))).isEqualTo(new Answer.Answered<>(7));
        occupyAllThreads();

        var starved = channel.probe(SHORT);

        assertThat(answer(starved)).isInstanceOf(Answer.NotAsked.class);
        release.countDown();
        assertThat(answer(channel.probe(Duration.ofSeconds(20)))).isEqualTo(new Answer.Answered<>(7));
        assertThat(starved.isAtDevice()).isFalse();
        assertThat(loop.lateAnswers()).isZero();
    }

    @Test
    void aDeviceThatHangsInItsOwnOpenIsLate() throws Exception {
        loop.start();

        var late = answer(new Zeroes(release).probe(SHORT));

        assertThat(late).isInstanceOf(Answer.TimedOut.class);
        assertThat(loop.overdue()).isEqualTo(1);
        release.countDown();
        assertThat(((Answer.TimedOut<Integer>) late)
                        .late()
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS))
                .isEqualTo(new Answer.Answered<>(7));
    }

    @Test
    void theFileOfADeviceThatIsClosedIsClosedWhenItsLateCallReturns() throws Exception {
        loop.start();
        var file = new AtomicInteger(-1);
        var channel = new Zeroes(open()) {
            @Override
            void start(Request<Integer, Integer> request, OpenFile on) {
                file.set(on.fd());
                call(request, on, fd -> {
                    hang(release);
                    return Optional.empty();
                });
            }
        };
        assertThat(answer(channel.probe(SHORT))).isInstanceOf(Answer.TimedOut.class);
        var closed = new CountDownLatch(1);
        loop.execute(channel::close);
        loop.execute(closed::countDown);
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(isOpen(file.get())).isTrue();

        release.countDown();

        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (isOpen(file.get()) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(isOpen(file.get())).isFalse();
    }

    private static boolean isOpen(int file) throws IOException {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + file)).equals(Path.of("/dev/zero"));
        } catch (NoSuchFileException closed) {
            return false;
        }
    }

    @Test
    void whatWasAnsweredWhileThisProcessDidNotRunIsInTime() throws Exception {
        var probes = new ArrayList<Pending<Integer>>();
        var answers = new ArrayList<Wakeup>();
        for (int i = 0; i < 200; i++) {
            var probe = loop.<Integer>open(SHORT.toNanos());
            var answer = new Wakeup();
            loop.await(probe, () -> false);
            assertThat(loop.watch(answer.fd(), () -> {
                        answer.drain();
                        loop.end(probe, new Answer.Answered<>(1));
                    }))
                    .isTrue();
            probes.add(probe);
            answers.add(answer);
        }
        answers.forEach(Wakeup::wake);
        var deadline = probes.getLast().deadline();
        while (System.nanoTime() - deadline <= 0) {
            LockSupport.parkNanos(SHORT.toNanos());
        }

        loop.start();

        for (var probe : probes) {
            assertThat(answer(probe)).isEqualTo(new Answer.Answered<>(1));
        }
    }

    @Test
    void theThreadsEndWithTheLoop() {
        loop.start();
        loop.stop();

        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!pool.isClosed() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(pool.isClosed()).isTrue();
    }

    @Test
    void aNumberOfTheDriversThatIsTakenOrMeansAnyIsSkipped() {
        assertThat(SgChannel.packId(0x1_0000_0007L, id -> false)).isEqualTo(7);
        assertThat(SgChannel.packId(0x1_0000_0007L, id -> id == 7 || id == 8)).isEqualTo(9);
        assertThat(SgChannel.packId(0xffff_ffffL, id -> false)).isZero();
        assertThat(SgChannel.packId(0x7_ffff_fffeL, id -> id == -2)).isZero();
    }
}
