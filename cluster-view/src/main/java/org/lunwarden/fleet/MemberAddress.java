package org.lunwarden.fleet;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where a member of the fleet is reached, written {@code host:port}; an IPv6 address stands in brackets. */
public record MemberAddress(String host, int port) {

    /** @throws IllegalArgumentException when the host is empty or the port is not in 0 to 65535 */
    public MemberAddress {
        if (host.isBlank() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not an address: '" + host + ":" + port + "'");
        }
    }

    /** @throws IllegalArgumentException unless {@code host:port} with a port in 1 to 65535 */
    public static MemberAddress parse(String text) {
        var colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[1-9]\\d{0,4}")) {
            throw new IllegalArgumentException("not host:port: '" + text + "'");
        }
        var host = text.substring(0, colon);
        var bracketed = host.startsWith("[") && host.endsWith("]");
        return new MemberAddress(
                bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(text.substring(colon + 1)));
    }

    /** Whether nothing but this machine can reach it. A name that does not resolve is not. */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
