package org.lunwarden.model.map;

/**
 * What groups may be made by, besides priority.
 *
 * @param serial of the logical unit (SCSI: VPD page 0x80; NVMe: of the controller); empty where it tells none
 * @param targetNode FC: node name of the remote port; iSCSI: target name; SAS: address of the target; NVMe: name of the
 *     subsystem; empty where the kernel names none
 * @param portGroup target port group (SPC-5 7.7.6.8); -1 where the path tells none
 * @param marginal whether the path works and is not trusted, so that it is to come behind all others
 */
public record GroupingFacts(String serial, String targetNode, int portGroup, boolean marginal) {

    public static final int NO_PORT_GROUP = -1;

    public static final GroupingFacts NONE = new GroupingFacts("", "", NO_PORT_GROUP, false);

    public GroupingFacts marginal(boolean isMarginal) {
        return new GroupingFacts(serial, targetNode, portGroup, isMarginal);
    }
}
