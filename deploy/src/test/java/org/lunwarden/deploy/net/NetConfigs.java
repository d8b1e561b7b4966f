package org.lunwarden.deploy.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.lunwarden.deploy.net.NetFleet.Size;
import org.lunwarden.fleet.TlsFiles;
import org.lunwarden.fleet.tls.ThrowAwayCertificates;

/** The files that a fleet is configured by, as a site would write them. */
final class NetConfigs {

    static final int PORT = 7355;

    private static final String MULTIPATH = """
            defaults {
            	find_multipaths on
            	polling_interval 5
            	max_polling_interval 5
            }
            overrides {
            	path_checker tur
            	prio alua
            	path_grouping_policy group_by_prio
            	failback manual
            	no_path_retry fail
            	skip_kpartx yes
            }
            """;

    private NetConfigs() {}

    /** @param groups hosts by the name of their process */
    static void write(Size size, Map<String, List<String>> groups, Wires wires, Path folder) throws IOException {
        var certificates = ThrowAwayCertificates.of("lunwarden-net");
        Files.createDirectories(folder);
        var multipath = Files.writeString(folder.resolve("multipath.conf"), MULTIPATH);
        for (var view : NetFleet.VIEWS) {
            var tls = certificates.member(view, folder.resolve(view));
            Files.writeString(
                    folder.resolve(view + ".conf"),
                    member(view, size, wires, view, PORT, tls)
                            + """
                    lunwarden.history.folder = "%1$s/history"
                    lunwarden.alerts {
                      spool = "%1$s/spool"
                      webhook.inbox.url = "http://%2$s:%3$d/"
                    }
                    """.formatted(folder.resolve(view), Wires.OUTSIDE, Inbox.PORT));
        }
        for (var group : groups.entrySet()) {
            var tls = certificates.member(group.getKey(), folder.resolve(group.getKey()));
            for (var host : group.getValue()) {
                var port = PORT + group.getValue().indexOf(host);
                Files.writeString(
                        folder.resolve(host + ".conf"),
                        member(host, size, wires, group.getKey(), port, tls) + """
                        lunwarden.multipath-conf { file = "%s", drop-ins = "%s/none" }
                        lunwarden.node.lock-memory = no
                        """.formatted(multipath, folder));
            }
        }
    }

    private static String member(String name, Size size, Wires wires, String interfaceOf, int port, TlsFiles tls) {
        return """
                lunwarden.host = %s
                lunwarden.fleet {
                  cluster = net
                  address = "%s"
                  port = %d
                  seeds = [%s]
                  stable-after = %d ms
                  tls { key = "%s", certificate = "%s", authority = "%s" }
                }
                """.formatted(
                        name,
                        wires.address(interfaceOf),
                        port,
                        NetFleet.seeds(wires),
                        size.stableAfter().toMillis(),
                        tls.key(),
                        tls.certificate(),
                        tls.authority());
    }
}
