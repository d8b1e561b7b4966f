package org.lunwarden.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback interface that nobody listens on, for what is told its port before it listens. They are below those that
 * Linux gives to connections ({@code ip_local_port_range}, from 32768): a connection that took one of these meanwhile would keep it.
 */
public final class FreePorts {

    private static final int FIRST = 15_000;
    private static final int AFTER_LAST = 32_000;

    private FreePorts() {}

    /** @throws IOException without a loopback interface, or free ports */
    public static List<Integer> of(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (var tries = 0; sockets.size() < count; tries++) {
                try {
                    sockets.add(open(ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST)));
                } catch (IOException taken) {
                    if (tries > 100 * count) {
                        throw taken;
                    }
                }
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    private static ServerSocket open(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException taken) {
            socket.close();
            throw taken;
        }
    }
}
