package org.lunwarden.node.topology;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.lunwarden.model.Nexus;

/**
 * What is known of each nexus, kept from when it was up: of a nexus that is down sysfs tells less or nothing, and then
 * it matters most.
 */
public record NexusMemory(Map<Nexus, NexusFacts> known) {

    public static final NexusMemory EMPTY = new NexusMemory(Map.of());

    public NexusMemory {
        known = Map.copyOf(known);
    }

    /** Whole facts replace what was known; others are better than none, never better than whole ones. */
    public NexusMemory learn(NexusFacts facts) {
        var before = known.get(facts.nexus());
        if (before != null && (before.equals(facts) || (before.whole() && !facts.whole()))) {
            return this;
        }
        var next = new TreeMap<>(known);
        next.put(facts.nexus(), facts);
        return new NexusMemory(next);
    }

    public Optional<NexusFacts> of(Nexus nexus) {
        return Optional.ofNullable(known.get(nexus));
    }
}
