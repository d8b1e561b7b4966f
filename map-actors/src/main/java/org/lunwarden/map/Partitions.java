package org.lunwarden.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.model.Wwid;

/** The devices of a map's partitions, as kpartx(8) makes them. Blocking. */
record Partitions(DeviceMapper dm, Wwid wwid) {

    /** What kpartx puts between a name that ends with a digit and the number. */
    private static final String AFTER_DIGIT = "p";

    /** Those that stand on that device. */
    IoResult<List<DeviceMapper.Info>> of(DeviceMapper.Info map) {
        return dm.list().then(devices -> {
            var partitions = new ArrayList<DeviceMapper.Info>();
            for (var device : devices) {
                if (isPartition(device.uuid())
                        && dm.info(device.name()) instanceof IoResult.Ok<DeviceMapper.Info>(var info)
                        && isOn(map, info)) {
                    partitions.add(info);
                }
            }
            return new IoResult.Ok<>(List.copyOf(partitions));
        });
    }

    /** Has them follow their map to its new name. One that cannot keeps its own, and works all the same. */
    void follow(String from, String to, UdevFlags flags) {
        if (dm.info(to) instanceof IoResult.Ok<DeviceMapper.Info>(var map)
                && of(map) instanceof IoResult.Ok<List<DeviceMapper.Info>>(var partitions)) {
            for (var partition : partitions) {
                renamed(partition.name(), from, to).ifPresent(name -> rename(partition.name(), name, flags));
            }
        }
    }

    private void rename(String partition, String name, UdevFlags flags) {
        var said = dm.rename(partition, name, flags) instanceof Refused<?> refused
                ? "partition " + partition + " keeps its name: " + refused
                : "partition " + partition + " is " + name + " now";
        AuditTrail.note(wwid, said);
    }

    /** The partition's name once its map is renamed; empty when it is not named after its map. */
    static Optional<String> renamed(String partition, String from, String to) {
        if (!partition.startsWith(from)) {
            return Optional.empty();
        }
        var rest = partition.substring(from.length());
        var number = rest.replaceFirst("^\\D*", "");
        var between = rest.substring(0, rest.length() - number.length());
        if (!number.matches("\\d+")) {
            return Optional.empty();
        }
        if (!between.isEmpty() && !between.equals(AFTER_DIGIT)) {
            return Optional.of(to + between + number);
        }
        return Optional.of(to + (Character.isDigit(to.charAt(to.length() - 1)) ? AFTER_DIGIT : "") + number);
    }

    private boolean isPartition(String uuid) {
        return MapInspection.partitionUuid(uuid) == MapInspection.Finding.OK
                && uuid.substring(uuid.indexOf('-') + 1).equals(KernelReader.uuid(wwid));
    }

    private boolean isOn(DeviceMapper.Info map, DeviceMapper.Info partition) {
        return dm.table(partition.name()) instanceof IoResult.Ok<List<DeviceMapper.Target>>(var targets)
                && MapInspection.target(MapInspection.LINEAR, targets) == MapInspection.Finding.OK
                && targets.getFirst().parameters().startsWith(map.device() + " ");
    }
}
