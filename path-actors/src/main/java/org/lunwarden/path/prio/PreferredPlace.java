package org.lunwarden.path.prio;

import java.util.Optional;
import java.util.regex.Pattern;

import org.lunwarden.io.Disk;
import org.lunwarden.model.map.Priority;

/**
 * The prioritizers that are told which place is preferred.
 *
 * <pre>
 * iet       preferredip=ADDRESS    20 where udev's path id of the disk has that portal, else 10; 0 without an address
 * datacore  preferredsds=NAME      1 where the INQUIRY data name that server, else 0
 * </pre>
 */
final class PreferredPlace {

    private static final Pattern ADDRESS = Pattern.compile("\\s*preferredip=(\\S{7,45})\\s*");
    private static final Pattern SERVER =
            Pattern.compile("\\s*(?:timeout=\\d{1,9}\\s+)?preferredsds=(\\S{2,64})(?:\\s+timeout=\\d{1,9})?\\s*");

    private PreferredPlace() {}

    static Priority iet(String args, Disk disk) {
        var matcher = ADDRESS.matcher(args);
        if (!matcher.matches()) {
            return new Priority(0);
        }
        var pathId = disk.udev().getOrDefault("ID_PATH", "");
        return new Priority(pathId.startsWith("ip-" + matcher.group(1) + ":") ? 20 : 10);
    }

    /** The server that is preferred; empty when the arguments name none. */
    static Optional<String> server(String args) {
        var matcher = SERVER.matcher(args);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
