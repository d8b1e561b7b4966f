package org.lunwarden.deploy.differential;

import java.nio.file.Path;

import org.lunwarden.deploy.CommandLoop;
import org.lunwarden.deploy.lab.Guest;
import org.lunwarden.deploy.lab.Jvm;

/** The command line of the distribution in a guest: one process for many commands, since a JVM takes seconds to start there. */
final class CommandPrompt {
    private static final String REQUESTS = "/run/lunwarden-commands";

    private static final Path NATIVE = Path.of("target/lunwarden/lib/jni").toAbsolutePath();

    private final Guest guest;
    private final int pid;

    private CommandPrompt(Guest guest, int pid) {
        this.guest = guest;
        this.pid = pid;
    }

    static CommandPrompt open(Guest guest) {
        guest.run("mkfifo " + REQUESTS).output();
        var commands = guest.background(
                "commands",
                "exec %s -Djffi.boot.library.path=%s -cp '%s' %s <>%s"
                        .formatted(
                                Jvm.command(),
                                NATIVE,
                                System.getProperty("java.class.path"),
                                CommandLoop.class.getName(),
                                REQUESTS));
        return new CommandPrompt(guest, commands.pid());
    }

    /** What a command prints, both streams; {@code words} are those behind {@code lunwarden}. */
    String run(String words) {
        return guest.run(
                        ("f=/tmp/answer-$$; echo \"$f %s\" >%s; until [ -e $f ]; do kill -0 %d || exit 70; sleep 0.05; done;"
                                        + " cat $f; rm $f")
                                .formatted(words, REQUESTS, pid))
                .output();
    }
}
