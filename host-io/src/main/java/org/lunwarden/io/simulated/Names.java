package org.lunwarden.io.simulated;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;

/** Names and numbers as the kernel makes them. */
final class Names {

    private static final List<Integer> SD_MAJORS =
            List.of(8, 65, 66, 67, 68, 69, 70, 71, 128, 129, 130, 131, 132, 133, 134, 135);

    private static final int EXTENDED_MAJOR = 259;
    private static final Pattern NAMESPACE = Pattern.compile("nvme(\\d{1,9})n1");

    private Names() {}

    /** A world-wide name as 16 digits. */
    static String digits(long wwn) {
        return String.format(Locale.ROOT, "%016x", wwn);
    }

    /** A world-wide name as sysfs has it. */
    static String sysfs(long wwn) {
        return "0x" + Long.toHexString(wwn);
    }

    static String fcid(int id) {
        return String.format(Locale.ROOT, "0x%06x", id);
    }

    /** The disk of that index: 0 is {@code sda}, 26 is {@code sdaa}. */
    static DeviceName disk(int index) {
        var letters = new StringBuilder();
        for (var rest = index; rest >= 0; rest = rest / 26 - 1) {
            letters.insert(0, (char) ('a' + rest % 26));
        }
        return new DeviceName("sd" + letters);
    }

    /** The only namespace of the NVMe controller of that index. */
    static DeviceName namespace(int index) {
        return new DeviceName("nvme" + index + "n1");
    }

    static DevT namespaceNumber(int index) {
        return new DevT(EXTENDED_MAJOR, index);
    }

    /** The number of the disk of that index; each has 16 minors. */
    static DevT number(int index) {
        return new DevT(SD_MAJORS.get(index >> 4 & 0xf), (index & 0xf) << 4 | (index & 0xfff00));
    }

    /** Undoes {@link #disk} and {@link #namespace}; -1 for other names. */
    static int index(DeviceName name) {
        var text = name.value();
        var namespace = NAMESPACE.matcher(text);
        if (namespace.matches()) {
            return Integer.parseInt(namespace.group(1));
        }
        if (text.length() < 3 || text.length() > 6 || !text.startsWith("sd")) {
            return -1;
        }
        var index = -1;
        for (var letter : text.substring(2).toCharArray()) {
            if (letter < 'a' || letter > 'z') {
                return -1;
            }
            index = (index + 1) * 26 + letter - 'a';
        }
        return index;
    }

    /** Undoes {@link #number} and {@link #namespaceNumber}; -1 for other devices. */
    static int index(DevT number) {
        if (number.major() == EXTENDED_MAJOR) {
            return number.minor();
        }
        var major = SD_MAJORS.indexOf(number.major());
        return major < 0 || (number.minor() & 0xf) != 0
                ? -1
                : (number.minor() & 0xfff00) | major << 4 | (number.minor() >> 4 & 0xf);
    }
}
