package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;

/** Hands every command to the test, which answers it when it likes. */
final class QuestionedProbe implements PathProbe {

    enum Reading {
        WELL,
        BADLY
    }

    /** A command that waits for its answer. */
    record Question(int operation, CompletableFuture<DeviceProbe.Answer<DeviceProbe.ScsiReply>> answer) {

        void answer(DeviceProbe.Answer<DeviceProbe.ScsiReply> given) {
            answer.complete(given);
        }

        /** Lets the deadline pass; the late answer is the caller's to give. */
        CompletableFuture<DeviceProbe.Answer<DeviceProbe.ScsiReply>> timeOut() {
            var late = new CompletableFuture<DeviceProbe.Answer<DeviceProbe.ScsiReply>>();
            answer.complete(new DeviceProbe.Answer.TimedOut<>(late));
            return late;
        }
    }

    private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
    private final AtomicInteger readers = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile List<Reading> readings = List.of();
    final AtomicInteger attached = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    /** How reads for errors end, in turn. */
    void reads(List<Reading> inTurn) {
        readings = List.copyOf(inTurn);
    }

    /** Devices that are being read for errors. */
    int readers() {
        return readers.get();
    }

    Question next() throws InterruptedException {
        var question = questions.poll(30, TimeUnit.SECONDS);
        assertThat(question).as("a command within half a minute").isNotNull();
        return Objects.requireNonNull(question);
    }

    /** Only telling once the actor has answered something sent after the cause. */
    void expectNone() {
        assertThat(questions).isEmpty();
    }

    @Override
    public DeviceProbe attach(DeviceName name) {
        attached.incrementAndGet();
        return new DeviceProbe() {
            @Override
            public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
                var question = new Question(cdb[0] & 0xff, new CompletableFuture<>());
                questions.add(question);
                return question.answer();
            }

            @Override
            public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
                throw new UnsupportedOperationException("these tests check by TEST UNIT READY");
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    @Override
    public DeviceProbe attachReader(DeviceName name) {
        readers.incrementAndGet();
        return new DeviceProbe() {
            @Override
            public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
                throw new UnsupportedOperationException("a reader reads");
            }

            @Override
            public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
                var reading = readings.get(reads.getAndIncrement() % readings.size());
                return CompletableFuture.completedStage(
                        switch (reading) {
                            case WELL -> new Answer.Answered<>(4096);
                            case BADLY -> new Answer.Refused<>(5, "read", "I/O error");
                        });
            }

            @Override
            public void close() {
                readers.decrementAndGet();
            }
        };
    }

    @Override
    public Load load() {
        return new Load(questions.size(), 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {}
}
