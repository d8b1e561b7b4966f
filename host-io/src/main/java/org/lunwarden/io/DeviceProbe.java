package org.lunwarden.io;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.lunwarden.model.nvme.AdminCommand;

/**
 * Probes of one device. Nothing here blocks, and no stage fails: what went wrong is an {@link Answer}. An answer comes
 * no later than shortly after the deadline. Only a device that was asked can be late.
 */
public interface DeviceProbe extends AutoCloseable {

    int ENOTTY = 25;

    /** Enough for parameters of a device; a path's device is not written to. */
    int MOST_DATA_OUT = 4096;

    /**
     * Sends a SCSI command.
     *
     * @param cdb 6 to 16 bytes
     * @param dataIn bytes to read at most; 0 for a command without data
     */
    CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline);

    /**
     * Sends a SCSI command with data. A device without SCSI commands refuses it with {@code ENOTTY} (25).
     *
     * @param cdb 6 to 16 bytes
     * @param dataOut 1 to {@link #MOST_DATA_OUT} bytes
     */
    default CompletionStage<Answer<ScsiReply>> command(byte[] cdb, byte[] dataOut, Duration deadline) {
        return CompletableFuture.completedStage(
                new Answer.Refused<>(ENOTTY, "SCSI command with data", "Inappropriate ioctl for device"));
    }

    /**
     * Sends an NVMe admin command to the controller of a namespace. Any other device refuses it with {@code ENOTTY} (25).
     */
    default CompletionStage<Answer<NvmeReply>> admin(AdminCommand command, Duration deadline) {
        return CompletableFuture.completedStage(
                new Answer.Refused<>(ENOTTY, "NVMe admin command", "Inappropriate ioctl for device"));
    }

    /** Reads the first block past the page cache; gives the number of bytes read. */
    CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline);

    /** Forgets the device. Probes in flight are answered or timed out, then its files are closed. */
    @Override
    void close();

    sealed interface Answer<T> {

        record Answered<T>(T value) implements Answer<T> {}

        /**
         * The deadline passed.
         *
         * @param late the answer if it ever comes; never {@code TimedOut}
         */
        record TimedOut<T>(CompletionStage<Answer<T>> late) implements Answer<T> {}

        /** The kernel would not take the probe, for example {@code ENXIO} (6) for a device that is gone. */
        record Refused<T>(int errno, String call, String reason) implements Answer<T> {}

        /**
         * The device was not asked: this process was short of threads, files or memory until the deadline, or closes.
         * Says nothing of the device.
         */
        record NotAsked<T>(String reason) implements Answer<T> {}
    }

    /**
     * How a SCSI command ended (sg_io_hdr).
     *
     * @param status SCSI status, for example 0x00 good, 0x02 check condition, 0x18 reservation conflict
     * @param hostStatus {@code DID_*} of the kernel, 0 when all went well, 1 for {@code DID_NO_CONNECT}
     * @param sense sense data, fixed or descriptor format; empty when there is none
     * @param data what was read, shorter than asked when the device sent less
     */
    record ScsiReply(int status, int hostStatus, int driverStatus, List<Byte> sense, List<Byte> data) {
        public ScsiReply {
            sense = List.copyOf(sense);
            data = List.copyOf(data);
        }
    }

    /**
     * How an NVMe command ended.
     *
     * @param status code in the bits 0 to 7, its type in the bits 8 to 10; 0 when all went well
     * @param data what was read; empty when something went wrong
     */
    record NvmeReply(int status, List<Byte> data) {
        public NvmeReply {
            data = List.copyOf(data);
        }

        public boolean isGood() {
            return status == 0;
        }
    }
}
