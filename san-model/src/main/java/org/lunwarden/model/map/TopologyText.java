package org.lunwarden.model.map;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.model.dm.MultipathStatus.GroupState;
import org.lunwarden.model.map.MapTopology.Path;

/**
 * Maps as {@code multipath -ll} shows them, each line ended by a newline:
 *
 * <pre>
 * NAME[ (WWID)] dm-N VENDOR,PRODUCT                     the WWID only where the name is another
 * size=10G features='0' hwhandler='1 alua' wp=rw
 * |-+- policy='service-time 0' prio=50 status=active
 * | `- 1:0:1:1 sdg 8:96  active ready running
 * `-+- policy='service-time 0' prio=10 status=enabled
 *   `- 2:0:5:1 sdu 65:64 active ready running
 * </pre>
 *
 * <p>Every column of the path lines, the last one too, is padded to its widest value over all paths of the listing.
 */
public final class TopologyText {

    private static final String UNITS = "KMGTP";
    private static final WildcardFormat PATH =
            WildcardFormat.parse("%i %d %D %t %T %o", Set.of('i', 'd', 'D', 't', 'T', 'o'));

    private TopologyText() {}

    public static String format(List<MapTopology> maps) {
        return format(maps, List.of());
    }

    /** @param otherPaths paths in none of the maps, which widen the columns as well */
    public static String format(List<MapTopology> maps, List<Path> otherPaths) {
        var inMaps = maps.stream().flatMap(map -> map.groups().stream()).flatMap(group -> group.paths().stream());
        var widths = WildcardFormat.widths(Stream.concat(inMaps, otherPaths.stream())
                .map(TopologyText::fields)
                .toList());
        var text = new StringBuilder();
        maps.forEach(map -> format(text, map, widths));
        return text.toString();
    }

    private static void format(StringBuilder text, MapTopology map, Map<Character, Integer> widths) {
        text.append(map.name());
        if (!map.name().equals(map.wwid().value())) {
            text.append(" (").append(map.wwid()).append(')');
        }
        text.append(' ')
                .append(map.device())
                .append(' ')
                .append(map.vendor())
                .append(',')
                .append(map.product());
        text.append("\nsize=").append(size(map.sizeSectors()));
        text.append(" features='").append(counted(map.features()));
        text.append("' hwhandler='").append(counted(map.hardwareHandler()));
        text.append("' wp=").append(map.readOnly() ? "ro" : "rw").append('\n');
        for (var groups = map.groups().iterator(); groups.hasNext(); ) {
            var group = groups.next();
            var lastGroup = !groups.hasNext();
            text.append(lastGroup ? "`-+- policy='" : "|-+- policy='").append(group.selector());
            text.append("' prio=").append(group.priority());
            text.append(" status=").append(word(group.state())).append('\n');
            for (var paths = group.paths().iterator(); paths.hasNext(); ) {
                var fields = fields(paths.next());
                text.append(lastGroup ? "  " : "| ").append(paths.hasNext() ? "|- " : "`- ");
                text.append(PATH.line(fields, widths));
            }
        }
    }

    private static Map<Character, String> fields(Path path) {
        var kernel =
                path.kernelActive().map(active -> active ? "active" : "failed").orElse("undef");
        return Map.of(
                'i', path.hctl().toString(),
                'd', path.name().toString(),
                'D', path.device().toString(),
                't', kernel,
                'T', path.state().label(),
                'o', path.deviceState().isEmpty() ? "undef" : path.deviceState());
    }

    private static String counted(List<String> words) {
        return words.isEmpty() ? "0" : words.size() + " " + String.join(" ", words);
    }

    private static String word(GroupState state) {
        return switch (state) {
            case ACTIVE -> "active";
            case ENABLED -> "enabled";
            case DISABLED -> "disabled";
        };
    }

    /** One decimal below ten, none above; single precision and ties to even, as the reference's C library rounds. */
    static String size(long sectors) {
        var size = sectors / 2f;
        var unit = 0;
        while (size >= 1024 && unit < UNITS.length() - 1) {
            size /= 1024;
            unit++;
        }
        var digits = size < 10 ? 1 : 0;
        return new BigDecimal((double) size)
                        .setScale(digits, RoundingMode.HALF_EVEN)
                        .toPlainString()
                + UNITS.charAt(unit);
    }
}
