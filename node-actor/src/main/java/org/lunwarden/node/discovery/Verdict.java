package org.lunwarden.node.discovery;

import org.lunwarden.model.Wwid;

/** Whether a disk is taken as a path, and why. */
public sealed interface Verdict {

    /** One word for a reason, the same in every listing. */
    String word();

    /** The reason in full. */
    String reason();

    record Taken(Wwid wwid, Grounds grounds) implements Verdict {
        @Override
        public String word() {
            return grounds.word;
        }

        @Override
        public String reason() {
            return grounds.reason;
        }
    }

    /** @param reason says more than the obstacle's word where there is more to say, such as who holds the disk */
    record Left(Obstacle obstacle, String reason) implements Verdict {
        @Override
        public String word() {
            return obstacle.word;
        }
    }

    enum Grounds {
        MAP_EXISTS("map-exists", "the kernel has a multipath map of its WWID"),
        SECOND_PATH("second-path", "another free path has its WWID"),
        SISTER_TAKEN("sister-taken", "a path of its WWID is taken already"),
        REMEMBERED("remembered", "its WWID has had a map on this host"),
        KEPT("kept", "it is a path already, though it is blacklisted now"),
        ANY("any-disk", "find_multipaths takes every disk");

        private final String word;
        private final String reason;

        Grounds(String word, String reason) {
            this.word = word;
            this.reason = reason;
        }
    }

    enum Obstacle {
        BLACKLISTED("blacklisted"),
        NO_SCSI_ADDRESS("no-address"),
        NATIVE("native-multipath"),
        NO_SIZE("no-size"),
        USB("usb"),
        NO_UDEV("no-udev"),
        NO_WWID("no-wwid"),
        HELD("held"),
        LOCKED("locked"),
        HELD_BY_MAP("held-by-map"),
        SISTER_HELD("sister-held"),
        SISTER_UNREAD("sister-unread"),
        ONLY_PATH("only-path"),
        UNKNOWN_WWID("unknown-wwid");

        private final String word;

        Obstacle(String word) {
            this.word = word;
        }
    }
}
