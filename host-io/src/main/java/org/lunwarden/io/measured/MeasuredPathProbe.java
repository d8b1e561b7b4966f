package org.lunwarden.io.measured;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.figures.CallTally;
import org.lunwarden.model.nvme.AdminCommand;

/** Counts what devices are asked. The many reads of a reader are samples, and not counted. */
final class MeasuredPathProbe implements PathProbe {

    private final PathProbe plain;
    private final CallTally tally;

    MeasuredPathProbe(PathProbe plain, CallTally tally) {
        this.plain = plain;
        this.tally = tally;
    }

    @Override
    public DeviceProbe attach(DeviceName name) {
        return new Device(plain.attach(name));
    }

    @Override
    public DeviceProbe attachReader(DeviceName name) {
        return plain.attachReader(name);
    }

    @Override
    public Load load() {
        return plain.load();
    }

    @Override
    public void close() {
        plain.close();
    }

    private final class Device implements DeviceProbe {

        private final DeviceProbe probe;

        Device(DeviceProbe probe) {
            this.probe = probe;
        }

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
            return measured("scsi", System.nanoTime(), probe.command(cdb, dataIn, deadline));
        }

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, byte[] dataOut, Duration deadline) {
            return measured("scsi", System.nanoTime(), probe.command(cdb, dataOut, deadline));
        }

        @Override
        public CompletionStage<Answer<NvmeReply>> admin(AdminCommand command, Duration deadline) {
            return measured("nvme", System.nanoTime(), probe.admin(command, deadline));
        }

        @Override
        public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
            return measured("read", System.nanoTime(), probe.readFirstBlock(deadline));
        }

        @Override
        public void close() {
            probe.close();
        }

        private <T> CompletionStage<Answer<T>> measured(String call, long began, CompletionStage<Answer<T>> answer) {
            return answer.whenComplete((how, broke) ->
                    tally.add(call, how == null ? "broke" : outcome(how), Duration.ofNanos(System.nanoTime() - began)));
        }
    }

    private static String outcome(Answer<?> answer) {
        return switch (answer) {
            case Answer.Answered<?> answered -> "answered";
            case Answer.TimedOut<?> late -> "timed_out";
            case Answer.Refused<?> refused -> "refused";
            case Answer.NotAsked<?> unasked -> "not_asked";
        };
    }
}
