package org.lunwarden.model.scsi;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Bytes as hexadecimal text; blanks may stand between them. */
final class Hex {

    private Hex() {}

    static List<Byte> bytes(String hex) {
        var bytes = new ArrayList<Byte>();
        for (var each : HexFormat.of().parseHex(hex.replace(" ", ""))) {
            bytes.add(each);
        }
        return bytes;
    }
}
