package org.lunwarden.node.site;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.lunwarden.conf.blacklist.Candidate;
import org.lunwarden.conf.blacklist.Judgement;
import org.lunwarden.conf.effective.EngineSettings;
import org.lunwarden.conf.effective.PathIdentity;
import org.lunwarden.conf.effective.Precedence;
import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.io.Disk;
import org.lunwarden.io.DiskControl;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.path.identity.DiskIdentity;
import org.lunwarden.path.prio.Prioritizer;
import org.lunwarden.path.transport.TransportTuning;

/**
 * A disk as a site's configuration sees it.
 *
 * @param wwid by the udev property that the configuration names. Where it names none, by what the disk tells itself; where
 *     it names the usual one and udev does not have it, by that too, since udev would have made the same of it. Another
 *     property has a meaning of its own: without it the disk has no WWID, rather than one of another kind.
 * @param precedence the parts of the configuration that apply to it and to the map of its WWID
 * @param judgement of the blacklist
 */
public record SiteDisk(
        Disk disk, Optional<Wwid> wwid, PathIdentity identity, Precedence precedence, Judgement judgement) {

    private static final Set<String> USUAL = Set.of("ID_SERIAL", "ID_WWN");
    private static final Set<String> NVME = Set.of("pcie", "rdma", "fc", "tcp", "loop", "apple-nvme");

    public static SiteDisk of(MultipathConf conf, Disk disk) {
        var device = device(disk);
        var protocol = protocol(disk);
        // no multipath entry has a word on where a WWID comes from
        var property = Precedence.of(conf, new PathIdentity(device, protocol, ""))
                .wwidProperty(disk.name().value());
        var wwid = fromUdev(disk, property).or(() -> asUdevWould(disk, property));
        var wwidText = wwid.map(Wwid::value).orElse("");
        var identity = new PathIdentity(device, protocol, wwidText);
        var judgement = conf.blacklist()
                .judge(new Candidate(
                        disk.name().value(),
                        protocol,
                        device.vendor(),
                        device.product(),
                        wwidText,
                        // the order in which libudev lists them
                        List.copyOf(new TreeSet<>(disk.udev().keySet())),
                        property));
        return new SiteDisk(disk, wwid, identity, Precedence.of(conf, identity), judgement);
    }

    /**
     * What the daemon makes of the settings for this disk and its transport: the prio, where the kernel tells enough of the
     * disk, and the timeouts; a sentence each. Blocking.
     */
    public List<String> inForce(DiskControl control) {
        var engine = EngineSettings.of(precedence);
        var settings = engine.pathOf(disk.timeout());
        var ofCheck = "checker_timeout is not set: a check may take "
                + settings.checkerTimeout().toSeconds() + " s, as the kernel lets a command of the disk";
        return Stream.of(
                        ofDetection(settings),
                        Stream.of(ofCheck).filter(line -> !engine.timeoutSaid()),
                        TransportTuning.account(
                                control, disk, settings.precautions().transport())
                                .stream())
                .flatMap(lines -> lines)
                .toList();
    }

    /** The checker that was detected, and a prio that only the disk itself decides for, are known to who asked it. */
    private Stream<String> ofDetection(PathSettings settings) {
        var prio = Stream.of(settings)
                .filter(PathSettings::detectPrio)
                .flatMap(wanted -> Prioritizer.known(disk, wanted).stream())
                .map(kind -> "the prio in force is " + kind.word() + ", by what the kernel tells of the disk");
        var daemon = Stream.of("lunwarden why " + disk.name()
                        + " tells by what the daemon checks and rates it, what was detected included")
                .filter(line -> settings.detectChecker() || settings.detectPrio());
        return Stream.concat(prio, daemon);
    }

    public static DeviceIdentity device(Disk disk) {
        return new DeviceIdentity(disk.vendor(), disk.product(), disk.revision());
    }

    /** As multipath.conf(5) names it, for example {@code scsi:fcp}. */
    public static String protocol(Disk disk) {
        return switch (disk.ports()) {
            case PortFacts.Fc fc -> "scsi:fcp";
            case PortFacts.Iscsi iscsi -> "scsi:iscsi";
            case PortFacts.Sas sas -> "scsi:sas";
            case PortFacts.Nvme nvme -> "nvme:" + (NVME.contains(nvme.transport()) ? nvme.transport() : "unspec");
            case PortFacts.Opaque opaque -> opaque(disk, opaque);
        };
    }

    private static String opaque(Disk disk, PortFacts.Opaque ports) {
        if (isUsb(disk)) {
            return "scsi:usb";
        }
        if (ports.bus() == PortFacts.Bus.ATA || "ata".equals(disk.udev().get("ID_BUS"))) {
            return "scsi:ata";
        }
        return ports.hostDriver().equals("ib_srp") ? "scsi:srp" : "scsi:unspec";
    }

    /** By where the kernel has it, or by udev: behind a bridge, udev may tell the bus of the disk itself. */
    public static boolean isUsb(Disk disk) {
        return (disk.ports() instanceof PortFacts.Opaque ports && ports.bus() == PortFacts.Bus.USB)
                || "usb".equals(disk.udev().get("ID_BUS"));
    }

    private static Optional<Wwid> asUdevWould(Disk disk, String property) {
        return property.isEmpty() || USUAL.contains(property) ? DiskIdentity.fromPages(disk) : Optional.empty();
    }

    private static Optional<Wwid> fromUdev(Disk disk, String property) {
        return Optional.ofNullable(disk.udev().get(property))
                .filter(Wwid::isValid)
                .map(Wwid::new);
    }
}
