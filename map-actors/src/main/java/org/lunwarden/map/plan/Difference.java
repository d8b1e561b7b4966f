package org.lunwarden.map.plan;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.lunwarden.model.DevT;
import org.lunwarden.model.dm.MultipathTable;
import org.lunwarden.model.dm.PathSelector;

/**
 * In what a kernel's table differs from a wanted one, in meaning: the kernel orders feature words its own way, tells the
 * running hardware handler, adds what a path's arguments leave out, and puts the next group for the initial one.
 * {@code queue_if_no_path} and the initial group are left to messages.
 */
public enum Difference {
    /** Other paths. */
    MEMBERS,
    /** Other paths together in a group. */
    GROUPS,
    SELECTOR,
    FEATURES,
    /** A hardware handler is wanted and none is attached; an attached one stays, as the kernel keeps it. */
    HANDLER,
    /** Told of the device and not of its table. */
    READ_ONLY;

    private static final Set<String> PAIRS = Set.of("pg_init_retries", "pg_init_delay_msecs", "queue_mode");

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param placed which paths count when groups are compared */
    static EnumSet<Difference> between(MultipathTable kernel, MultipathTable wanted, Predicate<DevT> placed) {
        var differences = EnumSet.noneOf(Difference.class);
        if (!members(kernel).equals(members(wanted))) {
            differences.add(MEMBERS);
        }
        if (!partition(kernel, placed).equals(partition(wanted, placed))) {
            differences.add(GROUPS);
        }
        if (!features(kernel).equals(features(wanted))) {
            differences.add(FEATURES);
        }
        if (!wanted.hardwareHandler().isEmpty() && kernel.hardwareHandler().isEmpty()) {
            differences.add(HANDLER);
        }
        if (!wanted.groups().isEmpty()
                && kernel.groups().stream()
                        .anyMatch(group -> !fits(group, wanted.groups().getFirst()))) {
            differences.add(SELECTOR);
        }
        return differences;
    }

    private static Set<DevT> members(MultipathTable table) {
        return table.groups().stream()
                .flatMap(group -> group.paths().stream())
                .map(MultipathTable.Path::device)
                .collect(Collectors.toSet());
    }

    private static Set<Set<DevT>> partition(MultipathTable table, Predicate<DevT> placed) {
        var partition = new HashSet<Set<DevT>>();
        for (var group : table.groups()) {
            var devices = group.paths().stream()
                    .map(MultipathTable.Path::device)
                    .filter(placed)
                    .collect(Collectors.toSet());
            if (!devices.isEmpty()) {
                partition.add(devices);
            }
        }
        return partition;
    }

    private static boolean fits(MultipathTable.Group kernel, MultipathTable.Group wanted) {
        var args = wanted.paths().isEmpty()
                ? List.<String>of()
                : wanted.paths().getFirst().args();
        return fits(kernel.selector(), wanted.selector())
                && kernel.paths().stream()
                        .allMatch(path -> path.args().size() >= args.size()
                                && path.args().subList(0, args.size()).equals(args));
    }

    private static boolean fits(PathSelector kernel, PathSelector wanted) {
        return kernel.name().equals(wanted.name())
                && (wanted.args().isEmpty() || kernel.args().equals(wanted.args()));
    }

    /** Feature words with their values, without those that messages change, that are always so, or that are usual. */
    private static Map<String, String> features(MultipathTable table) {
        var features = new TreeMap<String, String>();
        for (var words = table.features().iterator(); words.hasNext(); ) {
            var word = words.next();
            features.put(word, PAIRS.contains(word) && words.hasNext() ? words.next() : "");
        }
        features.remove(KernelMap.QUEUE_WORD);
        features.remove("retain_attached_hw_handler");
        features.remove("pg_init_retries", "0");
        features.remove("queue_mode", "rq");
        features.remove("queue_mode", "mq");
        return features;
    }
}
