package org.lunwarden.fleet.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.lunwarden.model.fleet.HostId;

/**
 * What peers have in common. Each host weighs the same, however many maps it has.
 *
 * @param value empty when they have nothing in common, or are too few
 * @param agreeing how many have it
 * @param why there is none; empty otherwise
 */
record Norm<T>(Optional<T> value, int peers, int agreeing, String why) {

    private static final double ROUNDING = 1e-9;

    /** What is seen of peers. */
    static final class Votes<T extends Comparable<T>> {
        private final Map<HostId, List<T>> byHost = new TreeMap<>();

        void add(HostId host, T value) {
            byHost.computeIfAbsent(host, any -> new ArrayList<>()).add(value);
        }

        Norm<T> norm(AuditSettings settings) {
            var weights = new TreeMap<T, Double>();
            var counts = new TreeMap<T, Integer>();
            for (var values : byHost.values()) {
                for (var value : values) {
                    weights.merge(value, 1.0 / values.size(), Double::sum);
                    counts.merge(value, 1, Integer::sum);
                }
            }
            var peers = counts.values().stream().mapToInt(Integer::intValue).sum();
            var first = weights.entrySet().stream().max(Map.Entry.comparingByValue());
            if (first.isEmpty()) {
                return new Norm<>(Optional.empty(), 0, 0, "there is none to compare with");
            }
            var value = first.get().getKey();
            var agreeing = counts.getOrDefault(value, 0);
            if (first.get().getValue() < byHost.size() * settings.share() - ROUNDING) {
                var seen = counts.entrySet().stream()
                        .map(one -> one.getKey() + " at " + one.getValue())
                        .collect(Collectors.joining(", "));
                return new Norm<>(Optional.empty(), peers, agreeing, "peers do not agree: " + seen);
            }
            return agreeing < settings.peers()
                    ? new Norm<>(Optional.empty(), peers, agreeing, "there are too few peers to compare with")
                    : new Norm<>(Optional.of(value), peers, agreeing, "");
        }
    }

    String inWords() {
        return agreeing + " of " + peers + " peers";
    }
}
