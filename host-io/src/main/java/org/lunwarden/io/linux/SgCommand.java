package org.lunwarden.io.linux;

import java.util.Arrays;
import java.util.List;

import jnr.ffi.Pointer;

import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.Sense;

/**
 * The memory of one SCSI command for the sg driver. Source: {@code struct sg_io_hdr} in Linux {@code include/scsi/sg.h}
 * (64-bit).
 */
final class SgCommand {

    static final int HEADER_SIZE = 88;
    static final int LONGEST_CDB = 16;

    private static final int SENSE_SIZE = 128;
    private static final int CDB = HEADER_SIZE;
    private static final int SENSE = CDB + LONGEST_CDB;
    private static final int DATA = SENSE + SENSE_SIZE;
    private static final int GOOD = 0;
    private static final int CHECK_CONDITION = 2;
    private static final int NO_DATA = -1;
    private static final int TO_DEVICE = -2;
    private static final int FROM_DEVICE = -3;

    private final int capacity;
    private final Pointer memory;
    private int dataIn;

    /** @param capacity bytes of data at most */
    SgCommand(int capacity) {
        this.capacity = capacity;
        memory = LibC.allocate(DATA + capacity);
    }

    int capacity() {
        return capacity;
    }

    /**
     * @param in bytes to read, no more than the capacity; 0 with data to send
     * @param dataOut no more than the capacity
     * @param id comes back with the answer
     */
    Pointer prepare(byte[] cdb, int in, byte[] dataOut, int timeoutMillis, int id) {
        dataIn = in;
        memory.setMemory(0, DATA, (byte) 0);
        memory.putInt(0, 'S');
        memory.putInt(4, direction(in, dataOut));
        memory.putByte(8, (byte) cdb.length);
        memory.putByte(9, (byte) SENSE_SIZE);
        memory.putInt(12, in + dataOut.length);
        memory.putLong(16, memory.address() + DATA);
        memory.putLong(24, memory.address() + CDB);
        memory.putLong(32, memory.address() + SENSE);
        memory.putInt(40, timeoutMillis);
        memory.putInt(48, id);
        memory.put(CDB, cdb, 0, cdb.length);
        memory.put(DATA, dataOut, 0, dataOut.length);
        return memory;
    }

    private static int direction(int in, byte[] dataOut) {
        if (dataOut.length > 0) {
            return TO_DEVICE;
        }
        return in == 0 ? NO_DATA : FROM_DEVICE;
    }

    Pointer header() {
        return memory;
    }

    /** The {@code id} of a header that was read. */
    static int id(Pointer header) {
        return header.getInt(48);
    }

    /** What a header that was read says; sense and data are in this command's memory. */
    ScsiReply reply(Pointer header) {
        var status = Byte.toUnsignedInt(header.getByte(64));
        var sense = bytes(SENSE, Math.min(SENSE_SIZE, Byte.toUnsignedInt(header.getByte(67))));
        // drivers do not count what is missing when the device sent nothing but sense
        var missing = status == GOOD || isRecovered(status, sense) ? Math.clamp(header.getInt(72), 0, dataIn) : dataIn;
        return new ScsiReply(
                status,
                Short.toUnsignedInt(header.getShort(68)),
                Short.toUnsignedInt(header.getShort(70)),
                sense,
                bytes(DATA, dataIn - missing));
    }

    /** The command was carried out, and its data have come. */
    private static boolean isRecovered(int status, List<Byte> sense) {
        return status == CHECK_CONDITION
                && Sense.parse(sense) instanceof Decoded.Ok<Sense>(var parsed)
                && !parsed.deferred()
                && parsed.key() == Sense.RECOVERED_ERROR;
    }

    private List<Byte> bytes(int offset, int size) {
        var read = new byte[size];
        memory.get(offset, read, 0, size);
        var boxed = new Byte[size];
        Arrays.setAll(boxed, i -> read[i]);
        return List.of(boxed);
    }
}
