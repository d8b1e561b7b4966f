package org.lunwarden.map.features;

import java.util.Optional;

/** How the kernel's target takes I/O ({@code queue_mode}, Linux drivers/md/dm-mpath.c). */
public enum QueueMode {
    /** What the kernel takes for itself: nothing is said of it. */
    UNSET,
    BIO,
    /** Request based; {@code mq} means the same. */
    RQ;

    /** What a word of the feature means; empty when the kernel knows no such mode. */
    static Optional<QueueMode> parse(String word) {
        return switch (word) {
            case "bio" -> Optional.of(BIO);
            case "rq", "mq" -> Optional.of(RQ);
            default -> Optional.empty();
        };
    }
}
