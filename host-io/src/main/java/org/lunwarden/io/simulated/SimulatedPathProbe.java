package org.lunwarden.io.simulated;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.nvme.AdminCommand;

/** Probes of a simulated host's disks. */
final class SimulatedPathProbe implements PathProbe {

    private static final int BLOCK = 4096;

    private final SimulatedKernel kernel;
    private int pending;
    private int overdue;
    private long lateAnswers;

    SimulatedPathProbe(SimulatedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public DeviceProbe attach(DeviceName name) {
        return new Probe(name);
    }

    @Override
    public DeviceProbe attachReader(DeviceName name) {
        return new Probe(name);
    }

    @Override
    public Load load() {
        synchronized (kernel.san.lock) {
            return new Load(pending, overdue, lateAnswers, 0, 0, 0, 0);
        }
    }

    @Override
    public void close() {}

    private final class Probe implements DeviceProbe {

        private final DeviceName name;
        private boolean closed;

        private Probe(DeviceName name) {
            this.name = name;
        }

        @Override
        public CompletionStage<Answer<NvmeReply>> admin(AdminCommand command, Duration deadline) {
            if (isNvme().filter(nvme -> !nvme).isPresent()) {
                return CompletableFuture.completedFuture(Errno.ENOTTY.toProbe("NVMe admin command to " + name));
            }
            return send(
                    "admin",
                    deadline,
                    device -> NvmeAnswers.answer(device, command),
                    reply -> reply.hostStatus() == 0
                            ? new Answer.Answered<>(new NvmeReply(reply.status(), reply.data()))
                            : Errno.EIO.toProbe("NVMe admin command to " + name));
        }

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
            return command(cdb, dataIn, new byte[0], deadline);
        }

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, byte[] dataOut, Duration deadline) {
            return command(cdb, 0, dataOut.clone(), deadline);
        }

        private CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, byte[] dataOut, Duration deadline) {
            if (isNvme().filter(nvme -> nvme).isPresent()) {
                return CompletableFuture.completedFuture(Errno.ENOTTY.toProbe("SG_IO to " + name));
            }
            var command = cdb.clone();
            return send(
                    "probe",
                    deadline,
                    device -> ScsiAnswers.answer(device, command, dataIn, dataOut),
                    Answer.Answered<ScsiReply>::new);
        }

        @Override
        public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
            return send("read", deadline, ScsiAnswers::ready, reply -> {
                var good = reply.status() == 0 && reply.hostStatus() == 0;
                return good ? new Answer.Answered<>(BLOCK) : Errno.EIO.toProbe("read " + name);
            });
        }

        @Override
        public void close() {
            synchronized (kernel.san.lock) {
                closed = true;
            }
        }

        /** Empty when the device is not there. */
        private Optional<Boolean> isNvme() {
            synchronized (kernel.san.lock) {
                return kernel.disk(name).map(device -> device.lun.array.isNvme());
            }
        }

        private <T> CompletionStage<Answer<T>> send(
                String call,
                Duration deadline,
                Function<PathDevice, ScsiReply> atLun,
                Function<ScsiReply, Answer<T>> meaning) {
            synchronized (kernel.san.lock) {
                var device = kernel.disk(name);
                if (closed) {
                    return CompletableFuture.completedFuture(new Answer.NotAsked<>(call + " " + name + ": closed"));
                }
                if (device.isEmpty()) {
                    return CompletableFuture.completedFuture(Errno.ENODEV.toProbe(call + " " + name));
                }
                var flight = new Flight<T>();
                pending++;
                kernel.send(device.get(), atLun, reply -> flight.end(meaning.apply(reply)));
                kernel.san.time.after(deadline, flight::expire);
                return flight.answer;
            }
        }
    }

    /** One probe on its way. */
    private final class Flight<T> {

        private final CompletableFuture<DeviceProbe.Answer<T>> answer = new CompletableFuture<>();
        private final CompletableFuture<DeviceProbe.Answer<T>> late = new CompletableFuture<>();
        private boolean ended;
        private boolean expired;

        private void end(DeviceProbe.Answer<T> result) {
            boolean inTime;
            synchronized (kernel.san.lock) {
                ended = true;
                inTime = !expired;
                if (inTime) {
                    pending--;
                } else {
                    overdue--;
                    lateAnswers++;
                }
            }
            (inTime ? answer : late).complete(result);
        }

        private void expire() {
            synchronized (kernel.san.lock) {
                if (ended) {
                    return;
                }
                expired = true;
                pending--;
                overdue++;
            }
            answer.complete(new DeviceProbe.Answer.TimedOut<>(late));
        }
    }
}
