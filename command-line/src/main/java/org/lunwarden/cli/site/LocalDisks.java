package org.lunwarden.cli.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.print.ConfigPrinter;
import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.Disk;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.site.SiteDisk;

/**
 * The disks of this host as a site's configuration sees them, read once. Blocking, waits for no disk.
 *
 * @param problems disks that could not be read, a sentence each
 */
public record LocalDisks(MultipathConf conf, List<SiteDisk> disks, List<String> problems) {

    public LocalDisks {
        disks = List.copyOf(disks);
        problems = List.copyOf(problems);
    }

    /** All of them, sorted by name. */
    public static IoResult<LocalDisks> read(MultipathConf conf, BlockDevices devices) {
        var look = devices.look();
        return look.list().then(listed -> {
            var disks = new ArrayList<SiteDisk>();
            var problems = new ArrayList<String>();
            listed.stream().map(Listed::name).forEach(name -> {
                switch (look.disk(name)) {
                    case IoResult.Ok<Disk>(var disk) -> disks.add(SiteDisk.of(conf, disk));
                    case IoResult.Refused<Disk> refused -> {
                        if (!IoResult.Refused.isGone(refused.errno())) {
                            problems.add(refused.toString());
                        }
                    }
                }
            });
            return new IoResult.Ok<>(new LocalDisks(conf, disks, problems));
        });
    }

    /** One disk. */
    public static IoResult<SiteDisk> read(MultipathConf conf, BlockDevices devices, DeviceName name) {
        return devices.disk(name).then(disk -> new IoResult.Ok<>(SiteDisk.of(conf, disk)));
    }

    /**
     * The configuration, of which only those entries are left that apply to a disk that is not blacklisted, or to a map;
     * and every map.
     */
    public static IoResult<Printed> print(MultipathConf conf, HostPorts ports) {
        return read(conf, ports.blockDevices())
                .then(local -> ports.deviceMapper().list().then(all -> new IoResult.Ok<>(local.printed(all))));
    }

    private Printed printed(List<DeviceMapper.Device> all) {
        var used =
                disks.stream().filter(disk -> !disk.judgement().isBlacklisted()).toList();
        Set<String> wwids = new HashSet<>();
        used.forEach(disk -> disk.wwid().map(Wwid::value).ifPresent(wwids::add));
        var maps = all.stream()
                .flatMap(device -> Wwid.ofMap(device.uuid()).stream()
                        .map(wwid -> new ConfigPrinter.KernelMap(wwid.value(), device.name())))
                .sorted(Comparator.comparing(ConfigPrinter.KernelMap::name))
                .toList();
        var devices =
                used.stream().map(disk -> disk.identity().device()).distinct().toList();
        return new Printed(ConfigPrinter.print(conf, devices, maps, wwids::contains), problems);
    }

    /** @param problems disks that could not be read, and may be missed */
    public record Printed(String text, List<String> problems) {
        public Printed {
            problems = List.copyOf(problems);
        }
    }
}
