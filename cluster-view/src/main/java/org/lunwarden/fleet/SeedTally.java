package org.lunwarden.fleet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the seeds that are views have said to one question so far. Pure.
 *
 * @param yes addresses of those that did as they were asked
 * @param no those that could not, and why, in words
 */
record SeedTally(List<MemberAddress> seeds, Set<String> yes, SortedMap<String, String> no) {

    SeedTally {
        seeds = List.copyOf(seeds);
        yes = Collections.unmodifiableSet(new TreeSet<>(yes));
        no = Collections.unmodifiableSortedMap(new TreeMap<>(no));
    }

    static SeedTally of(List<MemberAddress> seeds) {
        return new SeedTally(seeds, Set.of(), Collections.emptySortedMap());
    }

    SeedTally did(String seed) {
        var all = new TreeSet<>(yes);
        all.add(seed);
        return new SeedTally(seeds, all, no);
    }

    SeedTally couldNot(String seed, String why) {
        var all = new TreeMap<>(no);
        all.put(seed, why);
        return new SeedTally(seeds, yes, all);
    }

    boolean areMost() {
        return areMost(yes);
    }

    /** None of no seeds is nobody's word. */
    private boolean areMost(Set<String> some) {
        return !seeds.isEmpty() && Membership.areMost(some, seeds);
    }

    /** Whether they could still become most. */
    boolean canBeMost() {
        var left = names();
        left.removeAll(no.keySet());
        return areMost(left);
    }

    /** Those that have said nothing. */
    List<MemberAddress> silent() {
        return seeds.stream()
                .filter(seed -> !yes.contains(seed.toString()) && !no.containsKey(seed.toString()))
                .toList();
    }

    /** Who is missing, in words. */
    String missing() {
        if (seeds.isEmpty()) {
            return "no seed: none of them is a view";
        }
        var words = new ArrayList<String>();
        no.forEach((seed, why) -> words.add(seed + ": " + why));
        silent().forEach(seed -> words.add(seed + ": no answer"));
        var here = names();
        here.retainAll(yes);
        return "only " + here.size() + " of " + names().size() + " seeds (" + String.join(", ", words) + ")";
    }

    private Set<String> names() {
        return seeds.stream().map(MemberAddress::toString).collect(Collectors.toCollection(TreeSet::new));
    }
}
