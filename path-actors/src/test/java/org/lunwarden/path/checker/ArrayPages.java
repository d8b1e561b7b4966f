package org.lunwarden.path.checker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.path.Disks;

/** Pages of arrays, whole ones, of which bytes can be changed. */
public final class ArrayPages {

    private ArrayPages() {}

    /** 0xC9 of a controller that owns nothing. */
    public static List<Byte> volumeAccess(Map<Integer, Integer> changes) {
        return changed("00c9002c" + "76616331" + "00".repeat(40), changes);
    }

    /** 0xC0 of a port on the processor that owns the unit, by default too. */
    public static List<Byte> clariion(String wwn, Map<Integer, Integer> changes) {
        return changed(
                "00c00079" + "02010000" + "0100" + wwn + "0003" + "0400" + "04" + "00".repeat(18) + "00"
                        + "00".repeat(76),
                changes);
    }

    /** What NetApp's vendor command is answered with, on a way of that word. */
    public static String ontap(String word) {
        var text = HexFormat.of().formatHex(word.getBytes(StandardCharsets.US_ASCII));
        return "%08x0a980a01410000%02x".formatted(12 + word.length(), word.length()) + text;
    }

    public static String hex(List<Byte> bytes) {
        return bytes.stream().map("%02x"::formatted).collect(Collectors.joining());
    }

    public static Answer<ScsiReply> good(List<Byte> data) {
        return new Answer.Answered<>(new ScsiReply(0, 0, 0, List.of(), data));
    }

    private static List<Byte> changed(String hex, Map<Integer, Integer> changes) {
        var bytes = new ArrayList<>(Disks.bytes(hex));
        changes.forEach((offset, value) -> bytes.set(offset, value.byteValue()));
        return bytes;
    }
}
