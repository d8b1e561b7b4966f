package org.lunwarden.io.simulated;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;

import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.FabricEvents;
import org.lunwarden.io.HostFacts;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.UeventSource;
import org.lunwarden.io.UeventSource.Uevent;
import org.lunwarden.io.simulated.Hardware.Lun;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;

/** The kernel and udev of one simulated host: its links and disks, and the way of a command to a LUN. */
final class SimulatedKernel {

    /** {@code DID_NO_CONNECT}, {@code DID_ERROR}, {@code DID_TRANSPORT_FAILFAST} of include/scsi/scsi_status.h. */
    private static final int NO_CONNECT = 0x01;

    private static final int ERROR = 0x07;
    private static final int TRANSPORT_FAILFAST = 0x0f;

    private record Unit(Link link, Lun lun) {}

    final SimulatedSan san;
    final String name;
    final TreeMap<Integer, PathDevice> disks = new TreeMap<>();
    final Listeners<Uevent> uevents = new Listeners<>();
    final Listeners<FabricEvents.Said> fabricEvents = new Listeners<>();
    final DiskUses uses;
    private final LinkOutages outages = new LinkOutages(this);

    private final Health health;
    private final List<Link> links = new ArrayList<>();
    private final SimulatedDeviceMapper mapper;
    private final HostPorts ports;
    private long eventsSent;

    SimulatedKernel(SimulatedSan san, String name, Health health, List<HbaPort> hbaPorts) {
        this.san = san;
        this.name = name;
        this.health = health;
        for (var port : hbaPorts) {
            var number = 0;
            for (var array : san.arrays) {
                for (var target : array.ports) {
                    if (target.fabric == port.fabric) {
                        links.add(new Link(port, target, number++));
                    }
                }
            }
        }
        mapper = new SimulatedDeviceMapper(this);
        uses = new DiskUses(this);
        UeventSource source = uevents::add;
        var boot = UUID.nameUUIDFromBytes(("boot of " + name).getBytes(StandardCharsets.UTF_8));
        ports = new HostPorts(
                new HostFacts(name, boot.toString(), "6.1.0-simulated", false),
                mapper,
                new SimulatedBlockDevices(this),
                new SimulatedPathProbe(this),
                source,
                san.time::now,
                new SimulatedStateFiles(),
                new SimulatedDiskControl(this),
                fabricEvents::add);
        for (var link : links) {
            link.state = link.crossed(health).isPresent() ? Link.State.UP : Link.State.LOST;
        }
        discover();
    }

    HostPorts ports() {
        return ports;
    }

    /** The name of the port that is that SCSI host; empty where it is none of FC. */
    String adapter(int number) {
        return links.stream()
                .map(link -> link.initiator)
                .filter(port -> port.number == number && port.fabric.subnet.isEmpty())
                .findFirst()
                .map(port -> Names.sysfs(port.wwpn))
                .orElse("");
    }

    SimulatedDeviceMapper mapper() {
        return mapper;
    }

    Optional<PathDevice> disk(DeviceName disk) {
        return Optional.ofNullable(disks.get(Names.index(disk)));
    }

    Optional<PathDevice> disk(DevT number) {
        return Optional.ofNullable(disks.get(Names.index(number)));
    }

    /** Finds what can be reached and is not known yet, and sends events of it. */
    void scan() {
        discover().forEach(device -> uevent("add", device));
    }

    private List<PathDevice> discover() {
        var known = new HashSet<Unit>();
        disks.values().forEach(disk -> known.add(new Unit(disk.link, disk.lun)));
        var found = new ArrayList<PathDevice>();
        var index = 1;
        for (var link : links) {
            if (link.state != Link.State.UP) {
                continue;
            }
            for (var lun : link.target.controller.array.luns) {
                if (known.add(new Unit(link, lun))) {
                    index = freeIndex(index);
                    var device = new PathDevice(index, link, lun);
                    disks.put(index, device);
                    found.add(device);
                }
            }
        }
        return found;
    }

    void remove(DeviceName disk) {
        disk(disk).ifPresent(this::remove);
    }

    /** udev reads a device that was read anew. */
    void reread(PathDevice device) {
        if (device.opens()) {
            device.sectors = device.lun.sectors;
        }
        uevent("add", device);
    }

    void change(PathDevice device) {
        uevent("change", device);
    }

    void offline(DeviceName disk, boolean offline) {
        disk(disk).ifPresent(device -> device.offline = offline);
    }

    void hang(DeviceName disk, boolean hung) {
        disk(disk).ifPresent(device -> {
            device.hung = hung;
            if (!hung) {
                retry(device.waiting);
            }
        });
    }

