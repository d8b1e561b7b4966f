package org.lunwarden.deploy.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A program that runs in a guest while the test goes on. Its output is a file that the test can read at any time. */
public final class Background {
    private final Guest guest;
    private final String name;
    private final Path log;
    private final int pid;

    Background(Guest guest, String name, Path log, int pid) {
        this.guest = guest;
        this.name = name;
        this.log = log;
        this.pid = pid;
    }

    /** Process id in the guest. */
    public int pid() {
        return pid;
    }

    /** Everything the program wrote so far, both streams. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public void awaitLog(Duration limit, String text) {
        Await.until(limit, name + " writes \"" + text + "\"", this::log, log -> log.contains(text));
    }

    public void signal(String signal) {
        guest.run("kill -" + signal + " " + pid).output();
    }

    /** The exit status, once the program has ended. */
    public int awaitExit(Duration limit) {
        Path status = log.resolveSibling(name + ".exit");
        Await.until(limit, name + " ends", () -> Files.exists(status));
        try {
            return Integer.parseInt(Files.readString(status).strip());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
