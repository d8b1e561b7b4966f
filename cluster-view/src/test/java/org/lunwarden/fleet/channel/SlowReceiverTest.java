package org.lunwarden.fleet.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.channel.Channel.Outcome;
import org.lunwarden.fleet.channel.ChannelSettings.Syslog;

/** Receivers that never come to an end. */
class SlowReceiverTest {

    private static final Duration WHOLE = Duration.ofSeconds(1);

    private final ServerSocket server = listening();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void anAnswerWhoseBodyNeverEndsIsGivenUpAndItsConnectionClosed() throws Exception {
        serve("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/in");

        var outcome = new HttpPost(Optional.empty(), WHOLE).send(url, new byte[10], Map.of(), Samples.NOW);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Again.class,
                        again -> assertThat(again.problem()).endsWith("no whole answer within 1 s"));
        assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void aHandshakeThatNeverEndsIsGivenUp() throws Exception {
        serve(new byte[] {0x16, 0x03, 0x03, 0x40, 0x00});

        var outcome = syslog(Syslog.Transport.TLS).send(Samples.firing(), Samples.NOW);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Again.class,
                        again -> assertThat(again.problem()).endsWith("not taken within 1 s"));
        assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    private SyslogChannel syslog(Syslog.Transport transport) {
        return new SyslogChannel(
                new Syslog("log", transport, "127.0.0.1", server.getLocalPort(), 3, Optional.empty()), WHOLE);
    }

    /** Says this, and then one byte after the other for as long as somebody listens. */
    private void serve(byte[] first) {
        Thread.ofVirtual().start(() -> {
            try (var socket = server.accept()) {
                drip(socket, first);
            } catch (IOException closed) {
                end.complete("closed");
            }
        });
    }

    private static void drip(Socket socket, byte[] first) throws IOException {
        socket.setSoTimeout(50);
        socket.getOutputStream().write(first);
        while (true) {
            socket.getOutputStream().write(0);
            try {
                if (socket.getInputStream().read() < 0) {
                    throw new IOException("over");
                }
            } catch (java.net.SocketTimeoutException nothing) {
                // still there
            }
        }
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
