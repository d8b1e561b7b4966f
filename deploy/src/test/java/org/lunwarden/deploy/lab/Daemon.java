package org.lunwarden.deploy.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The assembled distribution in a guest: its daemon, and its other commands. */
public final class Daemon {
    private static final Path DISTRIBUTION = Path.of("target/lunwarden").toAbsolutePath();
    private static final String CONFIG = "/etc/lunwarden.conf";

    private final Guest guest;
    private final Background process;

    private Daemon(Guest guest, Background process) {
        this.guest = guest;
        this.process = process;
    }

    /**
     * Starts {@code lunwarden node} and returns at once.
     */
    static Daemon start(Guest guest, HostConfig config) {
        guest.put("lunwarden.conf", config.hocon());
        guest.put("multipath.conf", config.multipathConf());
        guest.run("cp /lab/run/lunwarden.conf " + CONFIG + "; cp /lab/run/multipath.conf /etc")
                .output();
        return startWithFilesInPlace(guest);
    }

    /** The same with the files that are in the guest's /etc. */
    public static Daemon startWithFilesInPlace(Guest guest) {
        return new Daemon(guest, guest.background("lunwarden", "exec " + command("node --config " + CONFIG)));
    }

    /** A bash command that runs the distribution, in a guest or on the machine. */
    static String command(String arguments) {
        return "env LUNWARDEN_JAVA_HOME=" + Jvm.HOME + " " + DISTRIBUTION.resolve("bin/lunwarden") + " " + arguments;
    }

    /** {@code lunwarden topology}, with the maps in the order of their names and without dm minor numbers. */
    static String topology(Guest guest) {
        return Oracle.sorted(guest.run(command("topology --config " + CONFIG)).output());
    }

    /** One of the commands that ask the daemon of this host. */
    Ran ask(String command) {
        return guest.run(command(command));
    }

    public Background process() {
        return process;
    }

    /** Lines of its log that tell of an error. */
    public List<String> unexpectedErrors() {
        return process.log()
                .lines()
                .filter(line -> line.contains(" ERROR "))
                // a test has it read a file with errors
                .filter(line -> !line.contains("/etc/multipath.conf:") && !line.contains("what was read has errors"))
                // true on a machine that starves the guest's udev
                .filter(line -> !line.contains("has not returned for"))
                .toList();
    }

    /** Waits until so many maps are in the kernel; milliseconds from now. */
    long awaitMaps(int maps) {
        return guest.probe("maps " + maps + " 90").number("ms");
    }

    /** Puts another multipath.conf in place and sends SIGHUP; the text of the file is not checked here. */
    void reload(String multipathConf) {
        guest.put("multipath.conf", multipathConf);
        guest.run("cp /lab/run/multipath.conf /etc").output();
        process.signal("HUP");
    }

    /** kill -9; returns when the process is gone. */
    void kill() {
        process.signal("KILL");
        process.awaitExit(Duration.ofSeconds(20));
    }

    /** SIGTERM; returns the exit status. */
    public int stop() {
        process.signal("TERM");
        return process.awaitExit(Duration.ofSeconds(60));
    }
}