    /** Who opens a disk waits until its recovery is over ({@code sd_open()} of drivers/scsi/sd.c). */
    void awaitRecovery(DeviceName disk) {
        var over = new CountDownLatch(1);
        synchronized (san.lock) {
            disk(disk)
                    .filter(device -> device.hung)
                    .ifPresentOrElse(device -> device.waiting.add(over::countDown), over::countDown);
        }
        try {
            over.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    void replace(DeviceName disk, Lun lun) {
        disk(disk).ifPresent(device -> {
            device.lun = lun;
            device.sectors = lun.sectors;
            device.attention = ScsiAnswers.UNIT_ATTENTION_LUNS_CHANGED;
            uevent("change", device);
        });
    }

    void change(DeviceName disk) {
        disk(disk).ifPresent(device -> uevent("change", device));
    }

    void resized(Lun lun) {
        attention(lun, ScsiAnswers.UNIT_ATTENTION_CAPACITY);
        disks.values().stream().filter(disk -> disk.lun == lun).forEach(disk -> {
            disk.sectors = lun.sectors;
            uevent("change", disk);
        });
    }

    void attention(Lun lun, int code) {
        disks.values().stream().filter(disk -> disk.lun == lun).forEach(disk -> disk.attention = code);
    }

    /** Brings the links to what the parts' states make of them. */
    void reassess() {
        outages.reassess(links, health);
    }

    /** Its devices go with it. */
    void lost(Link link) {
        disks.values().stream().filter(disk -> disk.link == link).toList().forEach(this::remove);
    }

    /**
     * Sends something to a LUN: what the LUN makes of it is asked when it gets there. {@code answer} hears on the SAN's
     * time, without the lock.
     */
    void send(PathDevice device, Function<PathDevice, ScsiReply> atLun, Consumer<ScsiReply> answer) {
        synchronized (san.lock) {
            dispatch(device, atLun, answer);
        }
    }

    private void dispatch(PathDevice device, Function<PathDevice, ScsiReply> atLun, Consumer<ScsiReply> answer) {
        var link = device.link;
        if (!device.present || device.offline) {
            reply(answer, NO_CONNECT);
            return;
        }
        switch (link.state) {
            case FAILED -> reply(answer, TRANSPORT_FAILFAST);
            case LOST -> reply(answer, NO_CONNECT);
            case BLOCKED -> link.waiting.add(() -> send(device, atLun, answer));
            case UP -> {
                var crossed = new ArrayList<>(link.crossed(health).orElse(List.of()));
                crossed.add(device.lun.health);
                var delay = san.latency;
                var passes = 1.0;
                for (var part : crossed) {
                    delay = delay.plus(part.latency());
                    passes *= part.passed();
                }
                var lost = passes < 1 && san.chance.nextDouble() >= passes;
                san.time.after(delay, () -> arrive(device, atLun, answer, lost));
            }
        }
    }

    private void arrive(
            PathDevice device, Function<PathDevice, ScsiReply> atLun, Consumer<ScsiReply> answer, boolean lost) {
        ScsiReply reply;
        synchronized (san.lock) {
            if (device.present && device.hung) {
                device.waiting.add(() -> arrive(device, atLun, answer, lost));
                return;
            }
            if (!device.present || device.offline || device.link.state != Link.State.UP) {
                send(device, atLun, answer);
                return;
            }
            reply = lost ? ScsiAnswers.transport(ERROR) : atLun.apply(device);
        }
        answer.accept(reply);
    }

    private void reply(Consumer<ScsiReply> answer, int hostStatus) {
        san.time.after(Duration.ZERO, () -> answer.accept(ScsiAnswers.transport(hostStatus)));
    }

    void retry(List<Runnable> waiting) {
        var again = List.copyOf(waiting);
        waiting.clear();
        again.forEach(action -> san.time.after(Duration.ZERO, action));
    }

    private void remove(PathDevice device) {
        device.present = false;
        disks.remove(device.index);
        uevent("remove", device);
        retry(device.waiting);
    }

    /** A number is free again when no dm table holds the device that had it. */
    private int freeIndex(int least) {
        for (var index = least; ; index++) {
            if (!disks.containsKey(index) && !mapper.devices.referTo(index)) {
                return index;
            }
        }
    }

    private void uevent(String action, PathDevice device) {
        uevent(action, device.name(), SimulatedBlockDevices.udev(this, device));
    }

    /** Sends an event of a block device; its listeners hear it on the SAN's time. */
    void uevent(String action, DeviceName device, Map<String, String> properties) {
        var all = new HashMap<>(properties);
        all.put("ACTION", action);
        all.put("SEQNUM", Long.toString(1000 + ++eventsSent));
        var event = new Uevent(action, device, all);
        san.time.after(Duration.ZERO, () -> uevents.tell(event));
    }
}
