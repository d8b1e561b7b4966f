package org.lunwarden.io.simulated;

/** A host's port into a fabric: an FC port or a network interface. */
final class HbaPort {

    final String host;
    /** SCSI host number. */
    final int number;

    final Fabric fabric;
    final int domain;
    final int fcid;
    final long wwpn;
    final String netDevice;
    final String address;
    final Health health;

    HbaPort(String host, int hostIndex, int number, Fabric fabric, int domain) {
        this.host = host;
        this.number = number;
        this.fabric = fabric;
        this.domain = domain;
        this.fcid = domain << 16 | fabric.plug(domain);
        this.wwpn = 0x1000_0000_c900_0000L | (long) (hostIndex + 1) << 8 | number;
        this.netDevice = "eth" + number;
        this.address = fabric.subnet
                .map(subnet -> subnet.address(hostIndex + 1) + "/" + subnet.prefix())
                .orElse("");
        var id = fabric.subnet.isPresent() ? host + "/" + netDevice : Names.digits(wwpn);
        this.health = new Health(Part.Kind.HBA_PORT, id, "port " + number + " of host " + host);
    }

    /** Whether the port sees the switch it is plugged into. */
    boolean hasLink() {
        return health.isUp() && fabric.route(domain, domain).isPresent();
    }
}
