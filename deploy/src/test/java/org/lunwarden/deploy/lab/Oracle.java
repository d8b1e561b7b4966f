package org.lunwarden.deploy.lab;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Debian's multipath-tools: what it makes of 4 paths to each of 4 units, state by state of the story that
 * {@code lab/guest/story} tells. Texts are without what is chance: dm minor numbers of the maps, counters.
 */
final class Oracle {
    /** The states, in the order of the story. */
    static final List<String> STATES =
            List.of("healthy", "one-failed", "all-failed", "restored", "deleted", "rescanned");

    private final Guest guest;

    private Oracle(Guest guest) {
        this.guest = guest;
    }

    /** Lets the reference live through the whole story; it leaves no maps behind. */
    static Oracle consult(Guest guest) {
        guest.run(Duration.ofMinutes(8), "bash /lab/kit/guest/oracle-record").output();
        return new Oracle(guest);
    }

    /** {@code dmsetup table} and {@code dmsetup status} in a state, as just seen. */
    String deviceMapper(String state) {
        return guest.run("cat /lab/run/oracle/" + state + ".dm").output();
    }

    /** {@code multipath -ll} in a state, as just seen. */
    String topology(String state) {
        return sorted(guest.run("cat /lab/run/oracle/" + state + ".topology").output());
    }

    static String recordedDeviceMapper(String state) {
        return recorded(state + ".dm");
    }

    static String recordedTopology(String state) {
        return sorted(recorded(state + ".topology"));
    }

    /** A topology with its maps in the order of their names, and without dm minor numbers. */
    static String sorted(String topology) {
        String[] maps = topology.replaceAll(" dm-\\d+ ", " dm-N ").split("\n(?=\\w+ dm-N )", -1);
        return Arrays.stream(maps).map(String::strip).sorted().collect(joining("\n"));
    }

    private static String recorded(String name) {
        try (var in = Oracle.class.getResourceAsStream("/oracle/" + name)) {
            if (in == null) {
                throw new AssertionError("no recording " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
