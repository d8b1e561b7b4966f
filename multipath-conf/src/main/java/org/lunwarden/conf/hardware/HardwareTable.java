package org.lunwarden.conf.hardware;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.KeywordTable;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.Setting;
import org.lunwarden.conf.value.Settings;
import org.lunwarden.conf.value.Value;

/** Entries for devices, of which the later ones take precedence. Safe for use by several threads. */
public final class HardwareTable {

    private static final HardwareTable BUILT_IN = load();

    /** More kinds of devices than a host has. */
    private static final int MOST_KINDS = 1_000;

    private final List<DeviceEntry> entries;

    /** What was found before: thousands of disks are of a few kinds, and each entry is three expressions to match. */
    private final Map<DeviceIdentity, List<DeviceEntry>> found = new ConcurrentHashMap<>();

    private HardwareTable(List<DeviceEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    public List<DeviceEntry> entries() {
        return entries;
    }

    /** What is known of storage without a word of the site. */
    public static HardwareTable builtIn() {
        return BUILT_IN;
    }

    /**
     * This table and more entries behind it. An entry that is written for the same devices as an earlier one takes in what
     * that one says, which then stands no longer in its own place.
     */
    public HardwareTable and(List<DeviceEntry> more) {
        var all = new ArrayList<>(entries);
        for (var entry : more) {
            var earlier = all.stream().filter(entry::isForTheSameAs).findFirst();
            earlier.ifPresent(all::remove);
            all.add(earlier.map(entry::mergedWith).orElse(entry));
        }
        return new HardwareTable(all);
    }

    /** The entries that match a device, the one that takes precedence first. */
    public List<DeviceEntry> matching(DeviceIdentity device) {
        if (found.size() >= MOST_KINDS) {
            found.clear();
        }
        return found.computeIfAbsent(
                device,
                unknown -> entries.reversed().stream()
                        .filter(entry -> entry.matches(unknown))
                        .toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HardwareTable table && entries.equals(table.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** Only the entries that match one of these devices. */
    public HardwareTable forOnly(List<DeviceIdentity> devices) {
        return new HardwareTable(entries.stream()
                .filter(entry -> devices.stream().anyMatch(entry::matches))
                .toList());
    }

    private static HardwareTable load() {
        try (var in = Objects.requireNonNull(HardwareTable.class.getResourceAsStream("table"))) {
            var rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            var entries = new ArrayList<DeviceEntry>();
            for (var row = 0; row < rows.size(); row++) {
                entries.add(entry(new Origin.HardwareTable(row + 1), rows.get(row)));
            }
            return new HardwareTable(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DeviceEntry entry(Origin origin, String row) {
        var columns = row.split("\t");
        var settings = Stream.concat(
                Stream.of(
                        setting(EntryKeywords.VENDOR, columns[0], origin),
                        setting(EntryKeywords.PRODUCT, columns[1], origin)),
                Arrays.stream(columns)
                        .skip(2)
                        .map(column -> column.split("=", 2))
                        .map(parts -> setting(
                                KeywordTable.INSTANCE
                                        .find(Section.DEVICE, parts[0])
                                        .orElseThrow(),
                                parts[1],
                                origin)));
        return DeviceEntry.of(Settings.of(settings)).orElseThrow();
    }

    private static <T> Setting<T> setting(Keyword<T> keyword, String text, Origin origin) {
        if (keyword.type().read(text) instanceof Value.Stored<T>(var value)) {
            return new Setting<>(keyword, value, origin);
        }
        throw new IllegalStateException(origin + ": " + keyword + " " + text);
    }
}
