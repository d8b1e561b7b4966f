package org.lunwarden.path.prio;

import java.util.regex.Pattern;

import org.lunwarden.io.Disk;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.settings.PrioArguments;

/**
 * The prioritizers that are told which place is preferred.
 *
 * <pre>
 * iet       preferredip=ADDRESS    20 where udev's path id of the disk has that portal, else 10; 0 without an address
 * datacore  preferredsds=NAME      1 where the INQUIRY data name that server, else 0
 * </pre>
 */
final class PreferredPlace {

    private PreferredPlace() {}

    static Priority iet(String args, Disk disk) {
        var pathId = disk.udev().getOrDefault("ID_PATH", "");
        return PrioArguments.portal(args)
                .map(address -> new Priority(hasPortal(pathId, address) ? 20 : 10))
                .orElseGet(() -> new Priority(0));
    }

    /** {@code ip-ADDRESS:PORT-}, behind what udev says of the adapter, where it says anything. */
    private static boolean hasPortal(String pathId, String address) {
        return Pattern.compile("(?:^|-)ip-" + Pattern.quote(address) + ":\\d+-")
                .matcher(pathId)
                .find();
    }
}
