package org.lunwarden.deploy.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The assembled {@code lunwarden demo} as a process of its own, and what it prints. */
public final class DemoProcess implements AutoCloseable {

    private static final Path PROGRAM =
            Path.of("target/lunwarden/bin/lunwarden").toAbsolutePath();
    private static final String END = "\0end";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> errors = new ArrayList<>();
    private final Thread errorReader;

    private DemoProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> {
            process.inputReader().lines().forEach(lines::add);
            lines.add(END);
        });
        this.errorReader =
                Thread.ofVirtual().start(() -> process.errorReader().lines().forEach(errors::add));
    }

    public static DemoProcess start(String... options) throws IOException {
        var command = new ArrayList<>(List.of(PROGRAM.toString(), "demo"));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command);
        builder.environment().put("LUNWARDEN_HEAP", "320m");
        builder.environment().put("LUNWARDEN_JAVA_HOME", System.getProperty("java.home"));
        return new DemoProcess(builder.start());
    }

    /** The next line of its output; empty at the end. @throws AssertionError when it keeps silent for so long */
    public Optional<String> line(Duration patience) throws InterruptedException {
        var line = lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new AssertionError("the demonstration printed nothing for " + patience.toSeconds() + " s");
        }
        return line.equals(END) ? Optional.empty() : Optional.of(line);
    }

    /** Reads on to the first such line. */
    public String line(Predicate<String> wanted, Duration patience) throws InterruptedException {
        while (true) {
            var line = line(patience)
                    .orElseThrow(() -> new AssertionError("the demonstration ended too soon; it said " + errors));
            if (wanted.test(line)) {
                return line;
            }
        }
    }

    /** Ends it as a service manager does. */
    public void terminate() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    public int exit(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the demonstration did not end within " + patience.toSeconds() + " s");
        }
        errorReader.join();
        return process.exitValue();
    }

    /** What it wrote to standard error, once it has ended. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
