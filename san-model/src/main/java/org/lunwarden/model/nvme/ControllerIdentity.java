package org.lunwarden.model.nvme;

import java.util.List;

import org.lunwarden.model.scsi.Decoded;

/**
 * What is used of an NVMe controller's identity (NVM Express base specification 2.0, figure 275).
 *
 * <pre>
 * 76   CMIC, bit 3: asymmetric namespace access is reported
 * 348  number of ANA groups (4)
 * </pre>
 *
 * @param groups 0 where access is not reported
 */
public record ControllerIdentity(boolean reportsAna, long groups) {

    static final int LENGTH = 4096;

    private static final int CMIC = 76;
    private static final int ANA = 1 << 3;
    private static final int GROUPS = 348;

    public static Decoded<ControllerIdentity> parse(List<Byte> data) {
        if (data.size() < GROUPS + 4) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, data.size(), "no whole identity of a controller");
        }
        var reports = (data.get(CMIC) & ANA) != 0;
        return new Decoded.Ok<>(new ControllerIdentity(reports, reports ? LittleEndian.number(data, GROUPS, 4) : 0));
    }
}
