package org.lunwarden.conf.blacklist;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The rules of a blacklist, or of its exceptions, in the order in which they were said; none is said twice. */
public record Rules(
        List<Rule.Matching> devnode,
        List<Rule.Matching> wwid,
        List<Rule.Matching> property,
        List<Rule.Matching> protocol,
        List<Rule.Device> device) {

    public static final Rules NONE = new Rules(List.of(), List.of(), List.of(), List.of(), List.of());

    public Rules {
        devnode = List.copyOf(devnode);
        wwid = List.copyOf(wwid);
        property = List.copyOf(property);
        protocol = List.copyOf(protocol);
        device = List.copyOf(device);
    }

    /** These rules, then those of the other that say something new. */
    public Rules and(Rules more) {
        return new Rules(
                distinct(devnode, more.devnode, Rule.Matching::said),
                distinct(wwid, more.wwid, Rule.Matching::said),
                distinct(property, more.property, Rule.Matching::said),
                distinct(protocol, more.protocol, Rule.Matching::said),
                distinct(device, more.device, Rule.Device::said));
    }

    private static <T> List<T> distinct(List<T> first, List<T> more, Function<T, ?> said) {
        var all = new LinkedHashMap<Object, T>();
        Stream.concat(first.stream(), more.stream()).forEach(rule -> all.putIfAbsent(said.apply(rule), rule));
        return List.copyOf(all.values());
    }
}
