package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;

/** An array gives the number of a LUN that is away to another one, and nobody tells the kernel. */
class SwappedUnitTest extends OneHost {

    private static final Duration POLLING = Duration.ofSeconds(1);

    @Test
    void aDiskThatComesBackAsAnotherLunUnseenByTheKernelIsNotUsedAndTheDisksAreLookedAt() {
        var swapped = new DeviceName("sdc");
        var probe = new SwappingProbe(ports().pathProbe(), swapped, new AtomicBoolean(), new AtomicInteger());
        var host = ports();
        var node = Node.start(
                new HostPorts(host.facts(), dm, host.blockDevices(), probe, host.uevents(), host.clock()),
                settings(POLLING),
                reports);
        running = Optional.of(node);
        awaitAllUp();
        san.offline(HOST, swapped, true);
        await(() -> status(node).usablePaths() == PATHS - 1);
        var looks = status(node).discovery().looks();
        var before = dm.changes().size();

        probe.another().set(true);
        san.offline(HOST, swapped, false);
        await(() -> probe.asked().get() > 2 && status(node).discovery().looks() > looks);

        assertThat(status(node).usablePaths()).isEqualTo(PATHS - 1);
        assertThat(dm.changes().subList(before, dm.changes().size()))
                .noneMatch(change -> change.contains("reinstate_path"));
        probe.another().set(false);
        await(() -> status(node).usablePaths() == PATHS);
    }

    /** Answers for one of the disks as another unit would, as long as it is told to, and counts how often it is asked. */
    private record SwappingProbe(PathProbe probe, DeviceName swapped, AtomicBoolean another, AtomicInteger asked)
            implements PathProbe {

        private static final List<Byte> OTHER_UNIT = List.of(
                (byte) 0,
                (byte) 0x83,
                (byte) 0,
                (byte) 12,
                (byte) 1,
                (byte) 3,
                (byte) 0,
                (byte) 8,
                (byte) 0x50,
                (byte) 1,
                (byte) 2,
                (byte) 3,
                (byte) 4,
                (byte) 5,
                (byte) 6,
                (byte) 7);

        @Override
        public DeviceProbe attach(DeviceName name) {
            var device = probe.attach(name);
            return name.equals(swapped) ? new Swapping(device, another, asked) : device;
        }

        @Override
        public Load load() {
            return probe.load();
        }

        @Override
        public void close() {
            probe.close();
        }
    }

    private record Swapping(DeviceProbe device, AtomicBoolean another, AtomicInteger asked) implements DeviceProbe {

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
            if (another.get() && cdb[0] == 0x12 && cdb[1] == 1) {
                asked.incrementAndGet();
                return CompletableFuture.completedStage(
                        new Answer.Answered<>(new ScsiReply(0, 0, 0, List.of(), SwappingProbe.OTHER_UNIT)));
            }
            return device.command(cdb, dataIn, deadline);
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
