package org.lunwarden.conf.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.lunwarden.conf.blacklist.Rules;
import org.lunwarden.conf.blacklist.RulesReader;
import org.lunwarden.conf.hardware.DeviceEntry;
import org.lunwarden.conf.text.ConfigText;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.text.Statement.Block;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.Settings;
import org.lunwarden.conf.value.SettingsReader;

/** What one file says, section by section; sections that stand twice are laid over each other. */
record FileContent(
        Settings defaults,
        Rules blacklist,
        Rules exceptions,
        List<DeviceEntry> devices,
        Settings overrides,
        List<Settings> protocols,
        List<Settings> multipaths,
        List<Problem> problems) {

    FileContent {
        devices = List.copyOf(devices);
        protocols = List.copyOf(protocols);
        multipaths = List.copyOf(multipaths);
        problems = List.copyOf(problems);
    }

    static FileContent of(ConfigText text) {
        var problems = new ArrayList<>(text.problems());
        var defaults = settings(text, Section.DEFAULTS, problems);
        var blacklist = rules(text, Section.BLACKLIST, problems);
        var exceptions = rules(text, Section.BLACKLIST_EXCEPTIONS, problems);
        var devices = devices(text, problems);
        var overrides = settings(text, Section.OVERRIDES, problems);
        var protocols = entries(text, Section.OVERRIDES, Section.PROTOCOL, EntryKeywords.TYPE, problems);
        var multipaths = entries(text, Section.MULTIPATHS, Section.MULTIPATH, EntryKeywords.WWID, problems);
        problems.addAll(AcrossEntries.aliases(multipaths));
        problems.sort(Comparator.comparingInt((Problem problem) -> problem.at().line())
                .thenComparingInt(problem -> problem.at().column()));
        return new FileContent(defaults, blacklist, exceptions, devices, overrides, protocols, multipaths, problems);
    }

    private static Stream<Block> sections(ConfigText text, Section section) {
        return text.sections().stream().filter(block -> block.section() == section);
    }

    private static Settings settings(ConfigText text, Section section, List<Problem> problems) {
        return sections(text, section)
                .map(block -> EntryCheck.checked(block, SettingsReader.read(block, problems), problems))
                .reduce(Settings.NONE, (earlier, later) -> later.over(earlier));
    }

    private static Rules rules(ConfigText text, Section section, List<Problem> problems) {
        return sections(text, section)
                .map(block -> RulesReader.read(block, problems))
                .reduce(Rules.NONE, Rules::and);
    }

    private static List<DeviceEntry> devices(ConfigText text, List<Problem> problems) {
        var entries = new ArrayList<DeviceEntry>();
        sections(text, Section.DEVICES)
                .flatMap(block -> block.blocks(Section.DEVICE))
                .forEach(block -> {
                    var entry =
                            DeviceEntry.of(EntryCheck.checked(block, SettingsReader.read(block, problems), problems));
                    if (entry.isEmpty()) {
                        problems.add(Problem.error(
                                block.at(), "a device without vendor or product, ignored", "both of them"));
                    } else if (entries.stream().anyMatch(entry.get()::isForTheSameAs)) {
                        problems.add(Problem.warning(
                                block.at(),
                                "a device " + entry.get() + " stands above already; both hold, this one first",
                                ""));
                    }
                    entry.ifPresent(entries::add);
                });
        return entries;
    }

    private static List<Settings> entries(
            ConfigText text, Section section, Section entry, Keyword<String> key, List<Problem> problems) {
        var entries = new ArrayList<Settings>();
        sections(text, section).flatMap(block -> block.blocks(entry)).forEach(block -> {
            var settings = EntryCheck.checked(block, SettingsReader.read(block, problems), problems);
            Optional<String> named = settings.value(key);
            if (named.isEmpty()) {
                problems.add(
                        Problem.error(block.at(), "a " + entry.word() + " without " + key + ", ignored", key.name()));
                return;
            }
            if (entries.stream().anyMatch(earlier -> earlier.value(key).equals(named))) {
                problems.add(Problem.warning(
                        block.at(),
                        "a " + entry.word() + " of this " + key + " stands above already; both hold, this one first",
                        ""));
            }
            entries.add(settings);
        });
        return entries;
    }
}
