package org.lunwarden.io.simulated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.lunwarden.io.FabricEvents;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.Subscription;
import org.lunwarden.io.simulated.Hardware.Lun;
import org.lunwarden.io.simulated.Hardware.StorageArray;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.fc.FabricEvent;

/**
 * A SAN in memory: hosts with their kernels, fabrics of switches, arrays. Any part can be made to fail; the hosts see
 * what real ones would see. Safe for use by many threads; all that happens by itself happens in one
 * {@link SimulatedTime}, so that under a manual time and one seed two runs are equal.
 */
public final class SimulatedSan implements AutoCloseable {

    /** Something that happened, in words. {@code host} is empty for the SAN itself. */
    public record Happening(Duration at, String host, String what) {}

    /** Guards all of the SAN's state. No listener is called and no answer given while it is held. */
    final Object lock = new Object();

    final SimulatedTime time;
    final SplittableRandom chance;
    final Duration fastIoFail;
    final Duration deviceLoss;
    final Duration latency;
    final Map<String, Fabric> fabrics;
    final List<StorageArray> arrays;

    private final boolean ownTime;
    private final Map<String, SanBuilder.HostPlan> plans;
    private final Map<String, SimulatedKernel> kernels = new LinkedHashMap<>();
    private final Map<String, Health> hostHealth = new LinkedHashMap<>();
    private final Map<String, List<HbaPort>> hbaPorts = new LinkedHashMap<>();
    private final Outages outages = new Outages(this);
    private final Listeners<Happening> happenings = new Listeners<>();

    SimulatedSan(SanBuilder plan) {
        time = plan.time.orElseGet(SimulatedTime::real);
        ownTime = plan.time.isEmpty();
        chance = new SplittableRandom(plan.seed);
        fastIoFail = plan.fastIoFail;
        deviceLoss = plan.deviceLoss;
        latency = plan.latency;
        fabrics = Map.copyOf(plan.fabrics);
        arrays = List.copyOf(plan.arrays);
        plans = Map.copyOf(plan.hosts);
        plan.hosts.values().forEach(this::plugIn);
        plan.fabrics.values().forEach(fabric -> outages.add(fabric.parts()));
        for (var array : arrays) {
            outages.add(List.of(array.health));
            outages.add(array.controllers.stream().map(c -> c.health).toList());
            outages.add(array.ports.stream().map(port -> port.health).toList());
            outages.add(array.luns.stream().map(lun -> lun.health).toList());
        }
    }

    public static SanBuilder builder() {
        return new SanBuilder();
    }

    /** The names of all hosts. */
    public List<String> hosts() {
        return hostHealth.keySet().stream().toList();
    }

    /**
     * A host's ports. Its kernel is brought up by the first call and stays.
     *
     * @throws IllegalArgumentException when there is no such host
     */
    public HostPorts host(String name) {
        return kernel(name).ports();
    }

    /** All that can fail. */
    public List<Part> parts() {
        return outages.parts();
    }

    /** The part of that kind whose id it is. */
    public Optional<Part> part(Part.Kind kind, String id) {
        return outages.parts().stream()
                .filter(part -> part.kind() == kind && part.id().equals(id))
                .findFirst();
    }

    /** What is wrong with a part now. */
    public Optional<Fault> fault(Part part) {
        synchronized (lock) {
            return outages.fault(part);
        }
    }

    public void fail(Part part) {
        outages.set(part, Optional.of(new Fault.Down()));
    }

    public void fail(Part part, Fault fault) {
        outages.set(part, Optional.of(fault));
    }

    public void restore(Part part) {
        outages.set(part, Optional.empty());
    }

    /** All hosts learn the new size, 512-byte sectors, as after a rescan of the LUN. */
    public void resize(Part lun, long sectors) {
        synchronized (lock) {
            var unit = unit(lun);
            unit.sectors = sectors;
            kernels.values().forEach(kernel -> kernel.resized(unit));
        }
    }

    /** The array has the LUN larger; a host knows it of a path when it reads that one anew. */
    public void grow(Part lun, long sectors) {
        synchronized (lock) {
            unit(lun).sectors = sectors;
        }
    }

    /** Looks for devices on all ports of a host. */
    public void rescan(String host) {
        synchronized (lock) {
            kernel(host).scan();
        }
    }

    /** Deletes a disk, as {@code echo 1 > device/delete} does; {@link #rescan} brings it back. */
    public void remove(String host, DeviceName disk) {
        synchronized (lock) {
            kernel(host).remove(disk);
        }
    }

