package org.lunwarden.model.dm;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.lunwarden.model.DevT;

/**
 * The parameters of one {@code multipath} target: what the owner of a map loads.
 *
 * @param features words such as {@code queue_if_no_path}
 * @param hardwareHandler words such as {@code alua}; empty for the kernel's choice
 * @param initialGroup 1-based number of the group to use first; 0 only when there is no group
 */
public record MultipathTable(
        List<String> features, List<String> hardwareHandler, int initialGroup, List<Group> groups) {

    public MultipathTable {
        features = List.copyOf(features);
        hardwareHandler = List.copyOf(hardwareHandler);
        groups = List.copyOf(groups);
    }

    /** All paths of the table. */
    public Set<DevT> devices() {
        return groups.stream()
                .flatMap(group -> group.paths().stream())
                .map(Path::device)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Paths of equal standing and how one is picked among them. */
    public record Group(PathSelector selector, List<Path> paths) {
        public Group {
            paths = List.copyOf(paths);
        }
    }

    /** @param args selector arguments of this path; the reference always gives the repeat count {@code 1} */
    public record Path(DevT device, List<String> args) {
        public Path {
            args = List.copyOf(args);
        }
    }
}
