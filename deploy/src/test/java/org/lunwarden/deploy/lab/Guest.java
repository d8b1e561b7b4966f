package org.lunwarden.deploy.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A running machine with a Linux kernel of its own. It ends with the test class at the latest. */
public final class Guest {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final String name;
    private final AtomicInteger started = new AtomicInteger();

    Guest(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The folder that guest and test share: {@code /lab/run} in the guest. */
    public Path shared() {
        return Kit.cache().resolve("run").resolve(name);
    }

    /** Runs a bash command as root. */
    public Ran run(String command) {
        return run(LIMIT, command);
    }

    public Ran run(Duration limit, String command) {
        return Kit.exec(name, limit, command);
    }

    /** The tool {@code guest/probe} of the lab: looks at device-mapper and does I/O at little cost. */
    public Ran probe(String words) {
        return run("/lab/kit/guest/probe " + words);
    }

    /**
     * Starts a bash command and lets it run; {@code what} names its log, in {@link #shared()}. Begin the command with
     * {@code exec} when signals are to meet the program and not the shell.
     */
    public Background background(String what, String command) {
        String unique = what + "-" + started.incrementAndGet();
        put(unique + ".sh", command + "\n");
        Ran ran = run(("cd /root; (bash -c 'echo $BASHPID >/lab/run/%1$s.pid; exec bash /lab/run/%1$s.sh'"
                        + " </dev/null >/lab/run/%1$s.log 2>&1; echo $? >/lab/run/%1$s.exit.tmp;"
                        + " mv /lab/run/%1$s.exit.tmp /lab/run/%1$s.exit) >/dev/null 2>&1 &"
                        + " until [ -s /lab/run/%1$s.pid ]; do sleep 0.02; done; cat /lab/run/%1$s.pid")
                .formatted(unique));
        return new Background(this, unique, shared().resolve(unique + ".log"), Integer.parseInt(ran.line()));
    }

    /** Writes a file into {@link #shared()}. */
    public Path put(String file, String content) {
        try {
            return Files.writeString(shared().resolve(file), content);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Runs JUnit test classes in this guest.
     *
     * @param classpath folders and jars, as the machine sees them
     * @param tag run only tests with this tag, when given
     */
    public Ran junit(Duration limit, List<Path> classpath, Optional<String> tag, List<String> classes) {
        StringBuilder command = new StringBuilder(Jvm.command())
                .append(" -cp '")
                .append(String.join(":", classpath.stream().map(Path::toString).toList()))
                .append("' org.junit.platform.console.ConsoleLauncher execute --disable-banner")
                .append(" --disable-ansi-colors --details=tree --fail-if-no-tests");
        tag.ifPresent(wanted -> command.append(" --include-tag ").append(wanted));
        classes.forEach(type -> command.append(" --select-class ").append(type));
        return run(limit, command.toString());
    }
}