    /** Sets a disk's state to {@code offline}, or back to {@code running}. */
    public void offline(String host, DeviceName disk, boolean offline) {
        synchronized (lock) {
            kernel(host).offline(disk, offline);
        }
    }

    /** Has an adapter of the host hear that from its fabric. */
    public void hear(String host, FabricEvent event) {
        Listeners<FabricEvents.Said> listeners;
        FabricEvents.Heard heard;
        synchronized (lock) {
            listeners = kernel(host).fabricEvents;
            heard = new FabricEvents.Heard(event, kernel(host).adapter(event.host()));
        }
        listeners.tell(heard);
    }

    /** Makes a disk take commands without answering them; what it has taken it answers when it hangs no more. */
    public void hang(String host, DeviceName disk, boolean hung) {
        synchronized (lock) {
            kernel(host).hang(disk, hung);
        }
    }

    /** Puts another LUN of the same array behind a disk, as an array does whose LUN numbers are given anew. */
    public void replace(String host, DeviceName disk, Part lun) {
        synchronized (lock) {
            kernel(host).replace(disk, unit(lun));
        }
    }

    /** Sends a {@code change} event for a disk. */
    public void change(String host, DeviceName disk) {
        synchronized (lock) {
            kernel(host).change(disk);
        }
    }

    /** udev loses what its rules made of a map; its next event brings it back. */
    public void forgetInUdev(String host, String map) {
        kernel(host).mapper().unready(map);
    }

    /** Mounts a disk; its number is in the mount table, for whoever looks without opening the disk. */
    public Subscription mount(String host, DeviceName disk, String folder) {
        synchronized (lock) {
            return kernel(host).uses.mount(disk, folder);
        }
    }

    /** Keeps a disk busy, as an exclusive opener does that nothing else shows. */
    public Subscription hold(String host, DeviceName disk, String what) {
        synchronized (lock) {
            return kernel(host).uses.hold(disk, what);
        }
    }

    /** Locks the node of a disk, as flock(2) does. */
    public Subscription lock(String host, DeviceName disk) {
        synchronized (lock) {
            return kernel(host).uses.lock(disk);
        }
    }

    /** One read of a dm device by an application: bytes, or errno. */
    public CompletionStage<IoResult<Integer>> read(String host, String map) {
        return kernel(host).mapper().read(map);
    }

    /**
     * An application that does one I/O on a dm device in each interval and keeps the device open. Refused with
     * {@code ENXIO} (6) when there is no such device.
     */
    public IoResult<SimulatedIo> io(String host, String map, Duration interval) {
        return SimulatedIo.start(this, kernel(host).mapper(), map, interval);
    }

    public Subscription onHappening(Consumer<Happening> listener) {
        return happenings.add(listener);
    }

    /** Stops the time if it is the SAN's own. */
    @Override
    public void close() {
        if (ownTime) {
            time.close();
        }
    }

    /** The kernels that are up. */
    Collection<SimulatedKernel> kernels() {
        return kernels.values();
    }

    void happened(String host, String what) {
        var happening = new Happening(time.now(), host, what);
        time.after(Duration.ZERO, () -> happenings.tell(happening));
    }

    private void plugIn(SanBuilder.HostPlan plan) {
        var health = new Health(Part.Kind.HOST, plan.name(), "host " + plan.name());
        hostHealth.put(plan.name(), health);
        outages.add(List.of(health));
        var ports = new ArrayList<HbaPort>();
        for (var plug : plan.plugs()) {
            var fabric = fabrics.get(plug.fabric());
            if (fabric == null || !fabric.switches.containsKey(plug.domain())) {
                throw new IllegalArgumentException(plan.name() + " is plugged into nothing: " + plug);
            }
            ports.add(new HbaPort(plan.name(), plan.index(), ports.size() + 1, fabric, plug.domain()));
        }
        hbaPorts.put(plan.name(), ports);
        outages.add(ports.stream().map(port -> port.health).toList());
    }

    private SimulatedKernel kernel(String name) {
        synchronized (lock) {
            var known = kernels.get(name);
            if (known != null) {
                return known;
            }
            var plan = plans.get(name);
            var health = hostHealth.get(name);
            if (plan == null || health == null) {
                throw new IllegalArgumentException("no host " + name);
            }
            var kernel = new SimulatedKernel(this, name, health, hbaPorts.getOrDefault(name, List.of()));
            kernels.put(name, kernel);
            return kernel;
        }
    }

    private Lun unit(Part lun) {
        return arrays.stream()
                .flatMap(array -> array.luns.stream())
                .filter(candidate -> candidate.health.part.equals(lun))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such LUN: " + lun));
    }
}
