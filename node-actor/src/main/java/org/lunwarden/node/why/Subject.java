package org.lunwarden.node.why;

import java.util.Optional;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.discovery.Candidates;

/**
 * What somebody asks about: a disk by its name, its node, its SCSI address or its number; a map by its name, its WWID, its
 * dm name or its number.
 */
public record Subject(String text) {

    private static final String FOLDER = "/dev/";

    /** The disk that is meant, be it a path or not; empty when the host has none that is called so. */
    public Optional<DeviceName> disk(Candidates candidates) {
        var name = withoutFolder();
        return candidates.seen().values().stream()
                .filter(seen -> seen.disk().name().value().equals(name)
                        || Hctl.parse(text)
                                .flatMap(at -> seen.disk().hctl().filter(at::equals))
                                .isPresent()
                        || Optional.of(seen.disk().device()).equals(DevT.parse(text)))
                .map(seen -> seen.disk().name())
                .findFirst()
                .or(() -> candidates.unread().keySet().stream()
                        .filter(unread -> unread.value().equals(name))
                        .findFirst());
    }

    /** Whether that map is meant. */
    public boolean isOf(MapTopology map) {
        var name = withoutFolder();
        return map.name().equals(name)
                || map.wwid().value().equals(text)
                || map.device().value().equals(name);
    }

    private String withoutFolder() {
        var mapper = FOLDER + "mapper/";
        if (text.startsWith(mapper)) {
            return text.substring(mapper.length());
        }
        return text.startsWith(FOLDER) ? text.substring(FOLDER.length()) : text;
    }
}
