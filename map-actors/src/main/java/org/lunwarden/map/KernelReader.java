package org.lunwarden.map;

import java.util.List;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.IoResult;
import org.lunwarden.map.MapInspection.Finding;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.dm.MultipathStatus;
import org.lunwarden.model.dm.MultipathStatusCodec;
import org.lunwarden.model.dm.MultipathTable;
import org.lunwarden.model.dm.MultipathTableCodec;
import org.lunwarden.model.dm.Parsed;

/** Looks up one map in the kernel. Blocking. */
final class KernelReader {

    private static final MultipathTable NO_TABLE = new MultipathTable(List.of(), List.of(), 0, List.of());
    private static final MultipathStatus NO_STATUS = new MultipathStatus(0, 0, List.of(), 0, List.of());

    private KernelReader() {}

    static String uuid(Wwid wwid) {
        return MapInspection.UUID_PREFIX + wwid;
    }

    /**
     * Looks for the map, whatever its name is.
     *
     * @param name which the map is to have when there is none: another device may have it
     */
    static KernelView read(DeviceMapper dm, Wwid wwid, String name) {
        return switch (dm.statusOf(uuid(wwid))) {
            case IoResult.Ok<DeviceMapper.Status>(var status) -> read(dm, status);
            case IoResult.Refused<DeviceMapper.Status> refused ->
                MapInspection.answer(refused) == Finding.NOT_FOUND
                        ? withoutOurs(dm, wwid, name)
                        : new KernelView.Unreadable(refused);
        };
    }

    private static KernelView withoutOurs(DeviceMapper dm, Wwid wwid, String name) {
        return switch (dm.info(name)) {
            case IoResult.Refused<DeviceMapper.Info> refused -> unreadable(refused);
            case IoResult.Ok<DeviceMapper.Info>(var info) ->
                info.uuid().equals(uuid(wwid))
                        ? changedMeanwhile(info)
                        : new KernelView.NameTaken(taken(name, info.uuid()));
        };
    }

    static String taken(String name, String uuid) {
        return "the name " + name + " belongs to a device with UUID '" + uuid + "'";
    }

    private static KernelView read(DeviceMapper dm, DeviceMapper.Status status) {
        var info = status.info();
        if (!info.liveTable()) {
            return view(info, 0, NO_TABLE, NO_STATUS);
        }
        return switch (MapInspection.target(MapInspection.MULTIPATH, status.targets())) {
            case EMPTY -> view(info, 0, NO_TABLE, NO_STATUS);
            case NO_MATCH, NOT_FOUND, UNKNOWN ->
                new KernelView.Foreign("the map has other targets than one of multipath");
            case OK ->
                switch (dm.table(info.name())) {
                    case IoResult.Ok<List<Target>>(var table) -> understand(info, table, status.targets());
                    case IoResult.Refused<List<Target>> refused -> unreadable(refused);
                };
        };
    }

    private static KernelView understand(DeviceMapper.Info info, List<Target> table, List<Target> status) {
        if (MapInspection.target(MapInspection.MULTIPATH, table) != Finding.OK) {
            return changedMeanwhile(info);
        }
        var target = table.getFirst();
        return switch (MultipathTableCodec.parse(target.parameters())) {
            case Parsed.Malformed<MultipathTable>(var word, var problem) -> notUnderstood("table", word, problem);
            case Parsed.Ok<MultipathTable>(var parsedTable) ->
                switch (MultipathStatusCodec.parse(status.getFirst().parameters())) {
                    case Parsed.Malformed<MultipathStatus>(var word, var problem) ->
                        notUnderstood("status", word, problem);
                    case Parsed.Ok<MultipathStatus>(var parsedStatus) ->
                        sameShape(parsedTable, parsedStatus)
                                ? view(info, target.sectors(), parsedTable, parsedStatus)
                                : changedMeanwhile(info);
                };
        };
    }

    /** A device that vanished while it was read is one that is not there. */
    private static KernelView unreadable(IoResult.Refused<?> refused) {
        return MapInspection.answer(refused) == Finding.NOT_FOUND
                ? new KernelView.Absent()
                : new KernelView.Unreadable(refused);
    }

    private static KernelView changedMeanwhile(DeviceMapper.Info info) {
        return new KernelView.Unreadable(
                new IoResult.Refused<>(0, "dm status and table " + info.name(), "the table changed in between"));
    }

    private static boolean sameShape(MultipathTable table, MultipathStatus status) {
        return table.groups().stream()
                .map(group ->
                        group.paths().stream().map(MultipathTable.Path::device).toList())
                .toList()
                .equals(status.groups().stream()
                        .map(group -> group.paths().stream()
                                .map(MultipathStatus.Path::device)
                                .toList())
                        .toList());
    }

    private static KernelView notUnderstood(String what, int word, String problem) {
        return new KernelView.Foreign("the map's " + what + " is not understood at word " + word + ": " + problem);
    }

    private static KernelView view(DeviceMapper.Info info, long sectors, MultipathTable table, MultipathStatus status) {
        var map = new KernelMap(
                info.name(),
                info.device(),
                info.suspended(),
                info.readOnly(),
                info.openCount(),
                info.inactiveTable(),
                info.deferredRemove(),
                sectors,
                table,
                status);
        return new KernelView.Present(map, info.eventNumber());
    }
}
