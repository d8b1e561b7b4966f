package org.lunwarden.fleet.sanloc;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.lunwarden.fleet.sanloc.Faults.Broken;
import org.lunwarden.fleet.sanloc.Faults.Relation;

/**
 * What is tried, and what it must reach.
 *
 * @param target of the exact rate, or of what {@code measure} names; 0 where none is set
 */
record Scenario(String name, Weather weather, Draw draw, Beside beside, String measure, double target) {

    Scenario(String name, Weather weather, Draw draw, String measure, double target) {
        this(name, weather, draw, Beside.NOTHING, measure, target);
    }

    /** Empty when the SAN has nothing that fits. */
    interface Draw {
        List<Broken> of(San san, SplittableRandom random);
    }

    private static final int LEAST_ROWS = 2;

    /** Of a fault in part, so many rows are to fail on average: one that nothing shows cannot be told. */
    private static final int LEAST_FAILED = 6;

    static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        all.add(hard("single hard", 1, Relation.ANY, Weather.FINE, 0.995));
        all.add(hard("double hard, any", 2, Relation.ANY, Weather.FINE, 0.98));
        all.add(hard("double hard, same class", 2, Relation.SAME_CLASS, Weather.FINE, 0.98));
        all.add(hard("double hard, same fabric", 2, Relation.SAME_FABRIC, Weather.FINE, 0.98));
        all.add(hard("double hard, opposite fabrics", 2, Relation.OPPOSITE, Weather.FINE, 0.98));
        all.add(hard("double hard, overlapping", 2, Relation.OVERLAPPING, Weather.FINE, 0.98));
        all.add(hard("triple hard", 3, Relation.ANY, Weather.FINE, 0.95));
        for (var fraction : new double[] {0.8, 0.5, 0.3, 0.2, 0.1, 0.05}) {
            var target = fraction >= 0.3 ? 0.99 : fraction == 0.1 ? 0.90 : 0;
            var measure = fraction >= 0.3 ? "exact" : "recall";
            all.add(partial("part of nexuses " + fraction, fraction, false, measure, target));
            all.add(partial("part of paths " + fraction, fraction, true, measure, target));
        }
        all.add(hard("single, noise 1e-3", 1, Relation.ANY, Weather.NOISY, 0));
        all.add(hard("single, 10 % silent 5 % stale noise", 1, Relation.ANY, Weather.BAD, 0.97));
        all.add(hard("double, 10 % silent 5 % stale noise", 2, Relation.ANY, Weather.BAD, 0.97));
        all.add(hard("single, clocks 5 s", 1, Relation.ANY, Weather.SKEWED, 0));
        all.add(hard("double, clocks 5 s", 2, Relation.ANY, Weather.SKEWED, 0));
        all.add(precise(hard("single, 5 % wrong inventory", 1, Relation.ANY, Weather.WRONG, 0.95)));
        all.add(precise(hard("double, 5 % wrong inventory", 2, Relation.ANY, Weather.WRONG, 0.95)));
        all.add(hard("single, a fifth cut off", 1, Relation.ANY, Weather.PARTITION, 0));
        all.add(hard("single, 30 % name no switch", 1, Relation.ANY, Weather.LACKING, 0));
        all.add(hard("single, all of these", 1, Relation.ANY, Weather.ALL, 0));
        all.add(new Scenario("mass reboot, 5 % of hosts", Weather.NOISY, Scenario::reboot, "exact", 0));
        all.add(new Scenario("one LUN of 16 unmapped", Weather.NOISY, Scenario::unmap, "exact", 0));
        all.add(beside("flapping", Weather.FINE, Beside.FLAPPING));
        all.add(new Scenario(
                "a switch, 3 % of its fabric late", Weather.NOISY, Scenario::aSwitch, Beside.CASCADE, "exact", 0));
        all.add(beside("single, 10 % taken down by operators", Weather.NOISY, Beside.ADMIN));
        all.add(beside("single, an array in maintenance", Weather.NOISY, Beside.MAINTENANCE));
        all.add(beside("single, 5 % of hosts reboot, known", Weather.NOISY, Beside.REBOOT));
        all.add(new Scenario("nothing, noise 1e-3", Weather.NOISY, (san, random) -> List.of(), "exact", 0));
        all.add(new Scenario("nothing, noise 1e-2", Weather.VERY_NOISY, (san, random) -> List.of(), "exact", 0));
        return all;
    }

    private static Scenario hard(String name, int count, Relation relation, Weather weather, double target) {
        return new Scenario(
                name, weather, (san, random) -> Faults.hard(san, count, relation, LEAST_ROWS, random), "exact", target);
    }

    private static Scenario beside(String name, Weather weather, Beside beside) {
        var plain = hard(name, 1, Relation.ANY, weather, 0);
        return new Scenario(name, weather, plain.draw, beside, "exact", 0);
    }

    private static List<Broken> aSwitch(San san, SplittableRandom random) {
        var switches = san.classes.entrySet().stream()
                .filter(one -> one.getKey().endsWith("Switch"))
                .flatMap(one -> one.getValue().stream())
                .filter(one -> san.through.getOrDefault(one, new int[0]).length >= LEAST_FAILED)
                .toList();
        return switches.isEmpty()
                ? List.of()
                : List.of(new Broken(switches.get(random.nextInt(switches.size())), 1, false));
    }

    private static Scenario precise(Scenario one) {
        return new Scenario(one.name, one.weather, one.draw, "precision", one.target);
    }

    private static Scenario partial(String name, double fraction, boolean byPath, String measure, double target) {
        return new Scenario(
                name,
                Weather.FINE,
                (san, random) -> Faults.partial(san, fraction, byPath, LEAST_FAILED, random),
                measure,
                target);
    }

    /** No one cause: each host by itself. */
    private static List<Broken> reboot(San san, SplittableRandom random) {
        return san.classes.getOrDefault("host", List.of()).stream()
                .filter(host -> random.nextInt(20) == 0)
                .map(host -> new Broken(host, 1, false))
                .toList();
    }

    /** One path of each row through an array: the array is the least that rows can tell. */
    private static List<Broken> unmap(San san, SplittableRandom random) {
        var arrays = san.classes.getOrDefault("array", List.of());
        return List.of(new Broken(arrays.get(random.nextInt(arrays.size())), 1.0 / Trial.PATHS, true));
    }

    /** Whether nothing is to be found. */
    boolean isQuiet() {
        return name.startsWith("nothing");
    }

    double reached(Marks marks) {
        return switch (measure) {
            case "precision" -> marks.precision();
            case "recall" -> marks.recall();
            default -> marks.exactRate();
        };
    }
}
