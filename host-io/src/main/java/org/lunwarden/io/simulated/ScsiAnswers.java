package org.lunwarden.io.simulated;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.AluaState;

/** What a simulated LUN answers to SCSI commands, and the pages that name it (SPC-5). */
final class ScsiAnswers {

    static final int UNIT_ATTENTION_ALUA = 0x2a06;
    static final int UNIT_ATTENTION_CAPACITY = 0x2a09;
    static final int UNIT_ATTENTION_LUNS_CHANGED = 0x3f0e;

    private static final int NOT_READY = 2;
    private static final int ILLEGAL_REQUEST = 5;
    private static final int UNIT_ATTENTION = 6;

    private ScsiAnswers() {}

    /** The answer of a device that got the command. */
    static ScsiReply answer(PathDevice device, byte[] cdb, int dataIn) {
        return answer(device, cdb, dataIn, new byte[0]);
    }

    /** @param dataOut what came with the command */
    static ScsiReply answer(PathDevice device, byte[] cdb, int dataIn, byte[] dataOut) {
        var operation = cdb[0] & 0xff;
        if (operation == 0x12) {
            return inquiry(device, cdb, dataIn);
        }
        if (device.attention != 0) {
            var attention = device.attention;
            device.attention = 0;
            return sense(UNIT_ATTENTION, attention);
        }
        if (operation == 0xa3 && cdb.length == 12 && (cdb[1] & 0x1f) == 0x0a) {
            return good(targetPortGroups(device), dataIn);
        }
        if (operation == ModePages.MODE_SENSE && cdb.length == 10) {
            return modes(device.lun.modePages.sense(cdb), dataIn);
        }
        if (operation == ModePages.MODE_SELECT && cdb.length == 10) {
            return modes(device.lun.modePages.select(cdb, dataOut), 0);
        }
        return operation == 0 ? ready(device) : sense(ILLEGAL_REQUEST, 0x2000);
    }

    /** Whether reads and writes work: the unit is ready at this port. */
    static ScsiReply ready(PathDevice device) {
        if (device.lun.health.isUnmapped()) {
            return sense(ILLEGAL_REQUEST, 0x2500);
        }
        if (!device.lun.health.isUp()) {
            return sense(NOT_READY, 0x0403);
        }
        return switch (device.lun.stateAt(device.link.target.controller)) {
            case OPTIMIZED, NON_OPTIMIZED, LBA_DEPENDENT -> good(new byte[0], 0);
            case STANDBY -> sense(NOT_READY, 0x040b);
            case UNAVAILABLE, OFFLINE -> sense(NOT_READY, 0x040c);
            case TRANSITIONING -> sense(NOT_READY, 0x040a);
        };
    }

    static ScsiReply transport(int hostStatus) {
        return new ScsiReply(0, hostStatus, 0, List.of(), List.of());
    }

    static byte[] unitSerialNumber(PathDevice device) {
        return page(0x80, device.lun.serial().getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] identification(PathDevice device) {
        var target = device.link.target;
        var designators = new ByteArrayOutputStream();
        designator(designators, 0x01, 0x03, hex(device.lun.wwid().substring(1)));
        designator(designators, 0x01, 0x94, number(4, target.relative));
        designator(designators, 0x01, 0x95, number(4, target.controller.group));
        designator(designators, 0x01, 0x93, number(8, target.wwpn));
        designator(designators, 0x01, 0xa3, number(8, target.controller.array.wwnn));
        return page(0x83, designators.toByteArray());
    }

    static List<Byte> list(byte[] bytes) {
        var list = new ArrayList<Byte>(bytes.length);
        for (var b : bytes) {
            list.add(b);
        }
        return list;
    }

    private static ScsiReply modes(ModePages.Outcome outcome, int dataIn) {
        return outcome.data().map(data -> good(data, dataIn)).orElseGet(() -> sense(ILLEGAL_REQUEST, outcome.code()));
    }

    private static ScsiReply inquiry(PathDevice device, byte[] cdb, int dataIn) {
        if ((cdb[1] & 1) == 0) {
            return good(standardInquiry(device), dataIn);
        }
        return switch (cdb[2] & 0xff) {
            case 0x00 -> good(page(0, new byte[] {0, (byte) 0x80, (byte) 0x83}), dataIn);
            case 0x80 -> good(unitSerialNumber(device), dataIn);
            case 0x83 -> good(identification(device), dataIn);
            default -> sense(ILLEGAL_REQUEST, 0x2400);
        };
    }

    private static byte[] standardInquiry(PathDevice device) {
        var array = device.lun.array;
        var data = new byte[36];
        data[2] = 6;
        data[3] = 0x12;
        data[4] = 31;
        data[5] = 0x10;
        var text = String.format(Locale.ROOT, "%-8s%-16s%-4s", array.vendor, array.product, "0001");
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, data, 8, 28);
        return data;
    }

    private static byte[] targetPortGroups(PathDevice device) {
        var groups = new ByteArrayOutputStream();
        for (var controller : device.lun.array.controllers) {
            var ports = device.lun.array.ports.stream()
                    .filter(port -> port.controller == controller)
                    .toList();
            var preferred = controller == device.lun.preferred ? 0x80 : 0;
            groups.write(preferred | device.lun.stateAt(controller).code());
            groups.write(0x0b);
            groups.writeBytes(number(2, controller.group));
            groups.writeBytes(new byte[] {0, 0, 0, (byte) ports.size()});
            ports.forEach(port -> groups.writeBytes(number(4, port.relative)));
        }
        var reply = new ByteArrayOutputStream();
        reply.writeBytes(number(4, groups.size()));
        reply.writeBytes(groups.toByteArray());
        return reply.toByteArray();
    }

    private static ScsiReply good(byte[] data, int dataIn) {
        var all = list(data);
        return new ScsiReply(0, 0, 0, List.of(), all.subList(0, Math.min(dataIn, all.size())));
    }

    /** Check condition with fixed-format sense. */
    private static ScsiReply sense(int key, int code) {
        var sense = new byte[18];
        sense[0] = 0x70;
        sense[2] = (byte) key;
        sense[7] = 10;
        sense[12] = (byte) (code >> 8);
        sense[13] = (byte) code;
        return new ScsiReply(0x02, 0, 0x08, list(sense), List.of());
    }

    private static byte[] page(int code, byte[] content) {
        var page = new ByteArrayOutputStream();
        page.write(0);
        page.write(code);
        page.writeBytes(number(2, content.length));
        page.writeBytes(content);
        return page.toByteArray();
    }

    private static void designator(ByteArrayOutputStream out, int codeSet, int kind, byte[] content) {
        out.writeBytes(new byte[] {(byte) codeSet, (byte) kind, 0, (byte) content.length});
        out.writeBytes(content);
    }

    private static byte[] number(int length, long value) {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            bytes[i] = (byte) (value >> (8 * (length - 1 - i)));
        }
        return bytes;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** The word of sysfs {@code access_state} and whether the port is preferred. */
    static AluaState state(PathDevice device) {
        return device.lun.stateAt(device.link.target.controller);
    }
}
