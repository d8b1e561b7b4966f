package org.lunwarden.io.simulated;

import java.util.ArrayList;
import java.util.Locale;

import org.lunwarden.io.simulated.SanBuilder.ArrayPort;
import org.lunwarden.io.simulated.SanBuilder.Plug;

/**
 * A SAN as it is often built: two fabrics {@code A} and {@code B}, each with core switches (domains 1, 2, …) for arrays
 * and edge switches (domains 11, 12, …) for hosts, every edge joined to every core. Arrays have two controllers with two
 * ports a fabric, hosts {@code h001}, {@code h002}, … one port a fabric: eight paths to each LUN.
 */
public record CoreEdge(int hosts, int edges, int cores, int arrays, int lunsPerArray, long lunSectors) {

    /** Twelve hosts, two edges and two cores a fabric, two arrays with two LUNs of 1 GiB each. */
    public static final CoreEdge SMALL = new CoreEdge(12, 2, 2, 2, 2, 2 * 1024 * 1024);

    public SanBuilder layout() {
        var san = new SanBuilder();
        for (var fabric : new String[] {"A", "B"}) {
            var domains = new int[cores + edges];
            for (var i = 0; i < domains.length; i++) {
                domains[i] = i < cores ? i + 1 : 11 + i - cores;
            }
            san.fabric(fabric, domains);
            for (var edge = 0; edge < edges; edge++) {
                for (var core = 0; core < cores; core++) {
                    san.isl(fabric, core + 1, 11 + edge);
                }
            }
        }
        for (var array = 0; array < arrays; array++) {
            var ports = new ArrayList<ArrayPort>();
            for (var controller = 1; controller <= 2; controller++) {
                for (var port = 0; port < 2; port++) {
                    ports.add(new ArrayPort(controller, new Plug("A", port % cores + 1)));
                    ports.add(new ArrayPort(controller, new Plug("B", port % cores + 1)));
                }
            }
            san.array("array" + (array + 1), ports, lunsPerArray, lunSectors);
        }
        for (var host = 0; host < hosts; host++) {
            var edge = 11 + host % edges;
            san.host(String.format(Locale.ROOT, "h%03d", host + 1), new Plug("A", edge), new Plug("B", edge));
        }
        return san;
    }
}
