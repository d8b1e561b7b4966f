package org.lunwarden.fleet.sanloc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.lunwarden.fleet.localization.ComponentName;
import org.lunwarden.fleet.localization.RiskIndex;
import org.lunwarden.fleet.localization.RiskIndexBuilder;
import org.lunwarden.fleet.localization.RowReading;
import org.lunwarden.model.fleet.NexusState;

/** A plan of hosts, ports and all that lies between, as it really is. Rows are numbered as in its index. */
final class San {

    private static final RowReading UNHEARD = new RowReading(NexusState.UNKNOWN, 0, 0, 0);

    record Row(String host, String initiator, String target, List<ComponentName> components) {}

    final List<Row> rows;

    /** Row -> number of its host. */
    final int[] host;

    final int hosts;

    /** Rows of each component, ascending. */
    final Map<ComponentName, int[]> through;

    /** Components by class, with at least one row. */
    final Map<String, List<ComponentName>> classes = new TreeMap<>();

    final RiskIndex index;

    San(List<Row> plan) {
        index = indexed(plan, Row::components);
        var byName = new HashMap<String, Row>();
        plan.forEach(row -> byName.put(row.host + ' ' + row.initiator + ' ' + row.target, row));
        rows = new ArrayList<>(plan.size());
        host = new int[plan.size()];
        var number = -1;
        var lists = new TreeMap<ComponentName, int[]>();
        var sizes = new HashMap<ComponentName, Integer>();
        for (var row = 0; row < plan.size(); row++) {
            number += row == 0 || !index.host(row).equals(index.host(row - 1)) ? 1 : 0;
            host[row] = number;
            var one = Objects.requireNonNull(
                    byName.get(index.host(row) + ' ' + index.initiator(row) + ' ' + index.target(row)));
            rows.add(one);
            for (var component : one.components) {
                var size = sizes.merge(component, 1, Integer::sum);
                var list = lists.computeIfAbsent(component, none -> new int[4]);
                if (size > list.length) {
                    list = Arrays.copyOf(list, 2 * size);
                    lists.put(component, list);
                }
                list[size - 1] = row;
            }
        }
        hosts = number + 1;
        lists.replaceAll((component, list) -> Arrays.copyOf(list, sizes.getOrDefault(component, 0)));
        through = lists;
        lists.keySet()
                .forEach(component -> classes.computeIfAbsent(component.kind(), none -> new ArrayList<>())
                        .add(component));
    }

    /** What a row says that it crosses. */
    interface Naming {
        List<ComponentName> of(Row row);
    }

    static RiskIndex indexed(List<Row> plan, Naming naming) {
        var builder = new RiskIndexBuilder();
        var numbers = new int[16];
        for (var row : plan) {
            var named = naming.of(row);
            for (var i = 0; i < named.size(); i++) {
                numbers[i] = builder.component(named.get(i));
            }
            builder.add(row.host, row.initiator, row.target, numbers, named.size(), UNHEARD);
        }
        return builder.build();
    }
}
