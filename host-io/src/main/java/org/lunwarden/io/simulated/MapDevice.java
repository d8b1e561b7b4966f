package org.lunwarden.io.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;

/** One dm device of a simulated kernel. */
final class MapDevice {

    /** What a line of a table became. */
    sealed interface Behavior {

        record Multipath(MultipathTarget target) implements Behavior {}

        /** On a disk. */
        record OnDisk(PathDevice disk) implements Behavior {}

        /** On another dm device. */
        record OnMap(MapDevice map) implements Behavior {}

        /** {@code error}: fails all I/O. */
        record Failing() implements Behavior {}
    }

    record Line(Target target, Behavior behavior) {}

    record Table(List<Line> lines, boolean readOnly) {
        Table {
            lines = List.copyOf(lines);
        }

        boolean isMultipath() {
            return lines.stream().anyMatch(line -> line.behavior() instanceof Behavior.Multipath);
        }

        /** {@code error} stands beside either kind. */
        boolean isBioBased() {
            return lines.stream()
                    .anyMatch(line ->
                            line.behavior() instanceof Behavior.OnDisk || line.behavior() instanceof Behavior.OnMap);
        }

        Stream<MultipathTarget> multipaths() {
            return lines.stream()
                    .flatMap(line -> line.behavior() instanceof Behavior.Multipath(var target)
                            ? Stream.of(target)
                            : Stream.empty());
        }

        Stream<PathDevice> disks() {
            return lines.stream().flatMap(line -> switch (line.behavior()) {
                case Behavior.Multipath(var target) -> target.paths().stream().map(path -> path.device);
                case Behavior.OnDisk(var disk) -> Stream.of(disk);
                case Behavior.OnMap onMap -> Stream.empty();
                case Behavior.Failing failing -> Stream.empty();
            });
        }

        boolean isOn(MapDevice map) {
            return lines.stream()
                    .anyMatch(line -> line.behavior() instanceof Behavior.OnMap(var below) && below == map);
        }

        long sectors() {
            return lines.stream().mapToLong(line -> line.target().sectors()).sum();
        }
    }

    String name;
    final String uuid;
    final int minor;
    boolean readOnly;
    boolean suspended;
    boolean removeWhenClosed;
    long events;
    /** KiB; of no table 0. */
    int requestLimit;
    /** What udev's rules made of it. */
    boolean ready;
    /** Openings other than by dm devices above. */
    int opened;

    Optional<Table> live = Optional.empty();
    Optional<Table> inactive = Optional.empty();
    /** I/O that waits for a path, or for the end of a suspension: what it answers to. */
    final List<Consumer<IoResult<Integer>>> waiting = new ArrayList<>();

    MapDevice(String name, String uuid, int minor) {
        this.name = name;
        this.uuid = uuid;
        this.minor = minor;
    }

    DevT number() {
        return new DevT(254, minor);
    }

    DeviceName kernelName() {
        return new DeviceName("dm-" + minor);
    }

    Stream<Table> tables() {
        return Stream.concat(live.stream(), inactive.stream());
    }

    boolean uses(PathDevice disk) {
        return tables().flatMap(Table::disks).anyMatch(used -> used == disk);
    }
}
