package org.lunwarden.io.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.MapDevice.Behavior;
import org.lunwarden.io.simulated.MapDevice.Line;
import org.lunwarden.io.simulated.MapDevice.Table;
import org.lunwarden.model.DevT;

/** Tables of a simulated kernel, as they are loaded from words and told in words. */
record TableLoading(SimulatedKernel kernel, MapDevices devices) {

    /** Loads a table, beside the one that is live. */
    IoResult<IoResult.Done> load(MapDevice device, boolean readOnly, List<Target> targets, String call) {
        var lines = new ArrayList<Line>();
        var end = 0L;
        for (var target : targets) {
            if (target.startSector() != end || target.sectors() <= 0) {
                return Errno.EINVAL.refused(call);
            }
            end += target.sectors();
            try {
                lines.add(new Line(target, behavior(device, target)));
            } catch (MultipathParser.Unacceptable refusal) {
                return refusal.errno.refused(call);
            }
        }
        var table = new Table(lines, readOnly);
        if (device.live
                .filter(live -> live.isMultipath() != table.isMultipath())
                .isPresent()) {
            return Errno.EINVAL.refused(call);
        }
        device.inactive = Optional.of(table);
        return IoResult.done();
    }

    private Behavior behavior(MapDevice device, Target target) throws MultipathParser.Unacceptable {
        return switch (target.type()) {
            case "multipath" ->
                new Behavior.Multipath(MultipathParser.parse(kernel, target.parameters(), device::uses));
            case "error" -> new Behavior.Failing();
            case "linear" -> linear(target.parameters().trim().split("\\s+", -1)[0]);
            default -> throw new MultipathParser.Unacceptable(Errno.EINVAL);
        };
    }

    private Behavior linear(String word) throws MultipathParser.Unacceptable {
        var number = DevT.parse(word).orElseThrow(() -> new MultipathParser.Unacceptable(Errno.ENODEV));
        for (var device : devices.all()) {
            if (device.number().equals(number)) {
                return new Behavior.OnMap(device);
            }
        }
        return new Behavior.OnDisk(
                kernel.disk(number).orElseThrow(() -> new MultipathParser.Unacceptable(Errno.ENXIO)));
    }

    /** A table, or its status, in words; {@code words} are those of a multipath target. */
    static List<Target> tell(Optional<Table> table, Function<MultipathTarget, String> words, boolean asTable) {
        var told = new ArrayList<Target>();
        for (var line : table.map(Table::lines).orElse(List.of())) {
            var target = line.target();
            var parameters = switch (line.behavior()) {
                case Behavior.Multipath(var multipath) -> words.apply(multipath);
                case Behavior.OnDisk onDisk -> asTable ? target.parameters() : "";
                case Behavior.OnMap onMap -> asTable ? target.parameters() : "";
                case Behavior.Failing failing -> "";
            };
            told.add(new Target(target.startSector(), target.sectors(), target.type(), parameters));
        }
        return told;
    }
}
