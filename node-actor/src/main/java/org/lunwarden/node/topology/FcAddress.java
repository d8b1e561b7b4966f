package org.lunwarden.node.topology;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** An FC port's address in its fabric: domain, area and port, one byte each (FC-FS-5). */
final class FcAddress {

    private static final Pattern HEX = Pattern.compile("(?:0x)?([0-9a-f]{1,6})");
    private static final int LEAST_DOMAIN = 1;
    private static final int LAST_DOMAIN = 239;

    private FcAddress() {}

    /** The domain, which names one switch of one fabric; empty for an address that no switch gave, such as all ones. */
    static OptionalInt domain(String portId) {
        var match = HEX.matcher(portId.strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            return OptionalInt.empty();
        }
        var domain = Integer.parseInt(match.group(1), 16) >> 16;
        return domain >= LEAST_DOMAIN && domain <= LAST_DOMAIN ? OptionalInt.of(domain) : OptionalInt.empty();
    }
}
