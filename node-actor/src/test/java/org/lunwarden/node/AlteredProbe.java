package org.lunwarden.node;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;

/**
 * Probes disks as they are, but for the commands to one of them that a test answers itself.
 *
 * @param answer to a command descriptor block; empty: the disk answers
 */
record AlteredProbe(
        PathProbe probe, DeviceName altered, Function<byte[], Optional<CompletionStage<Answer<ScsiReply>>>> answer)
        implements PathProbe {

    @Override
    public DeviceProbe attach(DeviceName name) {
        var device = probe.attach(name);
        return name.equals(altered) ? new AlteredDevice(device, answer) : device;
    }

    @Override
    public DeviceProbe attachReader(DeviceName name) {
        return probe.attachReader(name);
    }

    @Override
    public Load load() {
        return probe.load();
    }

    @Override
    public void close() {
        probe.close();
    }

    private record AlteredDevice(
            DeviceProbe device, Function<byte[], Optional<CompletionStage<Answer<ScsiReply>>>> answer)
            implements DeviceProbe {

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
            return answer.apply(cdb).orElseGet(() -> device.command(cdb, dataIn, deadline));
        }

        @Override
        public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
            return device.readFirstBlock(deadline);
        }

        @Override
        public void close() {
            device.close();
        }
    }
}
