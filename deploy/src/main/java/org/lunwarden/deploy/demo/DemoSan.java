package org.lunwarden.deploy.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.lunwarden.io.simulated.SanBuilder.ArrayPort;
import org.lunwarden.io.simulated.SanBuilder.Plug;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.node.site.Site;

/**
 * The SAN of the demonstration: two fabrics, A and B, each with two core switches (domains 1 and 2) for arrays and two
 * edge switches (11 and 12) for hosts. {@code tiger} has each controller in both fabrics; {@code lynx} has controller 1
 * in A and controller 2 in B, so that the loss of a fabric's switch drives half of its LUNs off their best paths.
 */
final class DemoSan {

    static final List<String> FABRICS = List.of("A", "B");
    private static final int LUNS = 4;
    private static final long SECTORS = 2L * 1024 * 1024;

    private DemoSan() {}

    static SimulatedSan build(int hosts) {
        var san = SimulatedSan.builder().timeouts(Duration.ofSeconds(2), Duration.ofMinutes(10));
        for (var fabric : FABRICS) {
            san.fabric(fabric, 1, 2, 11, 12);
            for (var edge : new int[] {11, 12}) {
                san.isl(fabric, 1, edge);
                san.isl(fabric, 2, edge);
            }
        }
        san.array("tiger", List.of(port(1, "A", 1), port(1, "B", 1), port(2, "A", 2), port(2, "B", 2)), LUNS, SECTORS);
        san.array("lynx", List.of(port(1, "A", 1), port(1, "A", 2), port(2, "B", 1), port(2, "B", 2)), LUNS, SECTORS);
        for (var host = 0; host < hosts; host++) {
            var edge = 11 + host % 2;
            san.host(String.format(Locale.ROOT, "h%03d", host + 1), new Plug("A", edge), new Plug("B", edge));
        }
        return san.build();
    }

    /** How the hosts keep their paths and maps. */
    static Site site() {
        return Site.parse("""
                defaults {
                	find_multipaths on
                	polling_interval 2
                	max_polling_interval 4
                	checker_timeout 10
                }
                overrides {
                	path_checker tur
                	prio const
                	path_grouping_policy group_by_prio
                	path_selector "service-time 0"
                	failback manual
                	no_path_retry queue
                	skip_kpartx yes
                }
                """);
    }

    private static ArrayPort port(int controller, String fabric, int core) {
        return new ArrayPort(controller, new Plug(fabric, core));
    }
}
