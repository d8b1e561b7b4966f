package org.lunwarden.conf.blacklist;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

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
                distinct(devnode, more.devnode, Rule.Matching::saysTheSame),
                distinct(wwid, more.wwid, Rule.Matching::saysTheSame),
                distinct(property, more.property, Rule.Matching::saysTheSame),
                distinct(protocol, more.protocol, Rule.Matching::saysTheSame),
                distinct(device, more.device, Rule.Device::saysTheSame));
    }

    private static <T> List<T> distinct(List<T> first, List<T> more, BiPredicate<T, T> saysTheSame) {
        var all = new ArrayList<>(first);
        for (var rule : more) {
            if (all.stream().noneMatch(known -> saysTheSame.test(known, rule))) {
                all.add(rule);
            }
        }
        return all;
    }
}
