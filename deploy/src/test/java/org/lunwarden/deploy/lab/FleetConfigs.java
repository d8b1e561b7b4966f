package org.lunwarden.deploy.lab;

import java.nio.file.Path;
import java.util.Map;

/** Configurations of the members of a fleet in a {@link San}: hosts h1, h2, ... and one view outside the guests. */
final class FleetConfigs {
    static final String VIEW = "10.9.0.254";
    static final String HTTP = "127.0.0.1:8480";
    private static final int PORT = 25520;

    private final Path certificates;
    private final Path history;

    /** @param history where the view keeps what it remembers */
    FleetConfigs(Path certificates, Path history) {
        this.certificates = certificates;
        this.history = history;
    }

    String view() {
        return member("view", VIEW)
                + "lunwarden.history.folder = \"" + history + "\"\n"
                + "lunwarden.failback.folder = \"" + history.resolveSibling("failback") + "\"\n";
    }

    /** Host {@code number}, from 1. The array's first controller is the better one; failback is the fleet's to do. */
    HostConfig host(int number) {
        return new HostConfig(
                member("h" + number, "10.9.0." + number) + "lunwarden.node.lock-memory = no\n",
                // goes before what the built-in table says of the array
                "overrides",
                Map.of(
                        "path_checker", "tur",
                        "path_grouping_policy", "group_by_prio",
                        "prio", "alua",
                        "failback", "manual",
                        "no_path_retry", "queue"));
    }

    private String member(String name, String address) {
        return """
                lunwarden.host = %s
                lunwarden.fleet {
                  address = "%s"
                  port = %d
                  seeds = ["%s:%d"]
                  tls { key = "%6$s/member.key", certificate = "%6$s/member.pem", authority = "%6$s/authority.pem" }
                  names { "10.1.0.0/24" = "fabric A", "10.2.0.0/24" = "fabric B" }
                }
                """.formatted(name, address, PORT, VIEW, PORT, certificates);
    }
}
