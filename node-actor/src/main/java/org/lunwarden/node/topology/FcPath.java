package org.lunwarden.node.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.fleet.HostId;

/**
 * An FC path. A domain names a switch within its fabric only, so without a real fabric name no switch is named; a port
 * without a fabric (point to point, loop) crosses none.
 */
final class FcPath {

    private FcPath() {}

    static NexusFacts facts(HostId host, Disk disk, PortFacts.Fc ports) {
        var initiator = PortName.parse(ports.hostPortName());
        var target = PortName.parse(ports.remotePortName());
        var nexus = new Nexus(
                initiator.orElseGet(() -> OpaquePath.initiator(disk)), target.orElseGet(() -> OpaquePath.target(disk)));

        var components = new ArrayList<Component>();
        components.add(new Component(ComponentClass.HOST, host.value()));
        components.add(new Component(
                ComponentClass.HBA_PORT, initiator.orElseGet(() -> host + "/" + OpaquePath.initiator(disk))));
        components.addAll(firmware(ports.model(), ports.driver(), ports.firmware()));
        fabric(ports).ifPresent(fabric -> components.addAll(switched(fabric, ports)));
        target.ifPresent(port -> components.add(new Component(ComponentClass.TARGET_PORT, port)));
        components.addAll(array(disk, ports));
        return new NexusFacts(nexus, Transport.FC, components, isWhole(ports));
    }

    /** Adapters of one model that run one driver and firmware share its faults. */
    static List<Component> firmware(String model, String driver, String firmware) {
        if (firmware.isBlank()) {
            return List.of();
        }
        var id = Stream.of(model, driver, firmware)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("/"));
        return List.of(new Component(ComponentClass.HBA_FIRMWARE, id));
    }

    private static Optional<String> fabric(PortFacts.Fc ports) {
        var type = ports.hostPortType().toLowerCase(Locale.ROOT);
        var alone = type.startsWith("point-to-point") || type.contains("private");
        return alone ? Optional.empty() : PortName.parse(ports.fabricName());
    }

    private static List<Component> switched(String fabric, PortFacts.Fc ports) {
        var components = new ArrayList<Component>();
        components.add(new Component(ComponentClass.FABRIC, fabric));
        var near = FcAddress.domain(ports.hostPortId());
        var far = FcAddress.domain(ports.remotePortId());
        Stream.of(near, far)
                .flatMapToInt(OptionalInt::stream)
                .distinct()
                .forEach(domain -> components.add(new Component(ComponentClass.SWITCH, fabric + "/" + domain)));
        if (near.isPresent() && far.isPresent() && near.getAsInt() != far.getAsInt()) {
            var low = Math.min(near.getAsInt(), far.getAsInt());
            var high = Math.max(near.getAsInt(), far.getAsInt());
            components.add(new Component(ComponentClass.ISL, fabric + "/" + low + "-" + high));
        }
        return components;
    }

    private static List<Component> array(Disk disk, PortFacts.Fc ports) {
        var page = NexusFacts.identification(disk);
        var array = PortName.parse(ports.remoteNodeName()).or(page::targetDeviceName);
        if (array.isEmpty()) {
            return List.of();
        }
        var components = new ArrayList<Component>();
        components.add(new Component(ComponentClass.ARRAY, array.get()));
        page.targetPortGroup()
                .ifPresent(
                        group -> components.add(new Component(ComponentClass.CONTROLLER, array.get() + "/" + group)));
        return components;
    }

    private static boolean isWhole(PortFacts.Fc ports) {
        return isOnline(ports.hostPortState())
                && isOnline(ports.remotePortState())
                && PortName.parse(ports.remotePortName()).isPresent()
                && (fabric(ports).isEmpty()
                        || (FcAddress.domain(ports.hostPortId()).isPresent()
                                && FcAddress.domain(ports.remotePortId()).isPresent()));
    }

    private static boolean isOnline(String state) {
        return switch (state) {
            case "", "Online", "Marginal" -> true;
            default -> false;
        };
    }
}
