package org.lunwarden.path.prio;

import java.util.Optional;
import java.util.regex.Pattern;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.map.Priority;
import org.lunwarden.path.identity.TargetIdentity;

/**
 * The prioritizer {@code weightedpath}: the number beside the first expression that fits, 0 where none does.
 *
 * <pre>
 * args := kind (expression number)*
 * kind := "hbtl" | "devname" | "serial" | "wwn"     H:C:T:L; sdX; the unit's serial number; for FC the node and port
 *                                                   names of both ends, ours first, with colons between
 * </pre>
 *
 * <p>Of a number what stands before its first other character counts. Source: multipath.conf(5).
 */
final class WeightedPath {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,9}");

    private WeightedPath() {}

    static Priority of(String args, Disk disk, Expressions expressions) {
        var words = BLANKS.splitAsStream(args.strip()).toList();
        var text = text(words.getFirst(), disk);
        if (text.isPresent()) {
            for (var rule = 1; rule + 1 < words.size(); rule += 2) {
                if (expressions.find(words.get(rule), text.get())) {
                    return new Priority(number(words.get(rule + 1)));
                }
            }
        }
        return new Priority(0);
    }

    private static Optional<String> text(String kind, Disk disk) {
        return switch (kind) {
            case "hbtl" -> disk.hctl().map(Hctl::toString);
            case "devname" -> Optional.of(disk.name().value());
            case "serial" -> Optional.of(TargetIdentity.of(disk).serial());
            case "wwn" ->
                disk.ports() instanceof PortFacts.Fc fc
                        ? Optional.of(String.join(
                                ":", fc.hostNodeName(), fc.hostPortName(), fc.remoteNodeName(), fc.remotePortName()))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static int number(String word) {
        var matcher = NUMBER.matcher(word);
        return matcher.lookingAt() ? Integer.parseInt(matcher.group()) : 0;
    }
}
