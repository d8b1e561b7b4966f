package org.lunwarden.fleet.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.channel.Samples.NOW;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.TlsFiles;
import org.lunwarden.fleet.channel.Channel.Outcome;
import org.lunwarden.fleet.channel.ChannelSettings.Syslog.Transport;
import org.lunwarden.fleet.tls.ThrowAwayCertificates;

class SyslogChannelTest {

    /** The grammar of RFC 5424, section 6, with one structured element and a text in UTF-8. */
    private static final Pattern RFC_5424 = Pattern.compile("<(\\d{1,3})>1 "
            + "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?Z) "
            + "([\\x21-\\x7e]{1,255}) ([\\x21-\\x7e]{1,48}) ([\\x21-\\x7e]{1,128}) ([\\x21-\\x7e]{1,32}) "
            + "(\\[[\\x21-\\x7e&&[^\\]= \"]]{1,32}(?: [\\x21-\\x7e&&[^\\]= \"]]{1,32}=\"(?:[^\"\\\\\\]]|\\\\[\"\\\\\\]])*\")*\\]) "
            + "\\uFEFF(.*)");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aMessageIsOneLineThatRfc5424Allows() {
        var line = new String(SyslogMessage.of(Samples.firing(), 3, "view1"), UTF_8);

        var parts = RFC_5424.matcher(line);
        assertThat(parts.matches()).as(line).isTrue();
        assertThat(parts.group(1)).isEqualTo("27");
        assertThat(parts.group(2)).isEqualTo("2026-03-01T03:00:00.125Z");
        assertThat(parts.group(3)).isEqualTo("view1");
        assertThat(parts.group(4)).isEqualTo("lunwarden");
        assertThat(parts.group(6)).isEqualTo("FIRING");
        assertThat(parts.group(7))
                .startsWith("[lunwarden@32473 id=\"i-7-1\"")
                .contains("fabric=\"B \\\"east\\\" [1\\]\"");
        assertThat(parts.group(8)).contains("Zürich. Next: look");
    }

    @Test
    void whatIsOverIsANotice() {
        assertThat(new String(SyslogMessage.of(Samples.resolved(), 3, "view1"), UTF_8))
                .startsWith("<29>1 ");
    }

    @Test
    void aCutMessageEndsWithAWholeCharacter() {
        var message = "aaaü".getBytes(UTF_8);

        assertThat(new String(SyslogMessage.atMost(message, 4), UTF_8)).isEqualTo("aaa");
        assertThat(new String(SyslogMessage.atMost(message, 5), UTF_8)).isEqualTo("aaaü");
    }

    @Test
    void aDatagramHoldsTheMessage() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(30_000);
            var outcome = channel(Transport.UDP, "127.0.0.1", socket.getLocalPort(), Optional.empty())
                    .send(Samples.firing(), NOW);
            var packet = new DatagramPacket(new byte[4096], 4096);
            socket.receive(packet);

            assertThat(outcome).isEqualTo(new Outcome.Delivered());
            var line = new String(Arrays.copyOf(packet.getData(), packet.getLength()), UTF_8);
            assertThat(RFC_5424.matcher(line).matches()).as(line).isTrue();
        }
    }

    @Test
    void aStreamHasTheCountOfOctetsBeforeTheMessage() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var got = reading(server);
            var outcome = channel(Transport.TCP, "127.0.0.1", server.getLocalPort(), Optional.empty())
                    .send(Samples.firing(), NOW);

            assertThat(outcome).isEqualTo(new Outcome.Delivered());
            assertFramed(got.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void overTlsOnlyAReceiverThatIsTrustedGetsIt() throws Exception {
        var trusted = ThrowAwayCertificates.of("localhost").member("log", folder.resolve("a"));
        var other = ThrowAwayCertificates.of("localhost").member("log", folder.resolve("b"));
        try (var server = secured(trusted)
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getByName("localhost"))) {
            var got = reading(server);
            var outcome = channel(Transport.TLS, "localhost", server.getLocalPort(), Optional.of(trusted.authority()))
                    .send(Samples.firing(), NOW);
            assertThat(outcome).isEqualTo(new Outcome.Delivered());
            assertFramed(got.get(60, TimeUnit.SECONDS));

            var never = reading(server);
            assertThat(channel(Transport.TLS, "localhost", server.getLocalPort(), Optional.of(other.authority()))
                            .send(Samples.firing(), NOW))
                    .isInstanceOf(Outcome.Again.class);
            assertThat(never.get(60, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void aReceiverThatIsNotThereIsTriedAgain() {
        assertThat(channel(Transport.TCP, "127.0.0.1", 1, Optional.empty()).send(Samples.firing(), NOW))
                .isInstanceOf(Outcome.Again.class);
    }

    static SSLContext secured(TlsFiles files) throws Exception {
        Certificate certificate;
        try (var pem = Files.newInputStream(files.certificate())) {
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
        var base64 = String.join(
                "",
                Files.readAllLines(files.key()).stream()
                        .filter(line -> !line.startsWith("-----"))
                        .toList());
        var key = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", key, new char[0], new Certificate[] {certificate});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private CompletableFuture<byte[]> reading(ServerSocket server) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (var socket = server.accept()) {
                        return socket.getInputStream().readAllBytes();
                    } catch (java.io.IOException broken) {
                        return new byte[0];
                    }
                },
                threads);
    }

    private static void assertFramed(byte[] got) {
        var text = new String(got, UTF_8);
        var space = text.indexOf(' ');
        var message = Arrays.copyOfRange(got, space + 1, got.length);
        assertThat(Integer.parseInt(text.substring(0, space))).isEqualTo(message.length);
        assertThat(RFC_5424.matcher(new String(message, UTF_8)).matches()).isTrue();
    }

    private static SyslogChannel channel(Transport transport, String host, int port, Optional<Path> authority) {
        return new SyslogChannel(new ChannelSettings.Syslog("log", transport, host, port, 3, authority));
    }
}
