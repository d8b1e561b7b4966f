package org.lunwarden.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.control.ControlClient;
import org.lunwarden.io.control.ControlSocket;

@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = {
            "Asks this host's daemon why a disk is a path or none, or why a map is as it is: what decided it, how it is,",
            "what it waits for. Needs root.",
            "Exit code: 0 answered, 1 there is no such disk or map, 3 no daemon answers."
        })
final class WhyCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    private static final int NO_ANSWER = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String FAIL = "fail\n";

    @Option(
            names = "--socket",
            paramLabel = "FILE",
            description = "Where the daemon listens. Default: " + ControlSocket.OF_HOST + ".")
    private Path socket = Path.of(ControlSocket.OF_HOST);

    @Parameters(
            paramLabel = "DISK|MAP",
            description = "For example sda, 2:0:0:1, 8:16, /dev/sda; mpatha, dm-0, a WWID, /dev/mapper/mpatha.")
    private String subject = "";

    @Override
    public Integer call() {
        return switch (ControlClient.ask(socket, "why " + subject, PATIENCE)) {
            case IoResult.Ok<String>(var reply)
            when reply.startsWith(FAIL) -> {
                err().print("lunwarden: " + reply.substring(FAIL.length()));
                err().flush();
                yield 1;
            }
            case IoResult.Ok<String>(var reply) -> {
                out().print(reply);
                out().flush();
                yield 0;
            }
            case IoResult.Refused<String> refused -> {
                err().println("lunwarden: no daemon answers: " + refused);
                yield NO_ANSWER;
            }
        };
    }
}
