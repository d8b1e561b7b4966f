package org.lunwarden.path.marginal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;
import org.lunwarden.path.marginal.Marginality.SampleEnded;

class SamplingTest {

    private static final DeviceName DISK = new DeviceName("sdb");
    private static final Duration LENGTH = Duration.ofMinutes(2);

    private final Reads device = new Reads();
    private final SamplePlaces places = new SamplePlaces();

    @Test
    void itKeepsSoManyReadsUnderWayAndCountsWhatFails() {
        var sampling = begin().orElseThrow();

        assertThat(sampling.tick(at(0))).isEmpty();
        assertThat(device.open).hasSize(PathProbe.READS_AT_ONCE);
        device.answer(10, new DeviceProbe.Answer.Answered<>(4096));
        device.answer(3, new DeviceProbe.Answer.Refused<>(5, "read", "I/O error"));
        device.answer(2, new DeviceProbe.Answer.TimedOut<>(new CompletableFuture<>()));
        device.answer(4, new DeviceProbe.Answer.NotAsked<>("no room"));
        assertThat(sampling.tick(at(1))).isEmpty();

        // the two that timed out are still at the device
        assertThat(device.open).hasSize(PathProbe.READS_AT_ONCE - 2);
        device.answer(30, new DeviceProbe.Answer.Answered<>(4096));
        assertThat(sampling.tick(at(120))).contains(new SampleEnded(45, 5));
    }

    @Test
    void whatIsUnansweredAtTheEndHasFailedAndNothingElseIsBegunMeanwhile() {
        var sampling = begin().orElseThrow();
        assertThat(sampling.tick(at(0))).isEmpty();
        device.answer(20, new DeviceProbe.Answer.Answered<>(4096));

        for (var second = 2; second < 120; second++) {
            assertThat(sampling.tick(at(second))).isEmpty();
        }

        assertThat(device.open).hasSize(12);
        assertThat(sampling.tick(at(120))).contains(new SampleEnded(32, 12));
    }

    @Test
    void aDeviceThatHangsCostsNoMoreThanItsReads() {
        var sampling = begin().orElseThrow();

        assertThat(sampling.tick(at(0))).isEmpty();
        var hanging = device.open.size();
        device.answer(hanging, new DeviceProbe.Answer.TimedOut<>(new CompletableFuture<>()));
        for (var second = 61; second < 120; second++) {
            assertThat(sampling.tick(at(second))).isEmpty();
        }

        assertThat(hanging).isEqualTo(PathProbe.READS_AT_ONCE);
        assertThat(device.open).isEmpty();
        assertThat(sampling.tick(at(120))).contains(new SampleEnded(hanging, hanging));
    }

    @Test
    void aHostHasSoManyPlacesAndEachIsGivenBackOnce() {
        var all = Stream.generate(this::begin).limit(SamplePlaces.PLACES).toList();
        assertThat(all).allMatch(Optional::isPresent);
        assertThat(begin()).isEmpty();

        all.getFirst().orElseThrow().close();
        all.getFirst().orElseThrow().close();

        assertThat(begin()).isPresent();
        assertThat(begin()).isEmpty();
        assertThat(device.closed).isEqualTo(1);
    }

    private Optional<Sampling> begin() {
        return Sampling.begin(places, device, DISK, LENGTH, at(0));
    }

    private static Duration at(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** Reads that the test answers. */
    private static final class Reads implements PathProbe, DeviceProbe {

        private final Queue<CompletableFuture<Answer<Integer>>> open = new ArrayDeque<>();
        private int closed;

        void answer(int count, Answer<Integer> answer) {
            for (var read = 0; read < count; read++) {
                open.remove().complete(answer);
            }
        }

        @Override
        public DeviceProbe attach(DeviceName name) {
            throw new UnsupportedOperationException("a sample is read by a reader");
        }

        @Override
        public DeviceProbe attachReader(DeviceName name) {
            return this;
        }

        @Override
        public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
            var read = new CompletableFuture<Answer<Integer>>();
            open.add(read);
            return read;
        }

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
            throw new UnsupportedOperationException("a sample sends no commands");
        }

        @Override
        public Load load() {
            return new Load(open.size(), 0, 0, 0, 0, 0, 0);
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
