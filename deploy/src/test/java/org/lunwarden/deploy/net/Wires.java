package org.lunwarden.deploy.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Network namespaces, one interface each, joined by a bridge in the caller's namespace. The caller has namespaces of its own
 * (see {@code deploy/lab/net}): nothing of this is seen on the machine, and all of it goes with the caller.
 *
 * <p>Who is cut from another one sends its frames to a station that nobody is: they are lost without a word, in that
 * direction only.
 */
final class Wires {

    /** Where the caller itself is reached. */
    static final String OUTSIDE = "10.77.0.254";

    private static final String NOBODY = "02:ff:ff:ff:ff:ff";

    private final List<String> names;

    private Wires(Collection<String> names) {
        this.names = List.copyOf(names);
    }

    /** @param names of the namespaces, at most 200 */
    static Wires lay(Collection<String> names) {
        var wires = new Wires(names);
        wires.lay();
        return wires;
    }

    String address(String name) {
        return "10.77.0." + number(name);
    }

    /** The program as it runs in that namespace. */
    List<String> in(String name, List<String> program) {
        var command = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + name, "--"));
        command.addAll(program);
        return command;
    }

    /** Whatever {@code from} sends to one of {@code to} is lost. */
    void cut(Collection<String> from, Collection<String> to) {
        point(from, to, true);
    }

    void mend(Collection<String> from, Collection<String> to) {
        point(from, to, false);
    }

    /** Cuts some from all others, both ways; those among them still reach each other. */
    void cutOff(Collection<String> some) {
        cut(some, others(some));
        cut(others(some), some);
    }

    void mendAll() {
        mend(names, names);
    }

    List<String> others(Collection<String> some) {
        return names.stream().filter(name -> !some.contains(name)).toList();
    }

    private void lay() {
        var bridge = new ArrayList<>(List.of(
                "link set lo up",
                "link add br0 type bridge",
                "link set br0 address " + mac(254) + " up",
                "addr add " + OUTSIDE + "/24 dev br0"));
        for (var name : names) {
            run(List.of("ip", "netns", "add", name), "");
            bridge.add("link add to-" + name + " type veth peer name eth0 netns " + name);
            bridge.add("link set to-" + name + " master br0 up");
        }
        run(List.of("ip", "-batch", "-"), String.join("\n", bridge) + "\n");
        for (var name : names) {
            batch(
                    name,
                    List.of(
                            "link set lo up",
                            "link set eth0 address " + mac(number(name)) + " up",
                            "addr add " + address(name) + "/24 dev eth0",
                            "neigh replace " + OUTSIDE + " lladdr " + mac(254) + " dev eth0 nud permanent"));
        }
        mendAll();
    }

    private void point(Collection<String> from, Collection<String> to, boolean nowhere) {
        for (var sender : from) {
            batch(
                    sender,
                    to.stream()
                            .filter(name -> !name.equals(sender))
                            .map(name -> "neigh replace " + address(name) + " lladdr "
                                    + (nowhere ? NOBODY : mac(number(name))) + " dev eth0 nud permanent")
                            .toList());
        }
    }

    private int number(String name) {
        return names.indexOf(name) + 1;
    }

    private static String mac(int number) {
        return String.format(Locale.ROOT, "02:00:00:00:00:%02x", number);
    }

    private static void batch(String name, List<String> lines) {
        run(List.of("ip", "-n", name, "-batch", "-"), String.join("\n", lines) + "\n");
    }

    private static void run(List<String> command, String input) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var to = process.outputWriter()) {
                to.write(input);
            }
            var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said + input);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
