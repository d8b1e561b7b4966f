package org.lunwarden.map;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.model.DevT;

/** The table of a dm device that stands on paths of a map, and the same one on the map. Pure. */
final class StackedTable {

    /** Targets that keep nothing of their own in what they are loaded with: a second one takes over from the first. */
    private static final Set<String> MOVABLE = Set.of("linear", "striped", "crypt");

    private static final Pattern BLANK = Pattern.compile(" ");

    private StackedTable() {}

    /** The paths on which it stands. */
    static Set<DevT> paths(List<Target> table, Set<DevT> paths) {
        return table.stream().flatMap(target -> named(target, paths)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The type of a target that stands on a path and cannot be moved; empty when there is none. */
    static Optional<String> immovable(List<Target> table, Set<DevT> paths) {
        return table.stream()
                .filter(target -> !MOVABLE.contains(target.type()))
                .filter(target -> named(target, paths).findAny().isPresent())
                .map(Target::type)
                .findFirst();
    }

    /** The table with the map in place of its paths; all else stays as it is, blanks included. */
    static List<Target> onto(DevT map, List<Target> table, Set<DevT> paths) {
        return table.stream()
                .map(target -> new Target(
                        target.startSector(),
                        target.sectors(),
                        target.type(),
                        BLANK.splitAsStream(target.parameters())
                                .map(word ->
                                        DevT.parse(word).filter(paths::contains).isPresent() ? map.toString() : word)
                                .collect(Collectors.joining(" "))))
                .toList();
    }

    private static Stream<DevT> named(Target target, Set<DevT> paths) {
        return BLANK.splitAsStream(target.parameters())
                .flatMap(word -> DevT.parse(word).stream())
                .filter(paths::contains);
    }
}
