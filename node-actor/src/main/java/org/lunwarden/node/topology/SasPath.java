package org.lunwarden.node.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.fleet.HostId;

/** A SAS path: the host's port, the expanders on the way, the target's port. */
final class SasPath {

    private SasPath() {}

    static NexusFacts facts(HostId host, Disk disk, PortFacts.Sas ports) {
        var initiator = PortName.parse(ports.hostAddress());
        var target = PortName.parse(ports.targetAddress());
        var nexus = new Nexus(
                initiator.orElseGet(() -> OpaquePath.initiator(disk)), target.orElseGet(() -> OpaquePath.target(disk)));

        var components = new ArrayList<Component>();
        components.add(new Component(ComponentClass.HOST, host.value()));
        components.add(new Component(
                ComponentClass.HBA_PORT, initiator.orElseGet(() -> host + "/" + OpaquePath.initiator(disk))));
        components.addAll(FcPath.firmware(ports.model(), ports.driver(), ports.firmware()));
        Arrays.stream(ports.expanders().split("\\s+"))
                .map(PortName::parse)
                .flatMap(Optional::stream)
                .forEach(expander -> components.add(new Component(ComponentClass.EXPANDER, expander)));
        target.ifPresent(port -> components.add(new Component(ComponentClass.TARGET_PORT, port)));
        var page = NexusFacts.identification(disk);
        page.targetDeviceName().ifPresent(array -> {
            components.add(new Component(ComponentClass.ARRAY, array));
            page.targetPortGroup()
                    .ifPresent(group -> components.add(new Component(ComponentClass.CONTROLLER, array + "/" + group)));
        });
        return new NexusFacts(nexus, Transport.SAS, components, target.isPresent());
    }
}
