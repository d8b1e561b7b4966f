package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

import org.lunwarden.model.fleet.NexusState;

/** Rows of a small core-edge SAN, to be broken and told in any order. */
record Fleet(List<Row> rows) {

    static final long ONSET = 1_760_000_000_000L;
    static final RowReading UP = new RowReading(NexusState.UP, 0, ONSET - 86_400_000, ONSET + 60_000);
    static final RowReading DOWN = new RowReading(NexusState.DOWN, 1, ONSET, ONSET + 60_000);

    record Row(int host, String initiator, String target, List<ComponentName> components) {
        boolean crosses(String kind, String id) {
            return components.contains(new ComponentName(kind, id));
        }
    }

    static Fleet of(int hosts) {
        var rows = new ArrayList<Row>();
        for (var host = 0; host < hosts; host++) {
            for (var fabric : List.of("A", "B")) {
                for (var k = 0; k < 8; k++) {
                    rows.add(row(host, fabric, (host / 8 + k / 4) % 6, k % 2, k / 2 % 2));
                }
            }
        }
        return new Fleet(List.copyOf(rows));
    }

    private static Row row(int host, String fabric, int array, int controller, int port) {
        var initiator = "i" + fabric + host;
        var target = "t%s%d%d%d".formatted(fabric, array, controller, port);
        var edge = 10 + host % 6;
        return new Row(
                host,
                initiator,
                target,
                List.of(
                        new ComponentName("host", host(host)),
                        new ComponentName("hbaPort", initiator),
                        new ComponentName("hbaFirmware", host % 3 == 0 ? "lpfc/1" : "qla/2"),
                        new ComponentName("initiatorSwitch", fabric + "/" + edge),
                        new ComponentName("targetSwitch", fabric + "/" + (1 + port)),
                        new ComponentName("isl", fabric + "/" + edge + "-" + (1 + port)),
                        new ComponentName("targetPort", target),
                        new ComponentName("controller", array + "/" + controller),
                        new ComponentName("array", "arr" + array),
                        new ComponentName("fabric", fabric)));
    }

    static String host(int host) {
        return "h%03d".formatted(host);
    }

    /** Another naming of what rows cross. */
    Fleet named(Function<Row, List<ComponentName>> naming) {
        return new Fleet(rows.stream()
                .map(row -> new Row(row.host, row.initiator, row.target, naming.apply(row)))
                .toList());
    }

    RiskIndex read(Function<Row, RowReading> reading) {
        return read(reading, rows);
    }

    RiskIndex shuffled(Function<Row, RowReading> reading, long seed) {
        var order = new ArrayList<>(rows);
        Collections.shuffle(order, new Random(seed));
        return read(reading, order);
    }

    RiskIndex failing(Predicate<Row> isDown) {
        return read(row -> isDown.test(row) ? DOWN : UP);
    }

    private static RiskIndex read(Function<Row, RowReading> reading, List<Row> order) {
        var builder = new RiskIndexBuilder();
        for (var row : order) {
            var numbers = row.components.stream().mapToInt(builder::component).toArray();
            builder.add(host(row.host), row.initiator, row.target, numbers, numbers.length, reading.apply(row));
        }
        return builder.build();
    }

    static List<String> names(RiskIndex index, Localized verdict) {
        return verdict.causes().stream()
                .map(cause -> index.component(cause.first().component()).toString())
                .toList();
    }

    /** All that a verdict says, in words, so that two of them can be compared. */
    static List<String> told(RiskIndex index, Localized verdict) {
        return verdict.causes().stream()
                .map(cause -> index.component(cause.first().component()) + " "
                        + cause.first().equivalent().stream()
                                .map(index::component)
                                .toList() + " "
                        + cause.first().fraction() + " " + cause.first().confidence() + " " + cause.gap() + " "
                        + cause.members() + " " + cause.onset() + " "
                        + cause.runnerUp().map(other -> index.component(other.component())))
                .toList();
    }
}
