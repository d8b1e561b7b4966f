package org.lunwarden.cli;

import java.nio.file.Path;
import java.time.Duration;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.control.ControlClient;
import org.lunwarden.io.control.ControlSocket;
import org.lunwarden.node.command.AdminCommand;

/** Where the daemon of this host listens, and how it is asked. */
final class ControlOption {

    private static final int REFUSED = 1;
    static final int NO_ANSWER = 3;
    /** Longer than the daemon's own: it tells what became of an act that takes its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static final String FAIL = "fail\n";

    @Option(
            names = "--socket",
            paramLabel = "FILE",
            description = "Where the daemon listens. Default: " + ControlSocket.OF_HOST + ".")
    private Path socket = Path.of(ControlSocket.OF_HOST);

    /** The reply as it is. */
    IoResult<String> send(String command) {
        return ControlClient.ask(socket, command, PATIENCE);
    }

    /** Prints the reply. @return the exit code: 0 answered or done, 1 refused, 3 when no daemon answers */
    int ask(CommandSpec spec, AdminCommand command) {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        return switch (send(command.format())) {
            case IoResult.Ok<String>(var reply)
            when reply.startsWith(FAIL) -> {
                err.print("lunwarden: " + reply.substring(FAIL.length()));
                err.flush();
                yield REFUSED;
            }
            case IoResult.Ok<String>(var reply) -> {
                out.print(reply);
                out.flush();
                yield 0;
            }
            case IoResult.Refused<String> refused -> {
                err.println("lunwarden: no daemon answers: " + refused);
                yield NO_ANSWER;
            }
        };
    }
}
