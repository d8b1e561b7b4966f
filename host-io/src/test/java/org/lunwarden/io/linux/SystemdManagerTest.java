package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.model.settings.Ending;

/** Against a manager that says what a test wants. What systemd itself says is in the bytes of {@link #said}. */
@EnabledOnOs(OS.LINUX)
class SystemdManagerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private ServerSocketChannel manager;

    @BeforeEach
    void theManagerListens() throws IOException {
        manager = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket()));
    }

    @AfterEach
    void theManagerEnds() throws IOException {
        manager.close();
    }

    @Test
    void aHostThatIsStoppingGoesDown() {
        answers("OK 0123\r\n", said(2, "stopping"));

        assertThat(new SystemdManager(socket(), PATIENCE).ending()).isEqualTo(Ending.HOST);
    }

    @Test
    void aHostThatRunsOrIsDegradedGoesOn() {
        answers("OK 0123\r\n", said(4, "a signal"), said(2, "degraded"));

        assertThat(new SystemdManager(socket(), PATIENCE).ending()).isEqualTo(Ending.DAEMON);
    }

    @Test
    void withoutSystemdOrWhenItRefusesTheHostCountsAsGoingOn() throws IOException {
        answers("REJECTED EXTERNAL\r\n");
        assertThat(new SystemdManager(socket(), PATIENCE).ending()).isEqualTo(Ending.DAEMON);
        answers("OK 0123\r\n", said(3, "org.freedesktop.DBus.Error.AccessDenied"));
        assertThat(new SystemdManager(socket(), PATIENCE).ending()).isEqualTo(Ending.DAEMON);

        manager.close();
        assertThat(new SystemdManager(socket(), PATIENCE).ending()).isEqualTo(Ending.DAEMON);
        assertThat(new SystemdManager(folder.resolve("none"), PATIENCE).ending())
                .isEqualTo(Ending.DAEMON);
    }

    @Test
    void aManagerThatDoesNotAnswerIsNotWaitedForLong() {
        // connections to it are taken by nobody
        var systemd = new SystemdManager(socket(), Duration.ofMillis(50));

        assertThatThrownBy(systemd::state).hasMessageContaining("no answer within");
        assertThat(systemd.ending()).isEqualTo(Ending.DAEMON);
    }

    @Test
    void noBytesBreakTheReader() {
        var random = new Random(20261122);
        for (var round = 0; round < 20_000; round++) {
            var message = said(2, "running");
            for (var changes = random.nextInt(6); changes >= 0; changes--) {
                message[random.nextInt(message.length)] = (byte) random.nextInt(256);
            }
            var buffer = ByteBuffer.wrap(message, 0, random.nextInt(message.length + 1));
            DbusProperty.length(buffer)
                    .filter(length -> length >= 0 && length <= buffer.remaining())
                    .ifPresent(length -> assertThat(DbusProperty.answer(buffer.slice(0, length)))
                            .isNotNull());
        }
    }

    @Test
    void theQuestionIsAMessageOfTheLengthThatItSays() {
        var question = DbusProperty.question("org.freedesktop.systemd1", "/o", "an.Interface", "SystemState");

        assertThat(DbusProperty.length(ByteBuffer.wrap(question))).contains(question.length);
        assertThat(new String(question, StandardCharsets.ISO_8859_1)).contains("Get", "SystemState");
    }

    private Path socket() {
        return folder.resolve("private");
    }

    /** One connection is answered: a line for its greeting, messages for its question. */
    private void answers(String greeting, byte[]... messages) {
        var unused = CompletableFuture.runAsync(() -> {
            try (var client = manager.accept()) {
                receive(client, "\r\n");
                client.write(ByteBuffer.wrap(greeting.getBytes(StandardCharsets.US_ASCII)));
                receive(client, "SystemState");
                for (var message : messages) {
                    client.write(ByteBuffer.wrap(message, 0, 7));
                    client.write(ByteBuffer.wrap(message, 7, message.length - 7));
                }
                client.read(ByteBuffer.allocate(1));
            } catch (IOException ended) {
                // the test's end closes it
            }
        });
    }

    private static void receive(SocketChannel client, String until) throws IOException {
        var received = new StringBuilder();
        var buffer = ByteBuffer.allocate(512);
        while (received.indexOf(until) < 0 && client.read(buffer.clear()) >= 0) {
            received.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        }
    }

    /** A message of that type as systemd 252 makes it: the fields REPLY_SERIAL and SIGNATURE, then a variant of a text. */
    private static byte[] said(int type, String text) {
        var value = text.getBytes(StandardCharsets.US_ASCII);
        var message = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        message.put((byte) 'l').put((byte) type).put((byte) 1).put((byte) 1);
        message.putInt(4 + 4 + value.length + 1).putInt(7).putInt(15);
        message.put(new byte[] {5, 1, 'u', 0}).putInt(1);
        message.put(new byte[] {8, 1, 'g', 0, 1, 'v', 0, 0});
        message.put(new byte[] {1, 's', 0, 0}).putInt(value.length);
        message.put(value).put((byte) 0);
        var bytes = new ByteArrayOutputStream();
        bytes.write(message.array(), 0, message.position());
        return bytes.toByteArray();
    }
}
