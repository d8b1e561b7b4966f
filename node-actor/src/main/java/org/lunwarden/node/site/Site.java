package org.lunwarden.node.site;

import java.util.List;
import java.util.Optional;

import org.lunwarden.conf.effective.EngineSettings;
import org.lunwarden.conf.effective.PathIdentity;
import org.lunwarden.conf.effective.Precedence;
import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.io.Disk;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.PathSettings;

/** What a site wants of its disks and maps. Safe for use by several threads. */
public interface Site {

    /** Which unit a disk is a path of, and whether it may be one. */
    SiteDisk look(Disk disk);

    /** @param wwid which the disk was taken as, whatever it tells now */
    PathSettings path(Disk disk, Wwid wwid);

    /** @param path whose device and protocol decide; without one, what is said of devices and protocols is left out */
    MapSettings map(Wwid wwid, Optional<Disk> path);

    /** What is set for a path or its map and cannot be done yet, a sentence each. */
    List<String> notOffered(Disk disk, Wwid wwid);

    /** As a configuration says. */
    static Site of(MultipathConf conf) {
        return new Site() {
            @Override
            public SiteDisk look(Disk disk) {
                return SiteDisk.of(conf, disk);
            }

            @Override
            public PathSettings path(Disk disk, Wwid wwid) {
                return settings(conf, Optional.of(disk), wwid).path();
            }

            @Override
            public MapSettings map(Wwid wwid, Optional<Disk> path) {
                return settings(conf, path, wwid).map();
            }

            @Override
            public List<String> notOffered(Disk disk, Wwid wwid) {
                return settings(conf, Optional.of(disk), wwid).notOffered().stream()
                        .map(EngineSettings.NotOffered::toString)
                        .toList();
            }
        };
    }

    /**
     * As the text of a multipath.conf(5) says.
     *
     * @throws IllegalArgumentException with every problem, a warning too
     */
    static Site parse(String text) {
        var loaded = MultipathConf.load(List.of(new SourceFile("multipath.conf", text)), false);
        if (loaded instanceof Loaded.Usable(var conf, var problems) && problems.isEmpty()) {
            return of(conf);
        }
        throw new IllegalArgumentException(loaded.problems().toString());
    }

    private static EngineSettings settings(MultipathConf conf, Optional<Disk> disk, Wwid wwid) {
        var device = disk.map(SiteDisk::device).orElse(new DeviceIdentity("", "", ""));
        var protocol = disk.map(SiteDisk::protocol).orElse("undef");
        return EngineSettings.of(Precedence.of(conf, new PathIdentity(device, protocol, wwid.value())));
    }
}
