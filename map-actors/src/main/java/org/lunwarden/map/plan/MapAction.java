package org.lunwarden.map.plan;

import java.util.List;
import java.util.Set;

import org.lunwarden.model.DevT;

/** What is to be done about a map: one thing at a time. */
public sealed interface MapAction {

    /** Whether it gives a map that is there another table, of which the kernel uses every path. */
    default boolean loadsAnew() {
        return this instanceof Reload || this instanceof Resize;
    }

    /** The kernel's word for not using a path any more. */
    static String failPath(DevT path) {
        return "fail_path " + path;
    }

    /** Whether it tells the kernel not to use a path. */
    default boolean fails(DevT path) {
        return switch (this) {
            case Tell(var messages) -> messages.contains(failPath(path));
            case Create(var wanted, var name) -> wanted.unusedPaths().contains(path);
            case Reload(var wanted, var why) -> wanted.unusedPaths().contains(path);
            case Resize(var wanted, var from) -> wanted.unusedPaths().contains(path);
            default -> false;
        };
    }

    /** @param why something that could be done is not; empty when nothing is to be done */
    record Nothing(String why) implements MapAction {

        public Nothing() {
            this("");
        }
    }

    /** See what the kernel has. */
    record Look() implements MapAction {}

    record Create(WantedMap wanted, String name) implements MapAction {}

    /** @param why what differed, for the log */
    record Reload(WantedMap wanted, String why) implements MapAction {

        /** Why, when nothing differs. */
        static final String ASKED = "an operator's word";

        /** Why, when udev's database lacks what its rules make of a map. */
        static final String MISSED = "udev does not have it as ready";

        /** Whether it is done though nothing differs, and so may change nothing. */
        public boolean isAsked() {
            return why.equals(ASKED);
        }

        /** Whether udev is to deal with it as with a new map, and not as with one that it knows. */
        public boolean isNewsToUdev() {
            return why.contains(MISSED);
        }
    }

    /** A reload to another size: I/O beyond a new end must have ended first. */
    record Resize(WantedMap wanted, long fromSectors) implements MapAction {}

    /** Our map under a name that is not its own. */
    record Rename(String from, String to) implements MapAction {}

    /** Someone stopped between suspend and resume: start it again, with the table that was to come. */
    record Resume() implements MapAction {}

    /** @param messages for the target, for example {@code fail_path 8:16} */
    record Tell(List<String> messages) implements MapAction {

        /** To device-mapper itself, of the map and its partitions: they are not removed with their last close. */
        public static final String STAY = "@cancel_deferred_remove";

        private static final String REINSTATE = "reinstate_path ";

        public Tell {
            messages = List.copyOf(messages);
        }

        /** Whether a path comes into use. */
        public boolean reinstates() {
            return messages.stream().anyMatch(message -> message.startsWith(REINSTATE));
        }

        public boolean reinstates(DevT path) {
            return messages.contains(REINSTATE + path);
        }
    }

    /** @param group 1-based */
    record SwitchGroup(int group) implements MapAction {}

    /**
     * No paths are left.
     *
     * @param deferred while somebody has it open, it is to go with the last close
     */
    record Remove(boolean deferred) implements MapAction {}

    /** Have what stands on these paths of the map stand on the map ({@code reassign_maps}), beside what else is done to it. */
    record Reassign(Set<DevT> paths) implements MapAction {

        public Reassign {
            paths = Set.copyOf(paths);
        }
    }

    /** Nothing can be done, and why. */
    record Reject(String reason) implements MapAction {}
}
