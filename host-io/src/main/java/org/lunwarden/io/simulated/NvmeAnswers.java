package org.lunwarden.io.simulated;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.AluaState;
import org.lunwarden.model.AnaState;
import org.lunwarden.model.nvme.AdminCommand;

/**
 * What a simulated controller answers to admin commands (NVM Express base specification 2.0). The simulated kernel carries
 * an answer of either protocol as a status and data. Each namespace has a controller of its own for each nexus, and an ANA
 * group for each controller of the array that prefers it.
 */
final class NvmeAnswers {

    private static final int INVALID_OPCODE = 0x01;
    private static final int INVALID_FIELD = 0x02;
    private static final int CMIC = 76;
    private static final int REPORTS_ANA = 1 << 3;
    private static final int GROUPS = 348;
    private static final int GROUP = 92;
    private static final int ANA_LOG = 0x0c;
    private static final int HEADER = 16;
    private static final int DESCRIPTOR = 32;

    private NvmeAnswers() {}

    static ScsiReply answer(PathDevice device, AdminCommand command) {
        return switch (command.opcode()) {
            case AdminCommand.IDENTIFY ->
                switch (command.dword10() & 0xff) {
                    case 0 -> command.namespace() == namespace(device) ? good(identity(device)) : failed(INVALID_FIELD);
                    case 1 -> good(controller(device));
                    case 3 -> command.namespace() == namespace(device) ? good(names(device)) : failed(INVALID_FIELD);
                    default -> failed(INVALID_FIELD);
                };
            case AdminCommand.GET_LOG_PAGE ->
                (command.dword10() & 0xff) == ANA_LOG
                        ? good(cut(anaLog(device), command.dataIn()))
                        : failed(INVALID_FIELD);
            default -> failed(INVALID_OPCODE);
        };
    }

    static PortFacts ports(PathDevice device) {
        var link = device.link;
        var array = device.lun.array;
        var fc = array.protocol.isFc();
        return new PortFacts.Nvme(
                "nvme" + device.index,
                fc ? "fc" : "tcp",
                fc ? fcAddress(link) : tcpAddress(link),
                "nqn.2026-11.org.lunwarden.host:" + link.initiator.host,
                array.key(),
                array.name,
                wwid(device),
                namespace(device),
                fc ? "" : link.initiator.netDevice,
                link.initiator.address);
    }

    private static String tcpAddress(Link link) {
        return "traddr=" + link.target.address + ",trsvcid=4420,src_addr="
                + link.initiator.address.replaceAll("/.*", "");
    }

    private static String fcAddress(Link link) {
        var array = link.target.controller.array;
        return "traddr=nn-" + Names.sysfs(array.wwnn) + ":pn-" + Names.sysfs(link.target.wwpn) + ",host_traddr=nn-"
                + Names.sysfs(link.initiator.wwpn) + ":pn-" + Names.sysfs(link.initiator.wwpn);
    }

    static String wwid(PathDevice device) {
        return device.lun.wwid();
    }

    private static long namespace(PathDevice device) {
        return device.lun.number + 1L;
    }

    private static byte[] controller(PathDevice device) {
        var data = new byte[4096];
        data[CMIC] = REPORTS_ANA;
        put(data, GROUPS, device.lun.array.controllers.size(), 4);
        return data;
    }

    private static byte[] identity(PathDevice device) {
        var data = new byte[4096];
        put(data, GROUP, device.lun.preferred.group, 4);
        return data;
    }

    private static byte[] anaLog(PathDevice device) {
        var controllers = device.lun.array.controllers;
        var data = new byte[HEADER + DESCRIPTOR * controllers.size()];
        put(data, 8, controllers.size(), 2);
        for (var i = 0; i < controllers.size(); i++) {
            var group = controllers.get(i).group;
            put(data, HEADER + DESCRIPTOR * i, group, 4);
            data[HEADER + DESCRIPTOR * i + 16] = (byte) state(device, group).code();
        }
        return data;
    }

    /** How this path's controller reaches the namespaces that another one prefers. */
    private static AnaState state(PathDevice device, int group) {
        var ours = device.link.target.controller;
        Optional<AluaState> seen = device.lun.array.luns.stream()
                .filter(lun -> lun.preferred.group == group)
                .map(lun -> lun.stateAt(ours))
                .findFirst();
        return seen.map(state -> switch (state) {
                    case OPTIMIZED -> AnaState.OPTIMIZED;
                    case NON_OPTIMIZED, LBA_DEPENDENT -> AnaState.NON_OPTIMIZED;
                    case STANDBY, UNAVAILABLE, OFFLINE -> AnaState.INACCESSIBLE;
                    case TRANSITIONING -> AnaState.CHANGE;
                })
                .orElse(AnaState.INACCESSIBLE);
    }

    /** Its NGUID alone. */
    private static byte[] names(PathDevice device) {
        var nguid = HexFormat.of().parseHex(wwid(device).substring("eui.".length()));
        var data = new byte[4096];
        data[0] = 2;
        data[1] = (byte) nguid.length;
        System.arraycopy(nguid, 0, data, 4, nguid.length);
        return data;
    }

    private static byte[] cut(byte[] data, int length) {
        return Arrays.copyOf(data, length);
    }

    private static void put(byte[] data, int offset, long value, int length) {
        for (var i = 0; i < length; i++) {
            data[offset + i] = (byte) (value >>> (8 * i));
        }
    }

    private static ScsiReply good(byte[] data) {
        return new ScsiReply(0, 0, 0, List.of(), ScsiAnswers.list(data));
    }

    private static ScsiReply failed(int status) {
        return new ScsiReply(status, 0, 0, List.of(), List.of());
    }
}
