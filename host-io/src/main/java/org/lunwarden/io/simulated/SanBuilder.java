package org.lunwarden.io.simulated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.io.simulated.Hardware.Controller;
import org.lunwarden.io.simulated.Hardware.Lun;
import org.lunwarden.io.simulated.Hardware.Protocol;
import org.lunwarden.io.simulated.Hardware.StorageArray;
import org.lunwarden.io.simulated.Hardware.TargetPort;

/** Lays out a simulated SAN: first networks and their switches, then arrays, then hosts. */
public final class SanBuilder {

    /** Where a port of a host or of an array is plugged in; {@code domain} names the switch. */
    public record Plug(String fabric, int domain) {}

    /** @param controller from 1 */
    public record ArrayPort(int controller, Plug plug) {}

    /** A host before its kernel is up. */
    record HostPlan(String name, int index, List<Plug> plugs) {}

    final Map<String, Fabric> fabrics = new LinkedHashMap<>();
    final List<StorageArray> arrays = new ArrayList<>();
    final Map<String, HostPlan> hosts = new LinkedHashMap<>();
    Optional<SimulatedTime> time = Optional.empty();
    long seed = 1;
    Duration fastIoFail = Duration.ofSeconds(5);
    Duration deviceLoss = Duration.ofMinutes(10);
    Duration latency = Duration.ofNanos(200_000);

    SanBuilder() {}

    /** Real time, unless another is given. */
    public SanBuilder time(SimulatedTime simulatedTime) {
        time = Optional.of(simulatedTime);
        return this;
    }

    /** Decides what is left to chance: which commands are lost. */
    public SanBuilder seed(long number) {
        seed = number;
        return this;
    }

    /** {@code fast_io_fail_tmo} (or iSCSI's recovery time) and {@code dev_loss_tmo} of all hosts: 5 s and 10 min. */
    public SanBuilder timeouts(Duration fastIoFailTimeout, Duration deviceLossTimeout) {
        fastIoFail = fastIoFailTimeout;
        deviceLoss = deviceLossTimeout;
        return this;
    }

    /** An FC fabric with switches of these domains, 1 to 239. */
    public SanBuilder fabric(String name, int... domains) {
        var fabric = new Fabric(name, 0x1000_0005_1e00_0000L | fabrics.size() + 1, Optional.empty());
        for (var domain : domains) {
            fabric.addSwitch(domain);
        }
        fabrics.put(name, fabric);
        return this;
    }

    /** An IP network, for example {@code 10.1.0.0/24}, with one switch, domain 1; its ports speak iSCSI. */
    public SanBuilder network(String name, String subnet) {
        var fabric = new Fabric(name, 0, Optional.of(IpSubnet.parse(subnet)));
        fabric.addSwitch(1);
        fabrics.put(name, fabric);
        return this;
    }

    /** Joins two switches of a fabric. */
    public SanBuilder isl(String fabric, int one, int other) {
        fabric(fabric).addIsl(one, other);
        return this;
    }

    /** An array; its LUNs' preferred controllers take turns. Every host sees every LUN. */
    public SanBuilder array(String name, List<ArrayPort> ports, int luns, long sectors) {
        return array(name, areOfFc(ports) ? Protocol.FCP : Protocol.ISCSI, "LUNWARD", ports, luns, sectors);
    }

    /** The same with namespaces of one subsystem; its ports speak NVMe over TCP, or over FC. */
    public SanBuilder nvmeArray(String name, List<ArrayPort> ports, int namespaces, long sectors) {
        return array(name, areOfFc(ports) ? Protocol.NVME_FC : Protocol.NVME_TCP, "NVME", ports, namespaces, sectors);
    }

    private boolean areOfFc(List<ArrayPort> ports) {
        return ports.stream()
                .anyMatch(port -> fabric(port.plug().fabric()).subnet.isEmpty());
    }

    private SanBuilder array(
            String name, Protocol protocol, String vendor, List<ArrayPort> ports, int luns, long sectors) {
        var array = new StorageArray(name, arrays.size() + 1, protocol, vendor, "Simulated Array");
        var last = ports.stream().mapToInt(ArrayPort::controller).max().orElse(0);
        for (var group = 1; group <= last; group++) {
            array.controllers.add(new Controller(array, group));
        }
        for (var port : ports) {
            var fabric = fabric(port.plug().fabric());
            var relative = array.ports.size() + 1;
            var address = fabric.subnet
                    .map(subnet -> subnet.address(-16 * arrays.size() - relative))
                    .orElse("");
            var controller = array.controllers.get(port.controller() - 1);
            array.ports.add(new TargetPort(controller, fabric, port.plug().domain(), relative, address));
        }
        for (var number = 0; number < luns; number++) {
            array.luns.add(new Lun(array, number, array.controllers.get(number % last), sectors));
        }
        arrays.add(array);
        return this;
    }

    /** A host with one adapter port a plug, and a local disk {@code sda} that it is booted from. */
    public SanBuilder host(String name, Plug... plugs) {
        hosts.put(name, new HostPlan(name, hosts.size(), List.of(plugs)));
        return this;
    }

    public SimulatedSan build() {
        return new SimulatedSan(this);
    }

    private Fabric fabric(String name) {
        var fabric = fabrics.get(name);
        if (fabric == null) {
            throw new IllegalArgumentException("no fabric " + name);
        }
        return fabric;
    }
}
