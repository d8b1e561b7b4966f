package org.lunwarden.conf.print;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.lunwarden.conf.blacklist.Rule;
import org.lunwarden.conf.blacklist.Rules;
import org.lunwarden.conf.effective.CheckIntervals;
import org.lunwarden.conf.hardware.DeviceEntry;
import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.regex.InvertibleEre;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.HostKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.KeywordTable;
import org.lunwarden.conf.value.PathKeywords;
import org.lunwarden.conf.value.Settings;
import org.lunwarden.conf.value.ValueType;

/**
 * Prints a configuration in the layout of {@code multipath -t}: all sections, with what is built in, indented by tabs, so
 * that loading the text gives the same configuration and the same text again.
 */
public final class ConfigPrinter {

    private final StringBuilder text = new StringBuilder();
    private String indent = "";

    private ConfigPrinter() {}

    /** The whole configuration. */
    public static String print(MultipathConf conf) {
        return new ConfigPrinter()
                .whole(conf, entries(conf.multipaths().stream().toList(), List.of(), wwid -> true));
    }

    /** A map that a host has. */
    public record KernelMap(String wwid, String name) {}

    /**
     * Of the entries only those that apply to some devices, and to maps and other units by their WWIDs. Every map is
     * there, with its name as a comment where that is not its WWID.
     */
    public static String print(
            MultipathConf conf, List<DeviceIdentity> devices, List<KernelMap> maps, Predicate<String> others) {
        var local = new MultipathConf(
                conf.defaults(),
                conf.blacklist(),
                conf.devices().forOnly(devices),
                conf.overrides(),
                conf.protocols(),
                conf.multipaths());
        return new ConfigPrinter()
                .whole(local, entries(conf.multipaths().stream().toList(), maps, others));
    }

    /** What stands in a block of the section for maps: a map may have no entry, and an entry no map. */
    private record MapBlock(Optional<Settings> entry, Optional<KernelMap> map) {}

    private static List<MapBlock> entries(List<Settings> multipaths, List<KernelMap> maps, Predicate<String> others) {
        Map<String, KernelMap> left = new LinkedHashMap<>();
        maps.forEach(map -> left.put(map.wwid(), map));
        var blocks = new ArrayList<MapBlock>();
        for (var entry : multipaths) {
            var wwid = entry.value(EntryKeywords.WWID);
            var map = wwid.map(left::remove);
            if (map.isPresent() || wwid.filter(others).isPresent()) {
                blocks.add(new MapBlock(Optional.of(entry), map));
            }
        }
        left.values().forEach(map -> blocks.add(new MapBlock(Optional.empty(), Optional.of(map))));
        return blocks;
    }

    private String whole(MultipathConf conf, List<MapBlock> maps) {
        block(Section.DEFAULTS, () -> defaults(conf.defaults()));
        block(Section.BLACKLIST, () -> rules(conf.blacklist().blacklist()));
        block(Section.BLACKLIST_EXCEPTIONS, () -> rules(conf.blacklist().exceptions()));
        block(
                Section.DEVICES,
                () -> conf.devices().entries().stream()
                        .map(DeviceEntry::settings)
                        .forEach(entry -> block(Section.DEVICE, () -> settings(Section.DEVICE, entry))));
        block(Section.OVERRIDES, () -> {
            settings(Section.OVERRIDES, conf.overrides());
            conf.protocols().stream()
                    .forEach(entry -> block(Section.PROTOCOL, () -> settings(Section.PROTOCOL, entry)));
        });
        if (!maps.isEmpty()) {
            block(Section.MULTIPATHS, () -> maps.forEach(map -> block(Section.MULTIPATH, () -> map(map))));
        }
        return text.toString();
    }

    private void map(MapBlock block) {
        block.entry().ifPresent(entry -> settings(Section.MULTIPATH, entry));
        block.map().ifPresent(map -> {
            if (block.entry().isEmpty()) {
                line(written(EntryKeywords.WWID, map.wwid()));
            }
            if (!map.name().equals(map.wwid())) {
                line("# alias " + ValueType.quoted(map.name()));
            }
        });
    }

    private void block(Section section, Runnable body) {
        line(section.word() + " {");
        var outer = indent;
        indent = outer + "\t";
        body.run();
        indent = outer;
        line("}");
    }

    private void line(String line) {
        text.append(indent).append(line).append('\n');
    }

    private void defaults(Settings defaults) {
        var intervals = CheckIntervals.of(defaults);
        for (var keyword : KeywordTable.INSTANCE.of(Section.DEFAULTS)) {
            if (keyword.equals(HostKeywords.POLLING_INTERVAL)) {
                line(written(HostKeywords.POLLING_INTERVAL, intervals.shortest()));
            } else if (keyword.equals(HostKeywords.MAX_POLLING_INTERVAL)) {
                line(written(HostKeywords.MAX_POLLING_INTERVAL, intervals.longest()));
            } else if (keyword.equals(PathKeywords.PRIO_ARGS)
                    && defaults.get(PathKeywords.PRIO).isEmpty()) {
                // beside the prio that is printed they would come into force
                builtInToo(keyword, Settings.NONE);
            } else {
                builtInToo(keyword, defaults);
            }
        }
    }

    private <T> void builtInToo(Keyword<T> keyword, Settings settings) {
        settings.value(keyword).or(keyword::builtIn).ifPresent(value -> line(written(keyword, value)));
    }

    private static <T> String written(Keyword<T> keyword, T value) {
        return keyword + " " + keyword.type().write(value);
    }

    private void settings(Section section, Settings settings) {
        KeywordTable.INSTANCE
                .of(section)
                .forEach(keyword -> settings.get(keyword).ifPresent(setting -> line(setting.text())));
    }

    private void rules(Rules rules) {
        rules.devnode().forEach(rule -> line(EntryKeywords.LISTED_DEVNODE + " " + quoted(rule)));
        rules.wwid().forEach(rule -> line(EntryKeywords.LISTED_WWID + " " + quoted(rule)));
        rules.property().forEach(rule -> line(EntryKeywords.LISTED_PROPERTY + " " + quoted(rule)));
        rules.protocol().forEach(rule -> line(EntryKeywords.LISTED_PROTOCOL + " " + quoted(rule)));
        rules.device().forEach(rule -> block(Section.LISTED_DEVICE, () -> device(rule)));
    }

    private void device(Rule.Device rule) {
        rule.vendor().ifPresent(ere -> line(EntryKeywords.LISTED_VENDOR + " " + quoted(ere)));
        rule.product().ifPresent(ere -> line(EntryKeywords.LISTED_PRODUCT + " " + quoted(ere)));
    }

    private static String quoted(Rule.Matching rule) {
        return quoted(rule.ere());
    }

    private static String quoted(InvertibleEre ere) {
        return ValueType.quoted(ere.toString());
    }
}
