package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.control.ControlSocket;
import org.lunwarden.node.command.AdminCommand;
import org.lunwarden.node.command.AdminCommand.MapAct;
import org.lunwarden.node.command.AdminCommand.OnMap;
import org.lunwarden.node.command.AdminCommand.OnPath;
import org.lunwarden.node.command.AdminCommand.PathAct;
import org.lunwarden.node.command.AdminCommand.SwitchGroup;
import org.lunwarden.node.command.AdminCommand.Why;
import org.lunwarden.node.why.Subject;

/** Commands for the daemon of a host, over a real socket. */
class HostCommandsTest {

    @TempDir
    Path folder;

    private final List<AdminCommand> asked = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final Terminal terminal = new Terminal();

    static Stream<Arguments> commands() {
        return Stream.of(
                arguments("path fail sda", new OnPath(PathAct.FAIL, new Subject("sda"))),
                arguments("path reinstate 8:16", new OnPath(PathAct.REINSTATE, new Subject("8:16"))),
                arguments("path setmarginal sda", new OnPath(PathAct.SET_MARGINAL, new Subject("sda"))),
                arguments("path unsetmarginal sda", new OnPath(PathAct.UNSET_MARGINAL, new Subject("sda"))),
                arguments("map unsetmarginal a#b", new OnMap(MapAct.UNSET_MARGINAL, new Subject("a#b"))),
                arguments("map disablequeueing a\"b", new OnMap(MapAct.DISABLE_QUEUEING, new Subject("a\"b"))),
                arguments("map restorequeueing mpatha", new OnMap(MapAct.RESTORE_QUEUEING, new Subject("mpatha"))),
                arguments("map resize mpatha", new OnMap(MapAct.RESIZE, new Subject("mpatha"))),
                arguments("map reload mpatha", new OnMap(MapAct.RELOAD, new Subject("mpatha"))),
                arguments("map switch mpatha 2", new SwitchGroup(new Subject("mpatha"), 2)),
                arguments("why sda", new Why(new Subject("sda"))));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theDaemonIsAskedForWhatIsMeantAndItsReplyIsTold(String line, AdminCommand meant) {
        try (var daemon = daemon("ok\n")) {
            assertThat(run(line)).isZero();
            assertThat(terminal.out()).isEqualTo("ok\n");
        }

        assertThat(asked).containsExactly(meant);
    }

    @Test
    void aRefusalIsTold() {
        try (var daemon = daemon("fail\ndevice not found\n")) {
            assertThat(run("path fail sdzz")).isEqualTo(1);
        }

        assertThat(terminal.err()).isEqualTo("lunwarden: device not found\n");
    }

    /** What the daemon says of a map that looks dead, and the exit code. */
    static Stream<Arguments> verdicts() {
        return Stream.of(
                arguments("{\"safe\":true,\"verdict\":\"stale\",\"why\":\"gone\",\"incidents\":[]}", 0),
                arguments("{\"safe\":false,\"verdict\":\"inUse\",\"why\":\"open\",\"incidents\":[]}", 1),
                arguments("{\"safe\":false,\"verdict\":\"incident\",\"why\":\"part\",\"incidents\":[\"i1\"]}", 4),
                arguments("{\"safe\":false,\"verdict\":\"unknown\",\"why\":\"silent\",\"incidents\":[]}", 5),
                arguments("{\"safe\":false,\"verdict\":\"noMap\",\"why\":\"none\",\"incidents\":[]}", 6),
                arguments("{\"safe\":false,\"verdict\":\"of a newer daemon\"}", 5),
                arguments("fail\nno such command", 5),
                arguments("", 5));
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void whetherAMapMayBeTakenAwayIsTheExitCode(String reply, int code) throws IOException {
        try (var daemon = daemon(reply + "\n")) {
            assertThat(run("cleanup-safe 3600a098 --json")).isEqualTo(code);
        }

        assertThat(new ObjectMapper().readTree(terminal.out()).path("safe").asBoolean())
                .isEqualTo(code == 0);
    }

    @Test
    void withoutADaemonNoMapMayBeTakenAway() throws IOException {
        assertThat(run("cleanup-safe 3600a098 --json")).isEqualTo(3);

        assertThat(new ObjectMapper().readTree(terminal.out()).path("safe").asBoolean(true))
                .isFalse();
    }

    @Test
    void withoutADaemonThatIsTold() {
        assertThat(run("path fail sda")).isEqualTo(3);
        assertThat(terminal.err()).contains("no daemon answers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path",
                "path fail",
                "path explode sda",
                "map switch mpatha",
                "map switch mpatha first",
                "cleanup-safe",
                "cleanup-safe a/b"
            })
    void whatIsNotUnderstoodReachesNoDaemon(String line) {
        try (var daemon = daemon("ok\n")) {
            assertThat(LunwardenCommand.run(new RecordingLaunch(), line.split(" ", -1)))
                    .isEqualTo(2);
        }

        assertThat(asked).isEmpty();
    }

    private int run(String line) {
        return LunwardenCommand.run(
                new RecordingLaunch(),
                Stream.concat(Stream.of(line.split(" ", -1)), Stream.of("--socket", socket().toString()))
                        .toArray(String[]::new));
    }

    private ControlSocket daemon(String reply) {
        return switch (ControlSocket.open(socket(), (peer, command) -> {
            asked.add(AdminCommand.parse(command));
            return CompletableFuture.completedFuture(reply);
        })) {
            case IoResult.Ok<ControlSocket>(var open) -> open;
            case IoResult.Refused<ControlSocket> refused -> fail(refused.toString());
        };
    }

    private Path socket() {
        return folder.resolve("run").resolve("control");
    }
}
