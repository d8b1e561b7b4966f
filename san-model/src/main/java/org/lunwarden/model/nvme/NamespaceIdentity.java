package org.lunwarden.model.nvme;

import java.util.List;

import org.lunwarden.model.scsi.Decoded;

/**
 * What is used of an NVMe namespace's identity (NVM Express NVM command set specification 1.0, figure 97).
 *
 * <pre>
 * 92   ANA group (4)
 * </pre>
 *
 * @param group 0 where the namespace is in none
 */
public record NamespaceIdentity(long group) {

    static final int LENGTH = 4096;

    private static final int GROUP = 92;

    public static Decoded<NamespaceIdentity> parse(List<Byte> data) {
        return data.size() < GROUP + 4
                ? new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, data.size(), "no whole identity of a namespace")
                : new Decoded.Ok<>(new NamespaceIdentity(LittleEndian.number(data, GROUP, 4)));
    }
}
