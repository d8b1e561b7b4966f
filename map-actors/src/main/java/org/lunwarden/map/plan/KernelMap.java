package org.lunwarden.map.plan;

import java.util.Optional;
import java.util.Set;

import org.lunwarden.model.DevT;
import org.lunwarden.model.dm.MultipathStatus;
import org.lunwarden.model.dm.MultipathTable;

/**
 * A map as the kernel has it.
 *
 * @param inactiveTable whether a table is loaded but not live
 * @param deferredRemove whether it goes with its last close
 * @param sizeSectors 512-byte sectors; 0 when no table is live
 * @param table without groups when no table is live
 */
public record KernelMap(
        String name,
        DevT device,
        boolean suspended,
        boolean readOnly,
        int openCount,
        boolean inactiveTable,
        boolean deferredRemove,
        long sizeSectors,
        MultipathTable table,
        MultipathStatus status) {

    static final String QUEUE_WORD = "queue_if_no_path";
    public static final String FAIL_WORD = "fail_if_no_path";

    /** All paths of the live table. */
    public Set<DevT> members() {
        return table.devices();
    }

    /** The live table as if it had never had those paths. */
    MultipathTable tableWithout(Set<DevT> paths) {
        var groups = table.groups().stream()
                .map(group -> new MultipathTable.Group(
                        group.selector(),
                        group.paths().stream()
                                .filter(path -> !paths.contains(path.device()))
                                .toList()))
                .filter(group -> !group.paths().isEmpty())
                .toList();
        return new MultipathTable(table.features(), table.hardwareHandler(), table.initialGroup(), groups);
    }

    /** Whether the kernel holds the path for good; empty when it does not know it. */
    public Optional<Boolean> active(DevT path) {
        for (var group : status.groups()) {
            for (var known : group.paths()) {
                if (known.device().equals(path)) {
                    return Optional.of(known.active());
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the kernel uses a path at all. */
    public boolean anyActive() {
        return status.groups().stream().flatMap(group -> group.paths().stream()).anyMatch(MultipathStatus.Path::active);
    }

    /** What the kernel is told so that I/O without a path is kept, or fails. */
    public static String queueingWord(boolean keep) {
        return keep ? QUEUE_WORD : FAIL_WORD;
    }

    /** Whether I/O that finds no path is kept. */
    public boolean queueing() {
        return table.features().contains(QUEUE_WORD);
    }
}
