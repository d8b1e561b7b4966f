package org.lunwarden.fleet.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

import org.lunwarden.kit.FreePorts;

/** A PostgreSQL server of its own on loopback. It refuses to run as root: then it runs as nobody. */
final class PostgresServer implements AutoCloseable {

    private static final String PASSWORD = "of the test";
    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

    private final Path folder;
    private final Path passwordFile;
    private final int port;
    private Optional<Process> server = Optional.empty();

    private PostgresServer(Path folder, int port) {
        this.folder = folder;
        this.passwordFile = folder.resolve("password");
        this.port = port;
    }

    static PostgresServer start() throws IOException {
        var folder = Files.createTempDirectory("lunwarden-postgres");
        var postgres = new PostgresServer(folder, FreePorts.of(1).getFirst());
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(postgres.passwordFile, PASSWORD + "\n");
        unpack(folder);
        if (IS_ROOT) {
            run(List.of("chown", "-R", "nobody", folder.toString()));
        }
        run(
                postgres.asUser(
                        "initdb",
                        "-D",
                        "data",
                        "-U",
                        "lunwarden",
                        "--auth=scram-sha-256",
                        "--pwfile=password",
                        "-E",
                        "UTF8"),
                folder);
        postgres.resume();
        return postgres;
    }

    HistorySettings.Server settings() {
        return new HistorySettings.Server(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "lunwarden", Optional.of(passwordFile));
    }

    void resume() throws IOException {
        var command = asUser(
                "postgres", "-D", "data", "-h", "127.0.0.1", "-p", String.valueOf(port), "-k", folder.toString(), "-F");
        server = Optional.of(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start());
    }

    /** At once, as when its machine fails. */
    void kill() {
        server.ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        });
        server = Optional.empty();
    }

    @Override
    public void close() throws IOException {
        kill();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(PostgresServer::delete);
        }
    }

    private List<String> asUser(String program, String... arguments) {
        var command = new ArrayList<String>();
        if (IS_ROOT) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command, Path... where) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (where.length > 0) {
            builder.directory(where[0].toFile());
        }
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + ": " + said);
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private static void unpack(Path folder) throws IOException {
        try (var packed = Objects.requireNonNull(
                        PostgresServer.class.getResourceAsStream("/postgres-linux-x86_64.txz"), "no binaries");
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var file = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    if (entry.isSymbolicLink()) {
                        Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                    } else {
                        Files.copy(tar, file);
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
