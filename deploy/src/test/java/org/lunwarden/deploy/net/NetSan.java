package org.lunwarden.deploy.net;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.lunwarden.io.simulated.Part;
import org.lunwarden.io.simulated.SanBuilder.ArrayPort;
import org.lunwarden.io.simulated.SanBuilder.Plug;
import org.lunwarden.io.simulated.SimulatedSan;

/**
 * The SAN below the fleet: two fabrics, each with two core switches (domains 1 and 2) for arrays and two edge switches (11
 * and 12) that hosts take turns at. {@code tiger} has each controller in both fabrics; {@code lynx} has controller 1 in A and
 * controller 2 in B, so that without fabric A half of its LUNs are off their best paths.
 */
final class NetSan {

    static final int TIGER_LUNS = 2;
    static final int LYNX_LUNS = 4;
    static final int MAPS = TIGER_LUNS + LYNX_LUNS;
    static final int PATHS_OF_A_MAP = 4;
    private static final long SECTORS = 2L * 1024 * 1024;

    private NetSan() {}

    static SimulatedSan build(int hosts) {
        var san = SimulatedSan.builder().timeouts(Duration.ofSeconds(1), Duration.ofMinutes(10));
        for (var fabric : List.of("A", "B")) {
            san.fabric(fabric, 1, 2, 11, 12);
            for (var edge : new int[] {11, 12}) {
                san.isl(fabric, 1, edge);
                san.isl(fabric, 2, edge);
            }
        }
        san.array(
                "tiger",
                List.of(port(1, "A", 1), port(1, "B", 1), port(2, "A", 2), port(2, "B", 2)),
                TIGER_LUNS,
                SECTORS);
        san.array(
                "lynx",
                List.of(port(1, "A", 1), port(1, "A", 2), port(2, "B", 1), port(2, "B", 2)),
                LYNX_LUNS,
                SECTORS);
        for (var host = 0; host < hosts; host++) {
            var edge = 11 + host % 2;
            san.host(name(host), new Plug("A", edge), new Plug("B", edge));
        }
        return san.build();
    }

    /** @param number from 0 */
    static String name(int number) {
        return String.format(Locale.ROOT, "h%03d", number + 1);
    }

    /** Half of the hosts are behind each. */
    static List<Part> edgeSwitches(SimulatedSan san) {
        return Stream.of(
                        "switch 12 of fabric A",
                        "switch 11 of fabric B",
                        "switch 11 of fabric A",
                        "switch 12 of fabric B")
                .map(label -> partOf(san, Part.Kind.SWITCH, label))
                .toList();
    }

    static Part fabricA(SimulatedSan san) {
        return partOf(san, Part.Kind.FABRIC, "fabric A");
    }

    private static Part partOf(SimulatedSan san, Part.Kind kind, String label) {
        return san.parts().stream()
                .filter(part -> part.kind() == kind && part.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(label + " is none of "
                        + san.parts().stream().map(Part::label).toList()));
    }

    private static ArrayPort port(int controller, String fabric, int core) {
        return new ArrayPort(controller, new Plug(fabric, core));
    }
}
