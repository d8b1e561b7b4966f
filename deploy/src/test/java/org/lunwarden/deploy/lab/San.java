package org.lunwarden.deploy.lab;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An iSCSI array and hosts on two fabrics and a management network, all of them guests.
 *
 * <p>Fabric A is 10.1.0.x, fabric B 10.2.0.x, management 10.9.0.x; the array is x=100, host N is x=N, and the machine
 * that runs the test reaches the management network through {@link #outside(String...)}.
 */
public final class San {
    private final String name;
    private final Guest array;
    private final List<Guest> hosts;
    private final CopyOnWriteArrayList<Process> background = new CopyOnWriteArrayList<>();

    San(String name, int hosts) {
        this.name = name;
        this.array = new Guest(name + "-arr");
        this.hosts = IntStream.rangeClosed(1, hosts)
                .mapToObj(i -> new Guest(name + "-h" + i))
                .toList();
    }

    /** One of the two networks between hosts and array; a bridge stands for its switch. */
    public final class Fabric {
        private final String letter;

        private Fabric(String letter) {
            this.letter = letter;
        }

        public void down() {
            Kit.san("fabric", name, letter, "down").output();
        }

        public void up() {
            Kit.san("fabric", name, letter, "up").output();
        }

        /** The switch port of one host, counted from 1; 0 is the array. */
        public void port(int host, boolean up) {
            Kit.san("port", name, letter, Integer.toString(host), up ? "up" : "down")
                    .output();
        }
    }

    public Fabric fabric(String letter) {
        return new Fabric(letter);
    }

    public Guest array() {
        return array;
    }

    /** The host guests; the first one has the management address 10.9.0.1. */
    public List<Guest> hosts() {
        return hosts;
    }

    /** Runs a program on this machine inside the SAN's networks, at 10.9.0.254. */
    public Ran outside(String... program) {
        return Kit.san(
                Stream.concat(Stream.of("net", name), Arrays.stream(program)).toArray(String[]::new));
    }

    /** The same for a program that runs until the SAN is taken down. Gives the file of its output. */
    public Path outsideInBackground(String what, String... program) {
        Path log = Path.of("target/lab-logs", name + "-" + what + ".log").toAbsolutePath();
        background.add(Kit.background(name, log, List.of(program)));
        return log;
    }

    /** What {@code GET} answers for as long as it lasts, as a file. */
    public Path httpInBackground(String what, String address, String path) {
        return outsideInBackground(what, Kit.FOLDER.resolve("http").toString(), "GET", address, path);
    }

    /** One HTTP request from inside the SAN's networks; {@code path} begins with a slash, an empty body is none. */
    public Ran http(String method, String address, String path, String body) {
        return outside(Kit.FOLDER.resolve("http").toString(), method, address, path, body);
    }

    List<Guest> guests() {
        return Stream.concat(Stream.of(array), hosts.stream()).toList();
    }

    void down() {
        background.forEach(Process::destroy);
        Kit.san("down", name);
    }
}
