package org.lunwarden.node.topology;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of FC and SAS ports as sysfs writes them: {@code 0x%llx}, so without leading zeros. Zero and all ones stand for
 * "none".
 */
final class PortName {

    private static final Pattern HEX = Pattern.compile("(?:0x)?([0-9a-f]{1,16})");
    private static final Pattern NONE = Pattern.compile("0{16}|f{16}");

    private PortName() {}

    /** The name as 16 hexadecimal digits; empty where sysfs tells none. */
    static Optional<String> parse(String sysfs) {
        var match = HEX.matcher(sysfs.strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            return Optional.empty();
        }
        var digits = "0".repeat(16 - match.group(1).length()) + match.group(1);
        return NONE.matcher(digits).matches() ? Optional.empty() : Optional.of(digits);
    }
}
