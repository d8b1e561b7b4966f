package org.lunwarden.model.scsi;

import java.util.List;

/**
 * Standard INQUIRY data of DataCore servers: the name of the server behind this port is at byte 112, 16 bytes long.
 *
 * @param server up to 16 characters, which may be followed by others than its name
 */
public record DataCoreInquiry(String server) {

    private static final int OFFSET = 112;
    private static final int LENGTH = 16;

    public static Decoded<DataCoreInquiry> parse(List<Byte> data) {
        var bytes = new Bytes(data);
        return bytes.has(OFFSET, LENGTH)
                ? new Decoded.Ok<>(
                        new DataCoreInquiry(bytes.slice(OFFSET, LENGTH).text()))
                : new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, bytes.size(), "INQUIRY data shorter than 128 bytes");
    }
}
