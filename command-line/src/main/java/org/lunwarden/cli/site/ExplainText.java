package org.lunwarden.cli.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.lunwarden.conf.effective.Explained.Found;
import org.lunwarden.conf.effective.Explanation;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.Setting;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.site.SiteDisk;

/**
 * What holds for a path or a map, for a reader: what it is; one line for each setting, with the place that set it; below
 * it, indented, what that place overrode, the strongest first; then what is not set, and what does not do what it says.
 */
public final class ExplainText {

    private ExplainText() {}

    /** @param inForce what becomes of the settings for this path and its transport, a sentence each */
    public static String of(SiteDisk path, List<String> inForce) {
        return "path " + path.disk().name() + ": "
                + path.disk().hctl().map(Hctl::toString).orElse("no SCSI address") + ", "
                + described(path) + ", WWID "
                + path.wwid().map(Wwid::value).orElse("not known") + "\n"
                + path.judgement() + "\n\n"
                + settings(Explanation.ofPath(path.precedence()), inForce);
    }

    public static String of(LocalMap map) {
        return "map " + map.name() + ": WWID " + map.wwid() + "\n"
                + map.path()
                        .map(path -> "by its path " + path.disk().name() + ": " + described(path)
                                + (path.judgement().isBlacklisted() ? ", " + path.judgement() : ""))
                        .orElse("no path of it can be read: what is said of devices and protocols is left out")
                + "\n\n" + settings(Explanation.ofMap(map.precedence()), List.of());
    }

    private static String described(SiteDisk disk) {
        var device = disk.identity().device();
        return "vendor \"" + device.vendor() + "\" product \"" + device.product() + "\" revision \"" + device.revision()
                + "\", protocol " + disk.identity().protocol();
    }

    private static String settings(Explanation explanation, List<String> more) {
        var text = new StringBuilder();
        var notSet = new ArrayList<String>();
        for (var explained : explanation.settings()) {
            explained
                    .holds()
                    .ifPresentOrElse(
                            found -> text.append(line(setting(found), found)),
                            () -> notSet.add(explained.keyword().name()));
            explained.overridden().forEach(found -> text.append(line("    not " + value(found), found)));
        }
        if (!notSet.isEmpty()) {
            text.append("\nnot set: ").append(String.join(", ", notSet)).append('\n');
        }
        Stream.concat(explanation.remarks().stream(), more.stream())
                .forEach(remark -> text.append("\nnote: ").append(remark).append('\n'));
        return text.toString();
    }

    private static String line(String what, Found<?> found) {
        var origin = found.setting().origin();
        var place = origin instanceof Origin.BuiltIn ? "built in" : found.layer() + ", " + origin;
        return String.format(Locale.ROOT, "%-46s  %s\n", what, place);
    }

    private static String setting(Found<?> found) {
        return found.setting().text();
    }

    private static <T> String value(Found<T> found) {
        Setting<T> setting = found.setting();
        return setting.keyword().type().write(setting.value());
    }
}
