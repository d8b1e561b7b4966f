package org.lunwarden.node.topology;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses written as numbers. Nothing here asks a name server. */
final class IpLiteral {

    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("\\[?([0-9a-fA-F:]*:[0-9a-fA-F:.]*)(%[^\\]]*)?\\]?");

    private IpLiteral() {}

    static Optional<InetAddress> parse(String text) {
        var v6 = V6.matcher(text.strip());
        var literal = v6.matches() ? v6.group(1) : text.strip();
        if (!v6.matches() && !V4.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    /** A portal as {@code 10.1.0.9:3260} or {@code [2001:db8:0:0:0:0:0:9]:3260}; a name stays a name. */
    static String portal(String address, String port) {
        return host(address) + ":" + port;
    }

    /** {@code 10.1.0.9} or {@code [2001:db8:0:0:0:0:0:9]}; a name stays a name. */
    static String host(String address) {
        return parse(address)
                .map(IpLiteral::bracketed)
                .orElseGet(() -> address.strip().toLowerCase(Locale.ROOT));
    }

    /** The network that an address with its prefix length lies in: {@code 10.1.0.7/24} gives {@code 10.1.0.0/24}. */
    static Optional<String> network(String addressWithPrefix) {
        var slash = addressWithPrefix.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        var prefix = addressWithPrefix.substring(slash + 1).strip();
        if (!prefix.matches("\\d{1,3}")) {
            return Optional.empty();
        }
        return parse(addressWithPrefix.substring(0, slash))
                .flatMap(address -> network(address.getAddress(), Integer.parseInt(prefix)));
    }

    private static Optional<String> network(byte[] address, int prefix) {
        if (prefix > address.length * 8) {
            return Optional.empty();
        }
        var network = address.clone();
        for (var bit = prefix; bit < address.length * 8; bit++) {
            network[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return Optional.of(InetAddress.getByAddress(network).getHostAddress() + "/" + prefix);
        } catch (UnknownHostException impossible) {
            return Optional.empty();
        }
    }

    private static String bracketed(InetAddress address) {
        var text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }
}
