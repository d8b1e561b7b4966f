package org.lunwarden.node.topology;

import java.util.ArrayList;
import java.util.List;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.nvme.FabricAddress;

/**
 * A path through an NVMe controller. FC ports have the names that they have for SCSI, since one port may speak both. Through
 * a network the host's port is told by its interface, the target's by its address. A controller that is no member of a
 * fabric has only the kernel's name.
 */
final class NvmePath {

    private static final String DEFAULT_SERVICE = "4420";

    private NvmePath() {}

    static NexusFacts facts(HostId host, Disk disk, PortFacts.Nvme ports) {
        var address = FabricAddress.parse(ports.address());
        var from = address.sourcePort();
        var to = address.targetPort();
        if (from.isPresent() && to.isPresent()) {
            return fc(host, disk, from.get(), to.get());
        }
        return switch (ports.transport()) {
            case "tcp", "rdma" -> network(host, disk, ports, address);
            default -> local(host, disk, ports, address);
        };
    }

    private static NexusFacts fc(HostId host, Disk disk, FabricAddress.FcPort from, FabricAddress.FcPort to) {
        var initiator = PortName.parse(from.port());
        var target = PortName.parse(to.port());
        var components = new ArrayList<Component>();
        components.add(new Component(ComponentClass.HOST, host.value()));
        components.add(new Component(
                ComponentClass.HBA_PORT, initiator.orElseGet(() -> host + "/" + OpaquePath.initiator(disk))));
        target.ifPresent(port -> components.add(new Component(ComponentClass.TARGET_PORT, port)));
        PortName.parse(to.node()).ifPresent(array -> components.add(new Component(ComponentClass.ARRAY, array)));
        return facts(
                new Nexus(
                        initiator.orElseGet(() -> OpaquePath.initiator(disk)),
                        target.orElseGet(() -> OpaquePath.target(disk))),
                components,
                initiator.isPresent() && target.isPresent());
    }

    private static NexusFacts network(HostId host, Disk disk, PortFacts.Nvme ports, FabricAddress address) {
        var nic = ports.netDevice().isEmpty() ? OpaquePath.initiator(disk) : ports.netDevice();
        var service = address.service().isEmpty() ? DEFAULT_SERVICE : address.service();
        var portal = IpLiteral.portal(address.target(), service);
        var components = new ArrayList<Component>();
        components.add(new Component(ComponentClass.HOST, host.value()));
        components.add(new Component(ComponentClass.HBA_PORT, host + "/" + nic));
        IpLiteral.network(ports.localAddress())
                .ifPresent(network -> components.add(new Component(ComponentClass.SUBNET, network)));
        if (!address.target().isEmpty()) {
            components.add(new Component(ComponentClass.TARGET_PORT, portal));
        }
        if (!ports.subsystemNqn().isEmpty()) {
            components.add(new Component(ComponentClass.ARRAY, ports.subsystemNqn()));
        }
        return facts(
                new Nexus(
                        name(ports.hostNqn(), host.value(), ",i,", nic), name(ports.subsystemNqn(), "", ",t,", portal)),
                components,
                // of a controller that is not connected the kernel forgets the interface: a guess is no better than
                // what was known
                !ports.netDevice().isEmpty()
                        && !(address.source().isEmpty() && address.netDevice().isEmpty()));
    }

    /** On the host's own bus, or a loop: nobody shares the way to it. */
    private static NexusFacts local(HostId host, Disk disk, PortFacts.Nvme ports, FabricAddress address) {
        var controller = ports.controller().isEmpty() ? OpaquePath.initiator(disk) : ports.controller();
        var place = address.target().isEmpty() ? ports.address() : address.target();
        var components = new ArrayList<Component>();
        components.add(new Component(ComponentClass.HOST, host.value()));
        components.add(new Component(ComponentClass.HBA_PORT, host + "/" + controller));
        return facts(
                new Nexus(controller, name(ports.subsystemNqn(), OpaquePath.target(disk), ",t,", place)),
                components,
                true);
    }

    private static String name(String nqn, String otherwise, String kind, String port) {
        return (nqn.isEmpty() ? otherwise : nqn) + kind + port;
    }

    private static NexusFacts facts(Nexus nexus, List<Component> components, boolean whole) {
        return new NexusFacts(nexus, Transport.NVME, components, whole);
    }
}
