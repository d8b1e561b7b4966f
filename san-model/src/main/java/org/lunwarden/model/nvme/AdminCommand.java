package org.lunwarden.model.nvme;

/**
 * An NVMe admin command that reads (NVM Express base specification 2.0, 5).
 *
 * @param namespace NSID; 0 where none is meant, {@link #ALL} for the controller
 * @param dword10 first of the command's own words; {@code dword11} the second
 * @param dataIn bytes to read, a multiple of 4
 */
public record AdminCommand(int opcode, long namespace, int dword10, int dword11, int dataIn) {

    public static final int GET_LOG_PAGE = 0x02;
    public static final int IDENTIFY = 0x06;
    public static final long ALL = 0xffff_ffffL;

    private static final int OF_NAMESPACE = 0x00;
    private static final int OF_CONTROLLER = 0x01;
    private static final int NAMES_OF_NAMESPACE = 0x03;
    private static final int GROUPS_ONLY = 1 << 8;

    /** 5.17.2.1, answer {@link ControllerIdentity}. */
    public static AdminCommand identifyController() {
        return new AdminCommand(IDENTIFY, 0, OF_CONTROLLER, 0, ControllerIdentity.LENGTH);
    }

    /** 5.17.2.2, answer {@link NamespaceIdentity}. */
    public static AdminCommand identifyNamespace(long namespace) {
        return new AdminCommand(IDENTIFY, namespace, OF_NAMESPACE, 0, NamespaceIdentity.LENGTH);
    }

    /** 5.17.2.3, answer {@link NamespaceDescriptors}; controllers of before version 1.3 need not have it. */
    public static AdminCommand namespaceDescriptors(long namespace) {
        return new AdminCommand(IDENTIFY, namespace, NAMES_OF_NAMESPACE, 0, NamespaceDescriptors.LENGTH);
    }

    /**
     * 5.16.1.13, answer {@link AnaLog} without the namespaces of the groups.
     *
     * @param length bytes, a multiple of 4
     */
    public static AdminCommand anaLog(int length) {
        var words = length / 4 - 1;
        return new AdminCommand(
                GET_LOG_PAGE, ALL, AnaLog.CODE | GROUPS_ONLY | (words & 0xffff) << 16, words >>> 16, length);
    }
}
