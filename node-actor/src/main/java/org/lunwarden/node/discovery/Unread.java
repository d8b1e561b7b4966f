package org.lunwarden.node.discovery;

import java.util.Optional;

import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;

/**
 * A disk that is there and could not be read.
 *
 * @param device empty for one that came after all disks were listed, or of which the kernel did not tell it
 * @param identified as it is without being opened; empty when not even that is known
 */
public record Unread(Optional<DevT> device, Optional<Sighting> identified) {

    /** Whether it may be a path of that map. */
    boolean mayBePathOf(Wwid map) {
        return identified.isEmpty()
                || identified.get().wwid().filter(map::equals).isPresent();
    }
}
