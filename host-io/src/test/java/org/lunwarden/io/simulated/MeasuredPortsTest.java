package org.lunwarden.io.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.measured.MeasuredPorts;
import org.lunwarden.model.figures.CallFigures.Count;

class MeasuredPortsTest {

    private static final byte[] TEST_UNIT_READY = new byte[6];

    private final SimulatedFixture fixture = new SimulatedFixture();
    private final MeasuredPorts measured = MeasuredPorts.of(fixture.ports());
    private final HostPorts ports = measured.ports();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void callsOfDeviceMapperAreCountedByWhatTheyDoAndWhetherTheyWereRefused() {
        var unused = ports.deviceMapper().list();
        unused = ports.deviceMapper().list();
        var missing = ports.deviceMapper().info("nobody");

        var calls = measured.figures().deviceMapper();
        assertThat(missing).isNotNull();
        assertThat(calls.counts()).containsExactly(new Count("info", "refused", 1), new Count("list", "done", 2));
        assertThat(calls.durations().total()).isEqualTo(3);
    }

    @Test
    void commandsAreCountedByHowTheyEnded() {
        var path = fixture.paths(0).getFirst();
        try (var device = ports.pathProbe().attach(path)) {
            var good = device.command(TEST_UNIT_READY, 0, Duration.ofSeconds(15))
                    .toCompletableFuture()
                    .join();
            fixture.hangPath(path);
            var late = device.command(TEST_UNIT_READY, 0, Duration.ofMillis(30))
                    .toCompletableFuture()
                    .join();

            assertThat(good).isInstanceOf(Answer.Answered.class);
            assertThat(late).isInstanceOf(Answer.TimedOut.class);
        }

        var commands = measured.figures().devices();
        assertThat(commands.counts())
                .containsExactly(new Count("scsi", "answered", 1), new Count("scsi", "timed_out", 1));
        assertThat(commands.durations().total()).isEqualTo(2);
        assertThat(commands.durations().sum()).isGreaterThanOrEqualTo(0.03);
    }
}
