package org.lunwarden.conf.effective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.lunwarden.conf.effective.Explained.Found;
import org.lunwarden.conf.hardware.DeviceEntry;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.value.HostKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.PathKeywords;
import org.lunwarden.conf.value.Setting;
import org.lunwarden.conf.value.Settings;
import org.lunwarden.conf.value.UidAttribute;

/**
 * The parts of a configuration that apply to one path and its map, the one that takes precedence first: its multipath
 * entry, the overrides for its protocol, the overrides, the entries for its device from the last one on, the defaults,
 * what is built in. Source: multipath.conf(5).
 */
public final class Precedence {

    private record Layered(Layer layer, Settings settings) {}

    private final List<Layered> layers;
    private final CheckIntervals intervals;
    private final String protocol;

    private Precedence(List<Layered> layers, CheckIntervals intervals, String protocol) {
        this.protocol = protocol;
        this.layers = layers;
        this.intervals = intervals;
    }

    public static Precedence of(MultipathConf conf, PathIdentity path) {
        return of(conf, path, conf.devices().matching(path.device()));
    }

    /** @param devices the entries that are for its device, the one that takes precedence first */
    static Precedence of(MultipathConf conf, PathIdentity path, List<DeviceEntry> devices) {
        var layers = new ArrayList<Layered>();
        conf.multipath(path.wwid()).ifPresent(entry -> layers.add(new Layered(Layer.MULTIPATHS, entry)));
        conf.protocol(path.protocol()).ifPresent(entry -> layers.add(new Layered(Layer.PROTOCOL, entry)));
        layers.add(new Layered(Layer.OVERRIDES, conf.overrides()));
        devices.forEach(entry -> layers.add(new Layered(Layer.DEVICES, entry.settings())));
        layers.add(new Layered(Layer.DEFAULTS, conf.defaults()));
        return new Precedence(List.copyOf(layers), CheckIntervals.of(conf.defaults()), path.protocol());
    }

    /** Of the path, for example {@code scsi:fcp}. */
    public String protocol() {
        return protocol;
    }

    /** The pauses between two checks, which are the same for all paths. */
    public CheckIntervals intervals() {
        return intervals;
    }

    /**
     * The udev property that holds the WWID of a device: what {@code uid_attrs} says of the beginning of its node's name,
     * or else {@code uid_attribute}; empty where the device itself is to be asked.
     */
    public String wwidProperty(String devnode) {
        return value(HostKeywords.UID_ATTRS).stream()
                .flatMap(List::stream)
                .filter(attribute -> devnode.startsWith(attribute.prefix()))
                .findFirst()
                .map(UidAttribute::property)
                .orElseGet(() -> built(PathKeywords.UID_ATTRIBUTE));
    }

    public <T> Optional<T> value(Keyword<T> keyword) {
        return explain(keyword).value();
    }

    /** The value of a keyword that has a built-in one. */
    public <T> T built(Keyword<T> keyword) {
        return value(keyword).orElseThrow(() -> new IllegalArgumentException(keyword + " has no built-in value"));
    }

    public <T> Explained<T> explain(Keyword<T> keyword) {
        var all = all(keyword);
        if (keyword.equals(PathKeywords.PRIO_ARGS)) {
            return beside(keyword, all);
        }
        return all.isEmpty()
                ? new Explained<>(keyword, Optional.empty(), List.of())
                : new Explained<>(keyword, Optional.of(all.getFirst()), all.subList(1, all.size()));
    }

    /**
     * Arguments hold only where the prioritizer they are for was set: those of the same section, or none. All entries for
     * devices are one section in this, as seen with multipath-tools 0.9.4.
     */
    private <T> Explained<T> beside(Keyword<T> args, List<Found<T>> all) {
        var layer = layers.stream()
                .filter(layered -> layered.settings().get(PathKeywords.PRIO).isPresent())
                .findFirst()
                .map(Layered::layer);
        var holding = all.stream()
                .filter(found -> layer.filter(found.layer()::equals).isPresent())
                .findFirst()
                .or(() -> builtIn(args));
        return new Explained<>(
                args,
                holding,
                all.stream()
                        .filter(found -> holding.isEmpty() || !found.equals(holding.get()))
                        .toList());
    }

    private <T> List<Found<T>> all(Keyword<T> keyword) {
        var said = layers.stream()
                .flatMap(layered -> layered.settings().all(keyword).reversed().stream()
                        .map(setting -> new Found<>(layered.layer(), setting)));
        return Stream.concat(said, builtIn(keyword).stream()).toList();
    }

    private static <T> Optional<Found<T>> builtIn(Keyword<T> keyword) {
        return keyword.builtIn()
                .map(value -> new Found<>(Layer.BUILT_IN, new Setting<>(keyword, value, new Origin.BuiltIn())));
    }
}
