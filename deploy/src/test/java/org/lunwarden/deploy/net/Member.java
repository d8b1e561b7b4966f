package org.lunwarden.deploy.net;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process of the fleet. It may be told things a line at a time, and answers with a line. */
final class Member {

    private final String name;
    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;
    private final long startedAt = System.nanoTime();

    private Member(String name, Process process) {
        this.name = name;
        this.process = process;
        this.to = process.outputWriter();
        this.from = process.inputReader();
    }

    /** @param log gets what it writes to standard error */
    static Member start(String name, List<String> command, Map<String, String> environment, Path log) {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new Member(name, builder.start());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    synchronized String ask(String line) {
        try {
            to.write(line);
            to.newLine();
            to.flush();
            var answer = from.readLine();
            if (answer == null) {
                throw new IllegalStateException(name + " has ended");
            }
            return answer;
        } catch (IOException broken) {
            throw new UncheckedIOException(name + " has ended", broken);
        }
    }

    long startedAt() {
        return startedAt;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** As a machine that loses its power. */
    void kill() {
        signal("KILL");
        process.onExit().join();
    }
}
