package org.lunwarden.conf.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.lunwarden.conf.blacklist.Blacklist;
import org.lunwarden.conf.blacklist.Rule;
import org.lunwarden.conf.blacklist.Rules;
import org.lunwarden.conf.hardware.DeviceEntry;
import org.lunwarden.conf.hardware.HardwareTable;
import org.lunwarden.conf.regex.InvertibleEre;
import org.lunwarden.conf.text.ConfigText;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.Severity;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.KeyedSettings;
import org.lunwarden.conf.value.KeywordTable;
import org.lunwarden.conf.value.Settings;

/**
 * A host's whole configuration: what is built in, and over it what the site says.
 *
 * @param blacklist with what is built in and what entries of devices add
 * @param devices the built-in hardware table and the site's entries
 * @param protocols entries of the overrides for one protocol each
 * @param multipaths entries for one WWID each
 */
public record MultipathConf(
        Settings defaults,
        Blacklist blacklist,
        HardwareTable devices,
        Settings overrides,
        KeyedSettings protocols,
        KeyedSettings multipaths) {

    /**
     * Pure: the files have been read by whoever calls.
     *
     * @param files in the order of {@link SourceFile#inOrder}; the first one is the main file
     * @param nativeNvme the kernel itself joins the paths of NVMe disks
     */
    public static Loaded load(List<SourceFile> files, boolean nativeNvme) {
        var problems = new ArrayList<Problem>();
        var used = new ArrayList<FileContent>();
        for (var file : files) {
            var content = FileContent.of(ConfigText.read(file, KeywordTable.INSTANCE));
            problems.addAll(content.problems());
            if (content.problems().stream().noneMatch(problem -> problem.severity() == Severity.FATAL)) {
                used.add(content);
            } else if (used.isEmpty()) {
                return new Loaded.Refused(problems);
            }
        }
        var conf = joined(used, nativeNvme);
        problems.addAll(AcrossEntries.of(used, conf.defaults()));
        return new Loaded.Usable(conf, problems);
    }

    /** What holds without a word of the site. */
    public static MultipathConf builtIn(boolean nativeNvme) {
        return joined(List.of(), nativeNvme);
    }

    private static MultipathConf joined(List<FileContent> files, boolean nativeNvme) {
        var defaults = Settings.NONE;
        var overrides = Settings.NONE;
        var blacklist = Blacklist.builtIn(nativeNvme);
        var devices = HardwareTable.builtIn();
        for (var file : files) {
            defaults = file.defaults().over(defaults);
            overrides = file.overrides().over(overrides);
            blacklist = blacklist.and(new Blacklist(file.blacklist(), file.exceptions()));
            devices = devices.and(file.devices());
        }
        return new MultipathConf(
                defaults,
                blacklist.and(productBlacklists(devices)),
                devices,
                overrides,
                KeyedSettings.of(EntryKeywords.TYPE, files.stream().flatMap(file -> file.protocols().stream())),
                KeyedSettings.of(EntryKeywords.WWID, files.stream().flatMap(file -> file.multipaths().stream())));
    }

    private static Blacklist productBlacklists(HardwareTable devices) {
        var rules = devices.entries().stream()
                .flatMap(entry -> productBlacklist(entry).stream())
                .toList();
        return new Blacklist(new Rules(List.of(), List.of(), List.of(), List.of(), rules), Rules.NONE);
    }

    private static Optional<Rule.Device> productBlacklist(DeviceEntry entry) {
        return entry.settings()
                .get(EntryKeywords.PRODUCT_BLACKLIST)
                .flatMap(products -> ere(products.value())
                        .flatMap(product -> entry.settings()
                                .value(EntryKeywords.VENDOR)
                                .flatMap(MultipathConf::ere)
                                .map(vendor -> new Rule.Device(
                                        Optional.of(vendor), Optional.of(product), products.origin()))));
    }

    private static Optional<InvertibleEre> ere(String text) {
        return InvertibleEre.parse(text) instanceof InvertibleEre.Parsed.Ok(var ere)
                ? Optional.of(ere)
                : Optional.empty();
    }

    /** The entry of the overrides for a protocol. */
    public Optional<Settings> protocol(String protocol) {
        return protocols.get(protocol);
    }

    /** The entry for the map of a WWID. */
    public Optional<Settings> multipath(String wwid) {
        return multipaths.get(wwid);
    }
}
