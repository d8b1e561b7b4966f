package org.lunwarden.io.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.linux.LocalConnection;

@Timeout(180)
class ControlSocketTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final ArrayList<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : opened) {
            each.close();
        }
    }

    @Test
    void aCommandIsAnsweredAndOnlyTheOwnerMayConnect() throws IOException {
        open(command -> CompletableFuture.completedFuture("you said " + command + "\n"));

        assertThat(ask("why sda")).isEqualTo(new IoResult.Ok<>("you said why sda\n"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void whoAsksIsToldByTheKernel() throws IOException {
        var uid = Files.getAttribute(folder, "unix:uid");
        var user = uid.equals(0) ? "root" : "uid " + uid;
        switch (ControlSocket.open(
                socket(), (peer, command) -> CompletableFuture.completedFuture(peer.user() + " " + peer.isOwner()))) {
            case IoResult.Ok<ControlSocket>(var socket) -> opened.add(socket);
            case IoResult.Refused<ControlSocket> refused -> fail(refused.toString());
        }

        var us = user + " (pid " + ProcessHandle.current().pid() + ") true";
        assertThat(ask("who")).isEqualTo(new IoResult.Ok<>(us));
    }

    @Test
    void oneConnectionMayGiveSeveralCommands() throws IOException {
        open(command -> CompletableFuture.completedFuture(command));

        try (var channel = connect()) {
            for (var command : new String[] {"a", "second", "x".repeat(511)}) {
                channel.write(Frame.of(command));
                assertThat(read(channel)).isEqualTo(command);
            }
        }
    }

    @Test
    void aReplyOfManyMegabytesArrivesWhole() {
        var long_ = "0123456789abcdef".repeat(1 << 18);
        open(command -> CompletableFuture.completedFuture(long_));

        assertThat(ask("all")).isEqualTo(new IoResult.Ok<>(long_));
    }

    @Test
    void aClientThatWaitsKeepsNoOtherFromItsAnswer() {
        var slow = new CompletableFuture<String>();
        var asked = new CountDownLatch(1);
        open(command -> {
            if (command.equals("slow")) {
                asked.countDown();
                return slow;
            }
            return CompletableFuture.completedFuture("quick");
        });

        var waiting = CompletableFuture.supplyAsync(() -> ask("slow"));
        await(asked);

        assertThat(ask("other")).isEqualTo(new IoResult.Ok<>("quick"));
        slow.complete("late");
        assertThat(waiting.join()).isEqualTo(new IoResult.Ok<>("late"));
    }

    @Test
    void whatBreaksIsToldAndTheSocketGoesOn() {
        open(command -> {
            if (command.equals("throws")) {
                throw new IllegalStateException("for the test");
            }
            return command.equals("fails")
                    ? CompletableFuture.failedFuture(new IllegalStateException("for the test"))
                    : CompletableFuture.completedFuture("ok\n");
        });

        assertThat(ask("throws")).isEqualTo(new IoResult.Ok<>("fail\n"));
        assertThat(ask("fails")).isEqualTo(new IoResult.Ok<>("fail\nthe daemon did not answer\n"));
        assertThat(ask("status")).isEqualTo(new IoResult.Ok<>("ok\n"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 513, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void aCommandOfAnImpossibleLengthEndsTheConnection(long length) throws IOException {
        open(command -> CompletableFuture.completedFuture("ok\n"));

        try (var channel = connect()) {
            channel.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(length)
                    .flip());
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        assertThat(ask("status")).isEqualTo(new IoResult.Ok<>("ok\n"));
    }

    @Test
    void noBytesThatAClientSendsStopTheSocket() throws IOException {
        open(command -> CompletableFuture.completedFuture(command));
        var random = new Random(20_261_121);

        for (var round = 0; round < 50; round++) {
            var bytes = new byte[random.nextInt(1, 600)];
            random.nextBytes(bytes);
            try (var channel = connect()) {
                channel.write(ByteBuffer.wrap(bytes));
            } catch (IOException closed) {
                assertThat(closed).hasMessageContaining("Broken pipe");
            }
        }

        assertThat(ask("status")).isEqualTo(new IoResult.Ok<>("status"));
    }

    @Test
    void moreClientsThanThereIsRoomForWaitUntilAnotherGoes() throws IOException {
        open(command -> CompletableFuture.completedFuture("ok\n"));
        var held = new ArrayList<SocketChannel>();
        for (var client = 0; client < ControlSocket.MOST_CLIENTS; client++) {
            held.add(connect());
        }

        var waiting = CompletableFuture.supplyAsync(() -> ask("status"));
        assertThatThrownBy(() -> waiting.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        for (var channel : held) {
            channel.close();
        }

        assertThat(waiting.join()).isEqualTo(new IoResult.Ok<>("ok\n"));
    }

    @Test
    void somebodyElseIsKnownByNumber() {
        assertThat(Peer.of(new LocalConnection.Peer(4711, 4_000_000_000L), 0))
                .isEqualTo(new Peer("uid 4000000000 (pid 4711)", false));
        assertThat(Peer.of(new LocalConnection.Peer(4711, 0), 0)).isEqualTo(new Peer("root (pid 4711)", true));
    }

    @Test
    void aClientThatGoesBeforeItsReplyEndsNothing() throws IOException {
        var asked = new CountDownLatch(1);
        var reply = new CompletableFuture<String>();
        open(command -> {
            asked.countDown();
            return command.equals("slow") ? reply : CompletableFuture.completedFuture("ok\n");
        });
        try (var gone = connect()) {
            gone.write(Frame.of("slow"));
            await(asked);
        }

        reply.complete("x".repeat(1 << 20));

        assertThat(ask("status")).isEqualTo(new IoResult.Ok<>("ok\n"));
        assertThat(ask("status")).isEqualTo(new IoResult.Ok<>("ok\n"));
    }

    @Test
    void aPathThatIsTooLongForASocketIsRefused() {
        assertThat(ControlSocket.open(
                        folder.resolve("x".repeat(108)), (peer, command) -> CompletableFuture.completedFuture("")))
                .isInstanceOf(IoResult.Refused.class);
    }

    @Test
    void withoutADaemonTheClientSaysSo() {
        assertThat(ask("status")).isInstanceOf(IoResult.Refused.class);
    }

    @Test
    void aSocketFileThatWasLeftOverIsReplaced() throws IOException {
        Files.createDirectories(socket().getParent());
        Files.writeString(socket(), "");

        open(command -> CompletableFuture.completedFuture("ok\n"));

        assertThat(ask("status")).isEqualTo(new IoResult.Ok<>("ok\n"));
    }

    private Path socket() {
        return folder.resolve("run").resolve("control");
    }

    private void open(Function<String, CompletionStage<String>> answers) {
        switch (ControlSocket.open(socket(), (peer, command) -> answers.apply(command))) {
            case IoResult.Ok<ControlSocket>(var socket) -> opened.add(socket);
            case IoResult.Refused<ControlSocket> refused -> fail(refused.toString());
        }
    }

    private IoResult<String> ask(String command) {
        return ControlClient.ask(socket(), command, PATIENCE);
    }

    private SocketChannel connect() throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket()));
        return channel;
    }

    private static String read(SocketChannel channel) throws IOException {
        var header = ByteBuffer.allocate(Frame.HEADER);
        while (header.hasRemaining()) {
            assertThat(channel.read(header)).isPositive();
        }
        var body =
                ByteBuffer.allocate((int) header.order(ByteOrder.nativeOrder()).getLong(0));
        while (body.hasRemaining()) {
            assertThat(channel.read(body)).isPositive();
        }
        return new String(body.array(), 0, body.capacity() - 1, StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
