package org.lunwarden.deploy.twin;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Prometheus and Alertmanager from the Debian packages that {@code deploy/lab/monitoring} unpacks. Without apt a test is
 * skipped; {@code -Dlunwarden.lab=off} skips always, {@code required} fails instead.
 */
final class Monitoring implements AutoCloseable {

    private static final String WISH = System.getProperty("lunwarden.lab", "auto");
    private static final String SCRIPT = "lab/monitoring";

    private final Path logs;
    private final List<Process> processes = new ArrayList<>();

    /** @param output of a program that has ended, both streams */
    record Ended(int exit, String output) {}

    private Monitoring(Path logs) {
        this.logs = logs;
    }

    static Monitoring provide(Path logs) throws IOException, InterruptedException {
        if (WISH.equals("off")) {
            abort("switched off by -Dlunwarden.lab=off");
        }
        var monitoring = new Monitoring(logs);
        var provided = monitoring.ended(List.of(SCRIPT), 2);
        if (provided.exit() != 0) {
            if (WISH.equals("required")) {
                fail(provided.output());
            }
            abort(provided.output());
        }
        return monitoring;
    }

    /** Runs a program to its end. */
    Ended run(String program, Object... arguments) throws IOException, InterruptedException {
        return ended(command(program, arguments), 1);
    }

    /** Runs a program until this is closed. */
    void start(String program, Object... arguments) throws IOException {
        processes.add(new ProcessBuilder(command(program, arguments))
                .redirectErrorStream(true)
                .redirectOutput(logs.resolve(program + ".log").toFile())
                .start());
    }

    private static List<String> command(String program, Object... arguments) {
        var command = new ArrayList<>(List.of(SCRIPT, "run", program));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    private Ended ended(List<String> command, int minutes) throws IOException, InterruptedException {
        var output = Files.createTempFile(logs, "ended", ".log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
            return new Ended(124, "not within " + minutes + " minutes: " + command);
        }
        return new Ended(process.exitValue(), Files.readString(output).strip());
    }

    /** What still writes would keep the folder from being deleted. */
    @Override
    public void close() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
    }
}
