package org.lunwarden.path.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.path.ScriptedProbe;

class ExchangeTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final List<Duration> deadlines = new ArrayList<>();

    /** Always UNIT ATTENTION, each time after the pause. */
    private DeviceProbe slow(Duration pause) {
        return new DeviceProbe() {
            @Override
            public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
                deadlines.add(deadline);
                now.addAndGet(pause.toNanos());
                return CompletableFuture.completedStage(ScriptedProbe.sense("72062900"));
            }

            @Override
            public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
                throw new UnsupportedOperationException("commands only");
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void allAttemptsShareOneDeadline() {
        var answer = Exchange.send(
                        slow(Duration.ofSeconds(12)),
                        Cdb.testUnitReady(),
                        0,
                        Duration.ofSeconds(30),
                        Exchange.ATTEMPTS,
                        now::get)
                .toCompletableFuture()
                .join();

        assertThat(deadlines).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(18), Duration.ofSeconds(6));
        assertThat(answer).isEqualTo(ScriptedProbe.sense("72062900"));
    }
}
