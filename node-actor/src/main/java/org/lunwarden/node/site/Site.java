package org.lunwarden.node.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.Choice;
import org.lunwarden.io.Disk;
import org.lunwarden.io.UeventSource.Uevent;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.node.discovery.UdevQuestions;
import org.lunwarden.node.names.Alias;
import org.lunwarden.node.names.NameWish;
import org.lunwarden.node.uevent.UeventFacts;

/** What a site wants of its disks and maps. Safe for use by several threads. */
public interface Site {

    /** Which unit a disk is a path of, and whether it may be one. */
    SiteDisk look(Disk disk);

    /** @param wwid which the disk was taken as, whatever it tells now */
    PathSettings path(Disk disk, Wwid wwid);

    /** @param path whose device and protocol decide; without one, what is said of devices and protocols is left out */
    MapSettings map(Wwid wwid, Optional<Disk> path);

    /** Of which disks maps are made. */
    Choice.FindMultipaths findMultipaths();

    /** Whether a USB disk may be a path. */
    boolean allowsUsb();

    /** Whether what stands on a disk is moved onto the map of the disk. */
    boolean reassignsMaps();

    /** How often, and how long apart, udev is asked for a disk that nobody gives a WWID. */
    UdevQuestions.Patience udevPatience();

    /** @param path as for {@link #map} */
    NameWish name(Wwid wwid, Optional<Disk> path);

    /** The aliases of the entries for one WWID each, with the first that has it. */
    Map<Alias, String> aliases();

    /** Whether nothing of that name is ever a path, so that its events need no look. */
    boolean ignores(DeviceName name);

    /** The udev property of {@code uid_attrs} that holds the unit of a disk of that name. */
    Optional<String> uidAttribute(DeviceName name);

    /** Which unit an event's disk is a path of, where {@code uid_attrs} has events of one unit merged. */
    default Optional<String> unit(Uevent event) {
        return uidAttribute(event.device()).flatMap(property -> UeventFacts.text(event, property));
    }

    /** What is set for a path or its map and cannot be done yet, a sentence each. */
    List<String> notOffered(Disk disk, Wwid wwid);

    default ProcessWishes process() {
        return ProcessWishes.BUILT_IN;
    }

    /** As a configuration says. */
    static Site of(MultipathConf conf) {
        return new ConfiguredSite(conf);
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
}
