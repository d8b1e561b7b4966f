package org.lunwarden.io.linux;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.nvme.AdminCommand;

/** Probes through sg and asynchronous I/O, all awaited by one thread. */
final class KernelPathProbe implements PathProbe {

    /** Eight targets of an adapter may hang, and the next still has its threads. */
    private static final CallPool.Quota QUOTA = new CallPool.Quota(4, 36);

    /** Threads are made only while calls are stuck: seven adapters may hang with all targets, and the next still has its. */
    private static final int MOST_CALLS = 8 * 36;

    private static final int MOST_DATA = 65_536;

    private final SysfsTree tree;
    private final CallPool pool = new CallPool(MOST_CALLS, QUOTA);
    private final ProbeLoop loop = new ProbeLoop(pool);
    private final AsyncReads reads = new AsyncReads(loop);
    private final Set<Device> devices = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    KernelPathProbe(SysfsTree tree) {
        this.tree = tree;
        loop.start();
    }

    @Override
    public DeviceProbe attach(DeviceName name) {
        return attach(name, 1);
    }

    @Override
    public DeviceProbe attachReader(DeviceName name) {
        return attach(name, READS_AT_ONCE);
    }

    private Device attach(DeviceName name, int reads) {
        var device = new Device(name.value(), reads);
        devices.add(device);
        return device;
    }

    @Override
    public Load load() {
        return new Load(
                loop.pending(),
                loop.overdue(),
                loop.lateAnswers(),
                (int) devices.stream().filter(Device::isPooled).count(),
                pool.busy(),
                pool.bound(),
                loop.notAsked());
    }

    @Override
    public void close() {
        closed = true;
        loop.execute(() -> {
            devices.forEach(Device::abort);
            reads.close();
        });
        loop.stop();
    }

    private final class Device implements DeviceProbe {

        private final SgChannel commands;
        private final ReadChannel blocks;
        private final AdminChannel admin;
        private volatile boolean over;

        Device(String name, int readsAtOnce) {
            var place = place(name);
            commands = new SgChannel(loop, name, place, () -> sgNode(name));
            blocks = new ReadChannel(loop, name, place, reads, () -> blockSize(name), readsAtOnce);
            admin = new AdminChannel(loop, name, place);
        }

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
            if (dataIn < 0 || dataIn > MOST_DATA) {
                throw new IllegalArgumentException("command for " + dataIn);
            }
            return send(cdb, dataIn, new byte[0], deadline);
        }

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, byte[] dataOut, Duration deadline) {
            if (dataOut.length == 0 || dataOut.length > MOST_DATA_OUT) {
                throw new IllegalArgumentException("command with " + dataOut.length);
            }
            return send(cdb, 0, dataOut.clone(), deadline);
        }

        private CompletionStage<Answer<ScsiReply>> send(byte[] cdb, int dataIn, byte[] dataOut, Duration deadline) {
            if (cdb.length < 6 || cdb.length > SgCommand.LONGEST_CDB) {
                throw new IllegalArgumentException("command of " + cdb.length + " bytes");
            }
            if (closed || over) {
                return CompletableFuture.completedFuture(new Answer.NotAsked<>("the device is closed"));
            }
            var probe = loop.<ScsiReply>open(deadline.toNanos());
            var copy = cdb.clone();
            loop.execute(() -> commands.send(probe, copy, dataIn, dataOut, deadline));
            return probe.stage();
        }

        @Override
        public CompletionStage<Answer<NvmeReply>> admin(AdminCommand command, Duration deadline) {
            if (command.dataIn() < 0 || command.dataIn() > MOST_DATA) {
                throw new IllegalArgumentException("command for " + command.dataIn());
            }
            if (closed || over) {
                return CompletableFuture.completedFuture(new Answer.NotAsked<>("the device is closed"));
            }
            var probe = loop.<NvmeReply>open(deadline.toNanos());
            loop.execute(() -> admin.send(probe, command));
            return probe.stage();
        }

        @Override
        public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
            if (closed || over) {
                return CompletableFuture.completedFuture(new Answer.NotAsked<>("the device is closed"));
            }
            var probe = loop.<Integer>open(deadline.toNanos());
            loop.execute(() -> blocks.send(probe));
            return probe.stage();
        }

        @Override
        public void close() {
            over = true;
            devices.remove(this);
            loop.execute(() -> {
                commands.close();
                blocks.close();
                admin.close();
            });
        }

        private void abort() {
            commands.abort();
            blocks.abort();
            admin.abort();
        }

        private boolean isPooled() {
            return commands.isPooled() || blocks.isPooled();
        }
    }

    /** The SCSI target and its host, or the NVMe controller; the device itself where the kernel tells none. Reads links alone. */
    private CallPool.Place place(String name) {
        var parts = tree.linkParts("sys/block/" + name);
        var adapter =
                TransportFacts.host(parts).or(() -> NvmeFacts.controller(parts)).orElse(name);
        return new CallPool.Place(adapter, TransportFacts.target(parts).orElse(adapter));
    }

    private String sgNode(String name) {
        return tree.names("sys/block/" + name + "/device/scsi_generic").stream()
                .findFirst()
                .map(sg -> "/dev/" + sg)
                .orElse("");
    }

    private int blockSize(String name) {
        return (int)
                tree.number("sys/block/" + name + "/queue/logical_block_size").orElse(512);
    }
}
