package org.lunwarden.fleet.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLSocket;

import org.lunwarden.fleet.alert.Notification;

/**
 * A syslog receiver: UDP (RFC 5426), TCP with octet counts (RFC 6587), TLS (RFC 5425). Nothing in it says that a message
 * arrived; over TCP and TLS a receiver that closes its end after ours has at least read it.
 */
final class SyslogChannel implements Channel {

    private static final int PATIENCE = 5_000;

    /** For a connection and all that goes over it: one that takes a byte now and then must not keep it for ever. */
    private static final Duration WHOLE = Duration.ofSeconds(30);

    /** What every receiver should take by UDP. */
    private static final int DATAGRAM = 2_048;

    private final ChannelSettings.Syslog settings;
    private final Duration whole;

    SyslogChannel(ChannelSettings.Syslog settings) {
        this(settings, WHOLE);
    }

    /** @param whole how long a message by TCP or TLS may take */
    SyslogChannel(ChannelSettings.Syslog settings, Duration whole) {
        this.settings = settings;
        this.whole = whole;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Outcome send(Notification notification, Instant now) {
        var message = SyslogMessage.of(notification, settings.facility(), host());
        try {
            switch (settings.transport()) {
                case UDP -> datagram(SyslogMessage.atMost(message, DATAGRAM));
                case TCP, TLS -> {
                    try (var plain = connected()) {
                        inTime(plain, message);
                    }
                }
            }
            return new Outcome.Delivered();
        } catch (IOException broken) {
            return new Outcome.Again(settings.host() + ":" + settings.port() + ": " + broken.getMessage());
        }
    }

    private void datagram(byte[] message) throws IOException {
        try (var socket = new DatagramSocket()) {
            var to = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
            socket.send(new DatagramPacket(message, message.length, to));
        }
    }

    private Socket connected() throws IOException {
        var socket = new Socket();
        try {
            socket.setSoTimeout(PATIENCE);
            socket.connect(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()), PATIENCE);
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        var factory = Trust.context(settings.authority()).getSocketFactory();
        var socket = (SSLSocket) factory.createSocket(plain, settings.host(), settings.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Whatever is stuck fails when the plain socket is closed; closing one with TLS may be stuck itself. */
    private void inTime(Socket plain, byte[] message) throws IOException {
        var late = CompletableFuture.delayedExecutor(whole.toMillis(), TimeUnit.MILLISECONDS);
        var isLate = new AtomicBoolean();
        var end = CompletableFuture.runAsync(
                () -> {
                    isLate.set(true);
                    close(plain);
                },
                late);
        try {
            if (settings.transport() == ChannelSettings.Syslog.Transport.TLS) {
                try (var socket = secured(plain)) {
                    stream(socket, message);
                }
            } else {
                stream(plain, message);
            }
        } catch (IOException broken) {
            throw isLate.get() ? new IOException("not taken within " + whole.toSeconds() + " s", broken) : broken;
        } finally {
            end.cancel(false);
        }
    }

    private static void close(Socket plain) {
        try {
            plain.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void stream(Socket socket, byte[] message) throws IOException {
        var out = socket.getOutputStream();
        out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.write(message);
        out.flush();
        socket.shutdownOutput();
        try {
            var until = System.nanoTime() + Duration.ofMillis(PATIENCE).toNanos();
            while (socket.getInputStream().read() >= 0 && System.nanoTime() - until < 0) {
                // a receiver has nothing to say
            }
        } catch (SocketTimeoutException open) {
            // it took all and keeps its end open
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "-";
        }
    }
}
