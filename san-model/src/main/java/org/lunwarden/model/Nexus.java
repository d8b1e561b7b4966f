package org.lunwarden.model;

import java.util.Comparator;

/**
 * An I_T nexus (SAM-5): one initiator port and one target port. All paths of one nexus cross the same hardware and
 * fail together; it is the unit that hosts share with the fleet.
 *
 * @param initiatorPort FC: WWPN as 16 hexadecimal digits; iSCSI: initiator name, {@code ,i,} and the session's
 *     interface; SAS: address as 16 hexadecimal digits; {@code scsi-host-N} where the kernel names none
 * @param targetPort FC: WWPN; iSCSI: target name, {@code ,t,0x}, the portal group, and the portal's
 *     address; SAS: address
 */
public record Nexus(String initiatorPort, String targetPort) implements Comparable<Nexus> {

    private static final Comparator<Nexus> ORDER =
            Comparator.comparing(Nexus::initiatorPort).thenComparing(Nexus::targetPort);

    @Override
    public int compareTo(Nexus other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return initiatorPort + " -> " + targetPort;
    }
}
