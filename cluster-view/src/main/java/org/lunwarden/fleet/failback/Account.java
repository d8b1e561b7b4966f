package org.lunwarden.fleet.failback;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/** What became of the LUNs of a wave that did not go through on all their hosts, in words. Pure. */
final class Account {

    private static final int MOST = 5;

    private final List<HostId> moved = new ArrayList<>();
    private final List<HostId> not = new ArrayList<>();
    private final List<HostId> unknown = new ArrayList<>();

    private Account() {}

    /** Empty where all is said by what was said before. */
    static String of(Round round) {
        return words(round, map -> true);
    }

    /** Of these LUNs those that are on their best group on some hosts and not on others; empty when there is none. */
    static String halfMoved(Round round, Set<Wwid> maps) {
        return words(round, maps::contains);
    }

    private static String words(Round round, Predicate<Wwid> isMeant) {
        var luns = new TreeMap<Wwid, Account>();
        round.awaited()
                .forEach(host -> round.steps()
                        .getOrDefault(host, List.of())
                        .forEach(map -> luns.computeIfAbsent(map, any -> new Account())
                                .unknown
                                .add(host)));
        round.outcomes()
                .forEach((host, outcomes) -> outcomes.forEach(outcome -> {
                    var lun = luns.computeIfAbsent(outcome.wwid(), any -> new Account());
                    switch (outcome.move()) {
                        case SWITCHED, IN_PLACE -> lun.moved.add(host);
                        case READY, NOT_MOVED -> lun.not.add(host);
                        case UNKNOWN -> lun.unknown.add(host);
                    }
                }));
        var text = new StringBuilder();
        luns.entrySet().stream()
                .filter(lun -> isMeant.test(lun.getKey()) && lun.getValue().isUneven())
                .limit(MOST)
                .forEach(lun -> text.append("; map ")
                        .append(lun.getKey())
                        .append(lun.getValue().words()));
        return text.toString();
    }

    private boolean isUneven() {
        return !unknown.isEmpty() || (!moved.isEmpty() && !not.isEmpty());
    }

    private String words() {
        var parts = new ArrayList<String>();
        add(parts, "moved on ", moved);
        add(parts, "not on ", not);
        add(parts, "not known on ", unknown);
        return " " + String.join(", ", parts);
    }

    private static void add(List<String> parts, String words, List<HostId> hosts) {
        if (!hosts.isEmpty()) {
            parts.add(words + String.join(" ", hosts.stream().map(HostId::value).toList()));
        }
    }
}
