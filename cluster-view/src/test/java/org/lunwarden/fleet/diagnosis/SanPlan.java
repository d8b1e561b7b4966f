package org.lunwarden.fleet.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/**
 * A core-edge SAN for tests: two fabrics; in each, hosts sit on edge switches and target ports on core switches; each
 * host has one HBA port in each fabric and sees {@code arraysPerHost} arrays of two controllers through two ports per
 * controller and fabric, one on each of two cores.
 */
public record SanPlan(List<Row> rows) {

    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    /** One nexus with all that it crosses. */
    public record Row(HostId host, Nexus nexus, List<Component> components) {
        public boolean crosses(Component component) {
            return components.contains(component);
        }
    }

    public static SanPlan coreEdge(int hosts, int edgesPerFabric, int arrays, int arraysPerHost) {
        var rows = new ArrayList<Row>();
        for (var h = 0; h < hosts; h++) {
            for (var fabric : List.of("A", "B")) {
                var edge = 10 + h % edgesPerFabric;
                for (var k = 0; k < arraysPerHost; k++) {
                    var array = (h / edgesPerFabric + k) % arrays;
                    for (var controller = 0; controller < 2; controller++) {
                        for (var port = 0; port < 2; port++) {
                            rows.add(row(h, fabric, edge, array, controller, port));
                        }
                    }
                }
            }
        }
        return new SanPlan(List.copyOf(rows));
    }

    private static Row row(int h, String fabric, int edge, int array, int controller, int port) {
        var host = "h%05d".formatted(h);
        var initiator = "10%s%012x".formatted(fabric.toLowerCase(Locale.ROOT), h);
        var target = "50%s%08d%d%d".formatted(fabric.toLowerCase(Locale.ROOT), array, controller, port);
        var core = 1 + port;
        var components = new TreeSet<Component>(List.of(
                new Component(ComponentClass.HOST, host),
                new Component(ComponentClass.HBA_PORT, initiator),
                new Component(ComponentClass.HBA_FIRMWARE, h % 3 == 0 ? "lpfc/14.2" : "qla2xxx/9.1"),
                new Component(ComponentClass.SWITCH, fabric + "/" + edge),
                new Component(ComponentClass.SWITCH, fabric + "/" + core),
                new Component(ComponentClass.ISL, fabric + "/" + core + "-" + edge),
                new Component(ComponentClass.TARGET_PORT, target),
                new Component(ComponentClass.CONTROLLER, "arr" + array + "/" + controller),
                new Component(ComponentClass.ARRAY, "arr" + array),
                new Component(ComponentClass.FABRIC, fabric)));
        return new Row(new HostId(host), new Nexus(initiator, target), List.copyOf(components));
    }

    public static Component component(ComponentClass kind, String id) {
        return new Component(kind, id);
    }

    /** Every component of the plan, sorted. */
    public Set<Component> components() {
        var all = new TreeSet<Component>();
        rows.forEach(row -> all.addAll(row.components()));
        return all;
    }

    /** Observations when these components fail hard and all others are well. */
    public List<Observation> failing(Component... broken) {
        return observed(row -> List.of(broken).stream().anyMatch(row::crosses));
    }

    public List<Observation> observed(Predicate<Row> isDown) {
        return rows.stream()
                .map(row -> observation(row, isDown.test(row) ? NexusState.DOWN : NexusState.UP))
                .toList();
    }

    /** Each nexus through a component fails with its share. */
    public List<Observation> failing(Map<Component, Double> shares, Random random) {
        return observed(row -> row.components().stream()
                .mapToDouble(component -> shares.getOrDefault(component, 0.0))
                .anyMatch(share -> share > 0 && random.nextDouble() < share));
    }

    public static Observation observation(Row row, NexusState state) {
        return new Observation(
                row.host(),
                row.nexus(),
                row.components(),
                state,
                16,
                state == NexusState.DOWN ? 16 : state == NexusState.PARTIAL ? 5 : 0,
                START,
                Duration.ofMillis(300));
    }

    public static Observation with(Observation row, NexusState state) {
        return new Observation(
                row.host(),
                row.nexus(),
                row.components(),
                state,
                row.paths(),
                state == NexusState.DOWN ? row.paths() : 0,
                row.changedAt(),
                row.age());
    }

    public static Observation aged(Observation row, Duration age) {
        return new Observation(
                row.host(),
                row.nexus(),
                row.components(),
                row.state(),
                row.paths(),
                row.failed(),
                row.changedAt(),
                age);
    }

    public static List<Component> named(Verdict verdict) {
        return verdict.findings().stream()
                .filter(finding -> finding.kind() == Finding.Kind.FAULT && finding.isNamed())
                .map(finding -> finding.first().component())
                .toList();
    }
}
