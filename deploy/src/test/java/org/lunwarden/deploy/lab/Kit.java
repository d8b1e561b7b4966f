package org.lunwarden.deploy.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The scripts in {@code deploy/lab}, as functions. */
final class Kit {
    static final Path FOLDER = Path.of("lab").toAbsolutePath();
    private static final Duration LIFE = Duration.ofMinutes(20);

    private Kit() {}

    /** Where the kit keeps kernels, layers and the guests' run folders. */
    static Path cache() {
        return Optional.ofNullable(System.getenv("LUNWARDEN_LAB"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "lunwarden-lab"));
    }

    /** Makes the lab ready; when it cannot be, says why in one line. */
    static Optional<String> provision() {
        Ran ran = run(Duration.ofMinutes(15), Map.of(), List.of("provision"));
        return ran.exit() == 0 ? Optional.empty() : Optional.of(lastLine(ran));
    }

    static Ran boot(String name, List<String> options) {
        List<String> command = new ArrayList<>(List.of("vm-run", "-b", "-n", name, "-o", owner(), "-t", life()));
        command.addAll(options);
        return run(LIFE, Map.of(), command);
    }

    static Ran exec(String name, Duration limit, String command) {
        return run(
                limit.plusSeconds(5),
                Map.of(),
                List.of("vm-exec", name, "-t", Long.toString(limit.toSeconds()), "--", command));
    }

    static void stop(List<String> names) {
        List<String> command = new ArrayList<>(List.of("vm-stop"));
        command.addAll(names);
        run(Duration.ofSeconds(20), Map.of(), command);
    }

    static Ran san(String... words) {
        List<String> command = new ArrayList<>(List.of("san"));
        command.addAll(List.of(words));
        return run(Duration.ofMinutes(3), Map.of("OWNER", owner(), "LIMIT", life()), command);
    }

    /** Throw-away PEM files for members of a fleet: {@code authority.pem}, {@code member.pem}, {@code member.key}. */
    static Ran certificate(Path folder) {
        return run(Duration.ofMinutes(1), Map.of(), List.of("certificate", folder.toString()));
    }

    /** Starts a program in a SAN's networks and lets it run; its output goes to a file. */
    static Process background(String san, Path log, List<String> program) {
        List<String> command =
                new ArrayList<>(List.of(FOLDER.resolve("san").toString(), "net", san, "timeout", life()));
        command.addAll(program);
        try {
            Files.createDirectories(log.getParent());
            return new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(log.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String owner() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private static String life() {
        return Long.toString(LIFE.toSeconds());
    }

    private static String lastLine(Ran ran) {
        return ran.err().lines().reduce((first, second) -> second).orElse("deploy/lab/provision failed");
    }

    private static Ran run(Duration limit, Map<String, String> environment, List<String> command) {
        List<String> program = new ArrayList<>(command);
        program.set(0, FOLDER.resolve(command.getFirst()).toString());
        try {
            Path out = Files.createTempFile("lab", ".out");
            Path err = Files.createTempFile("lab", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(program)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .redirectInput(Path.of("/dev/null").toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                int exit = 124;
                if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    exit = process.exitValue();
                } else {
                    process.destroyForcibly();
                }
                return new Ran(exit, Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Ran(130, "", "interrupted");
        }
    }
}
