package org.lunwarden.path.prio;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * kind := "hbtl" | "devname" | "serial" | "wwn"     H:C:T:L; sdX; the unit's serial number; the node and port names of
 *                                                   both ends, ours first, with colons between
 * </pre>
 *
 * <p>A name that the transport does not have is {@code [undef]}; the node name of an iSCSI target is its IQN. Of a number what stands before its first other character counts. Source: multipath.conf(5).
 */
final class WeightedPath {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String UNKNOWN = "[undef]";
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
            case "wwn" -> Optional.of(names(disk));
            default -> Optional.empty();
        };
    }

    private static String names(Disk disk) {
        var target = TargetIdentity.of(disk).targetNode();
        var names = disk.ports() instanceof PortFacts.Fc fc
                ? Stream.of(fc.hostNodeName(), fc.hostPortName(), target, fc.remotePortName())
                : Stream.of("", "", target, "");
        return names.map(name -> name.isEmpty() ? UNKNOWN : name).collect(Collectors.joining(":"));
    }

    private static int number(String word) {
        var matcher = NUMBER.matcher(word);
        return matcher.lookingAt() ? Integer.parseInt(matcher.group()) : 0;
    }
}
