package org.lunwarden.cli.site;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.lunwarden.conf.effective.PathIdentity;
import org.lunwarden.conf.effective.Precedence;
import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.dm.MultipathTable;
import org.lunwarden.model.dm.MultipathTableCodec;
import org.lunwarden.model.dm.Parsed;
import org.lunwarden.node.site.SiteDisk;

/**
 * A map of this host, or one that this host could have, and the path whose device decides on its settings.
 *
 * @param path the first one of its table that can be read, or else the first disk of its WWID; empty when there is none
 */
public record LocalMap(String name, Wwid wwid, Optional<SiteDisk> path, Precedence precedence) {

    private static final int ENXIO = 6;

    /**
     * @param name of a multipath map; or the WWID of a map, of a disk or of an entry for a map; or the alias of such an
     *     entry
     */
    public static IoResult<LocalMap> find(MultipathConf conf, HostPorts ports, String name) {
        return LocalDisks.read(conf, ports.blockDevices())
                .then(local -> ports.deviceMapper().list().then(all -> find(conf, ports, name, local.disks(), all)));
    }

    private static IoResult<LocalMap> find(
            MultipathConf conf, HostPorts ports, String name, List<SiteDisk> disks, List<DeviceMapper.Device> all) {
        var maps = all.stream()
                .filter(device -> Wwid.ofMap(device.uuid()).isPresent())
                .toList();
        var existing = maps.stream()
                .filter(device -> device.name().equals(name))
                .findFirst()
                .or(() -> maps.stream()
                        .filter(device -> Wwid.ofMap(device.uuid())
                                .filter(wwid -> wwid.value().equals(name))
                                .isPresent())
                        .findFirst());
        if (existing.isPresent()) {
            var map = existing.get();
            var wwid = Wwid.ofMap(map.uuid()).orElseThrow();
            return paths(ports.deviceMapper(), map.name())
                    .then(paths -> new IoResult.Ok<>(of(
                            conf,
                            map.name(),
                            wwid,
                            Stream.concat(
                                    paths.stream().flatMap(path -> ofNumber(disks, path)), ofWwid(disks, wwid)))));
        }
        return wwid(conf, name, disks)
                .<IoResult<LocalMap>>map(wwid -> new IoResult.Ok<>(of(conf, name, wwid, ofWwid(disks, wwid))))
                .orElseGet(
                        () -> new IoResult.Refused<>(
                                ENXIO,
                                "find map " + name,
                                "neither a multipath map, nor the WWID of a disk, nor the WWID or alias of an entry in multipaths"));
    }

    private static LocalMap of(MultipathConf conf, String name, Wwid wwid, Stream<SiteDisk> paths) {
        var path = paths.findFirst();
        // a disk that tells another WWID than its map still decides as a device
        var identity = path.map(disk -> new PathIdentity(
                        disk.identity().device(), disk.identity().protocol(), wwid.value()))
                .orElseGet(() -> new PathIdentity(new DeviceIdentity("", "", ""), "undef", wwid.value()));
        return new LocalMap(name, wwid, path, Precedence.of(conf, identity));
    }

    private static Stream<SiteDisk> ofNumber(List<SiteDisk> disks, DevT number) {
        return disks.stream().filter(disk -> disk.disk().device().equals(number));
    }

    private static Stream<SiteDisk> ofWwid(List<SiteDisk> disks, Wwid wwid) {
        return disks.stream().filter(disk -> disk.wwid().equals(Optional.of(wwid)));
    }

    private static Optional<Wwid> wwid(MultipathConf conf, String name, List<SiteDisk> disks) {
        var ofEntries = conf.multipaths().stream()
                .filter(entry -> Stream.of(EntryKeywords.ALIAS, EntryKeywords.WWID)
                        .anyMatch(key -> entry.value(key).filter(name::equals).isPresent()))
                .flatMap(entry -> entry.value(EntryKeywords.WWID).stream())
                .filter(Wwid::isValid)
                .map(Wwid::new);
        var ofDisks = disks.stream()
                .flatMap(disk -> disk.wwid().stream())
                .filter(wwid -> wwid.value().equals(name));
        return Stream.concat(ofEntries, ofDisks).findFirst();
    }

    private static IoResult<List<DevT>> paths(DeviceMapper dm, String name) {
        return dm.table(name)
                .then(targets -> new IoResult.Ok<>(targets.stream()
                        .filter(target -> target.type().equals("multipath"))
                        .map(target -> MultipathTableCodec.parse(target.parameters()))
                        .flatMap(LocalMap::paths)
                        .toList()));
    }

    private static Stream<DevT> paths(Parsed<MultipathTable> table) {
        return switch (table) {
            case Parsed.Ok<MultipathTable>(var parsed) ->
                parsed.groups().stream()
                        .flatMap(group -> group.paths().stream())
                        .map(MultipathTable.Path::device);
            case Parsed.Malformed<MultipathTable> unknown -> Stream.of();
        };
    }
}
