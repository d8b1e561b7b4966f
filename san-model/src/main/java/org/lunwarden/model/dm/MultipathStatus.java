package org.lunwarden.model.dm;

import java.util.List;

import org.lunwarden.model.DevT;

/**
 * What the kernel says of one {@code multipath} target.
 *
 * @param queueIo whether I/O is being held back (first feature word)
 * @param pgInitCount second feature word
 * @param nextGroup 1-based number of the group that the next I/O uses; 0 when none is chosen
 */
public record MultipathStatus(
        int queueIo, int pgInitCount, List<String> hardwareHandler, int nextGroup, List<Group> groups) {

    public MultipathStatus {
        hardwareHandler = List.copyOf(hardwareHandler);
        groups = List.copyOf(groups);
    }

    /** State of a group, with the kernel's letter. */
    public enum GroupState {
        ACTIVE('A'),
        ENABLED('E'),
        DISABLED('D');

        private final char letter;

        GroupState(char letter) {
            this.letter = letter;
        }

        public char letter() {
            return letter;
        }
    }

    public record Group(GroupState state, List<String> selectorStatus, List<Path> paths) {
        public Group {
            selectorStatus = List.copyOf(selectorStatus);
            paths = List.copyOf(paths);
        }
    }

    /** @param active false when the kernel or the owner has failed the path */
    public record Path(DevT device, boolean active, int failCount, List<String> selectorStatus) {
        public Path {
            selectorStatus = List.copyOf(selectorStatus);
        }
    }
}
