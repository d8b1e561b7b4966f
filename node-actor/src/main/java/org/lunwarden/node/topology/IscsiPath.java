package org.lunwarden.node.topology;

import java.util.ArrayList;
import java.util.Locale;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.fleet.HostId;

/**
 * An iSCSI path, which is a session. The initiator port is told by the network interface where it is known: sessions
 * through two networks have the same initiator name, often the same interface record ({@code default}), and may end at
 * the same portal group.
 */
final class IscsiPath {

    private static final String DEFAULT_PORT = "3260";

    private IscsiPath() {}

    static NexusFacts facts(HostId host, Disk disk, PortFacts.Iscsi ports) {
        var nic = ports.netDevice().isEmpty() ? ports.interfaceName() : ports.netDevice();
        var group = portalGroup(ports.targetPortalGroup());
        var nexus = new Nexus(
                ports.initiatorName().isEmpty() ? OpaquePath.initiator(disk) : ports.initiatorName() + ",i," + nic,
                ports.targetName().isEmpty()
                        ? OpaquePath.target(disk)
                        : ports.targetName() + String.format(Locale.ROOT, ",t,0x%04x", group) + portal(ports));

        var components = new ArrayList<Component>();
        components.add(new Component(ComponentClass.HOST, host.value()));
        components.add(new Component(
                ComponentClass.HBA_PORT, host + "/" + (nic.isEmpty() ? OpaquePath.initiator(disk) : nic)));
        IpLiteral.network(ports.localAddress())
                .ifPresent(network -> components.add(new Component(ComponentClass.SUBNET, network)));
        var address = ports.address().isEmpty() ? ports.persistentAddress() : ports.address();
        if (!address.isEmpty()) {
            var port = ports.port().isEmpty() ? DEFAULT_PORT : ports.port();
            components.add(new Component(ComponentClass.TARGET_PORT, IpLiteral.portal(address, port)));
        }
        if (!ports.targetName().isEmpty()) {
            components.add(new Component(ComponentClass.CONTROLLER, ports.targetName() + "/" + group));
            components.add(new Component(ComponentClass.ARRAY, ports.targetName()));
        }
        var loggedIn = ports.sessionState().isEmpty() || ports.sessionState().equals("LOGGED_IN");
        var whole = loggedIn && !address.isEmpty() && !ports.netDevice().isEmpty();
        return new NexusFacts(nexus, Transport.ISCSI, components, whole);
    }

    /** As configured, which is told also while there is no connection: a portal group may have several, that fail apart. */
    private static String portal(PortFacts.Iscsi ports) {
        return ports.persistentAddress().isBlank() ? "" : "," + IpLiteral.host(ports.persistentAddress());
    }

    private static int portalGroup(String decimal) {
        return decimal.matches("\\d{1,5}") ? Integer.parseInt(decimal) : 0;
    }
}
