package org.lunwarden.io.simulated;

/** An IPv4 network, written {@code 10.1.0.0/24}. */
record IpSubnet(int base, int prefix) {

    static IpSubnet parse(String text) {
        var slash = text.indexOf('/');
        var octets = text.substring(0, Math.max(slash, 0)).split("\\.", -1);
        if (slash < 0 || octets.length != 4) {
            throw new IllegalArgumentException("not an IPv4 network: " + text);
        }
        var base = 0;
        for (var octet : octets) {
            base = base << 8 | Integer.parseInt(octet);
        }
        return new IpSubnet(base, Integer.parseInt(text.substring(slash + 1)));
    }

    String text() {
        return dotted(base) + "/" + prefix;
    }

    /** The address of that number; negative numbers count back from the end. */
    String address(int number) {
        return dotted(number >= 0 ? base + number : base + (1 << (32 - prefix)) - 1 + number);
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }
}
