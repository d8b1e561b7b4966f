package org.lunwarden.model.nvme;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an NVMe controller is, and from where it is reached, as sysfs {@code address} tells.
 *
 * <pre>
 * address := field ("," field)*       blanks in place of commas with some tools
 * field   := word "=" text            tcp  traddr=10.1.0.9,trsvcid=4420,host_traddr=10.1.0.1,src_addr=10.1.0.1
 *                                     fc   traddr=nn-0x…:pn-0x…,host_traddr=nn-0x…:pn-0x…
 * </pre>
 *
 * <p>What has no {@code =}, as the bus address of a local controller, is no field. Never fails: what is missing is empty.
 *
 * @param target {@code traddr}
 * @param service {@code trsvcid}
 * @param source {@code src_addr}, the address in use, else {@code host_traddr}
 * @param netDevice {@code host_iface}
 */
public record FabricAddress(String target, String service, String source, String netDevice) {

    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
    private static final Pattern PORT = Pattern.compile("nn-0x([0-9a-fA-F]{1,16}):pn-0x([0-9a-fA-F]{1,16})");

    /** The names of an FC port, hexadecimal digits each. */
    public record FcPort(String node, String port) {}

    public static FabricAddress parse(String text) {
        var fields = new HashMap<String, String>();
        for (var word : SEPARATOR.splitAsStream(text).toList()) {
            var equals = word.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return new FabricAddress(
                said(fields, "traddr"),
                said(fields, "trsvcid"),
                fields.containsKey("src_addr") ? said(fields, "src_addr") : said(fields, "host_traddr"),
                said(fields, "host_iface"));
    }

    /** The target's port, where it is one of FC. */
    public Optional<FcPort> targetPort() {
        return port(target);
    }

    /** This host's port, where it is one of FC. */
    public Optional<FcPort> sourcePort() {
        return port(source);
    }

    private static Optional<FcPort> port(String address) {
        var match = PORT.matcher(address);
        return match.matches() ? Optional.of(new FcPort(match.group(1), match.group(2))) : Optional.empty();
    }

    private static String said(Map<String, String> fields, String word) {
        var text = fields.getOrDefault(word, "");
        return text.equals("none") ? "" : text;
    }
}
