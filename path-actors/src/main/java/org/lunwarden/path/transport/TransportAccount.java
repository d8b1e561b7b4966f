package org.lunwarden.path.transport;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.io.DiskControl.Attribute;

/**
 * What becomes of the timeouts that are wanted of the transport under a disk, a sentence each. Made of the plan by which they
 * are set. Pure.
 */
record TransportAccount(List<String> lines) {

    TransportAccount {
        lines = List.copyOf(lines);
    }

    /** @param current the attributes that were read */
    static TransportAccount of(TimeoutPlan plan, Map<Attribute, String> current) {
        var then = new EnumMap<Attribute, String>(Attribute.class);
        then.putAll(current);
        plan.writes().forEach(write -> then.put(write.attribute(), write.value()));
        var values = then.keySet().stream()
                .map(attribute -> value(attribute, current.getOrDefault(attribute, ""), then))
                .collect(Collectors.joining(", "));
        return new TransportAccount(Stream.concat(
                        plan.remarks().stream(),
                        values.isEmpty() ? Stream.of() : Stream.of("the daemon keeps in sysfs: " + values))
                .toList());
    }

    private static String value(Attribute attribute, String now, Map<Attribute, String> then) {
        var value = then.getOrDefault(attribute, "");
        return attribute.word() + " " + value
                + (value.equals(now) ? "" : now.isEmpty() ? " (not read now)" : " (" + now + " now)");
    }
}
