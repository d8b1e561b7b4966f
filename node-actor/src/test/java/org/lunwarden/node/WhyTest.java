package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.control.ControlClient;
import org.lunwarden.io.control.ControlSocket;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.site.Site;

/** Asked through the real socket. */
class WhyTest extends OneHost {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private Optional<ControlSocket> socket = Optional.empty();
    private MapTopology map;
    private MapTopology.Path path;

    @BeforeEach
    void begin() {
        var node = serve("""
                defaults {
                    find_multipaths on
                    polling_interval 1
                    path_checker directio
                    failback manual
                }
                blacklist {
                    devnode "^sdb$"
                }
                """);
        await(() -> status(node).usablePaths() == PATHS - 1 && maps(node).size() == LUNS);
        map = maps(node).getLast();
        path = map.groups().getFirst().paths().getFirst();
    }

    private Node serve(String site) {
        var node = Node.start(ports(), NodeSettings.of(new HostId(HOST), "0.1.0", Site.parse(site)), reports);
        running = Optional.of(node);
        socket = switch (ControlSocket.open(folder.resolve("run").resolve("control"), node::answer)) {
            case IoResult.Ok<ControlSocket>(var open) -> Optional.of(open);
            case IoResult.Refused<ControlSocket> refused -> fail(refused.toString());
        };
        return node;
    }

    @AfterEach
    void close() {
        socket.ifPresent(ControlSocket::close);
    }

    @Test
    void aPathTellsWhyItIsOneHowItIsAndWhenItIsCheckedNext() {
        for (var subject : new String[] {
            path.name().value(), path.hctl().toString(), path.device().toString()
        }) {
            await(() -> why(subject).contains(", by sysfs: "));
            assertThat(why(subject))
                    .startsWith(path.name() + ": " + path.hctl() + ", " + path.device() + ", vendor ")
                    .contains("WWID " + map.wwid())
                    .contains("\nnot blacklisted: ")
                    .contains("\nit is a path: ")
                    .contains("\nset for it: path_checker \"directio\" (defaults, multipath.conf:")
                    .contains("\nset for it: prio \"const\" (built in)")
                    .contains("\n  state ready for ")
                    .contains(
                            "\n  checked by tur: the device asks for it (detect_checker), path_checker says directio; ")
                    .contains("\n  priority " + path.priority()
                            + ", by sysfs: the device tells it (detect_prio), prio says const");
        }
    }

    @Test
    void aPathThatFailedTellsWhatItsCheckFound() {
        san.offline(HOST, path.name(), true);

        await(() -> why(path.name().value()).contains("\n  state faulty for "));

        assertThat(why(path.name().value()))
                .contains("offline")
                .contains("before it comes into use it must show that it is unit ");
    }

    @Test
    void aBlacklistedDiskTellsTheRule() {
        assertThat(why("/dev/sdb"))
                .contains("\nit is no path: blacklisted by devnode \"^sdb$\" (multipath.conf:8:5)\n");
    }

    @Test
    void aUnitWithoutAMapTellsWhatKeepsEachOfItsDisksFromBeingAPath() {
        close();
        stopNode();
        var node = serve("""
                blacklist {
                    wwid "%1$s"
                }
                multipaths {
                    multipath {
                        wwid "%1$s"
                        alias archive
                    }
                }
                """.formatted(map.wwid()));
        await(() -> status(node).usablePaths() == PATHS / 2);
        assertThat(why(map.wwid().value())).startsWith("map of WWID ").containsPattern(noPath());

        assertThat(dm.remove(map.name(), false)).isInstanceOf(IoResult.Ok.class);
        await(() -> why(map.wwid().value()).contains(": it has no map"));
        for (var subject : new String[] {map.wwid().value(), "archive", "/dev/mapper/archive"}) {
            assertThat(why(subject)).startsWith(subject + ": it has no map\nsd").containsPattern(noPath());
        }
    }

    private String noPath() {
        return "(?s)(\nit is no path: blacklisted by wwid \"" + map.wwid() + ".*){" + PATHS / 2 + "}";
    }

    @Test
    void aMapTellsItsGroupsItsFailbackAndWhatIsToBeDone() {
        for (var subject :
                new String[] {map.name(), map.wwid().value(), map.device().value(), "/dev/mapper/" + map.name()}) {
            assertThat(why(subject))
                    .startsWith("map of WWID " + map.wwid())
                    .contains("\n  wanted as " + map.name())
                    .contains("\n  grouped by group_by_prio, since the array tells the priorities (detect_pgpolicy)")
                    .contains("\n  group 1: ")
                    .contains("; the best; next in use")
                    .contains("\n  failback manual: nothing to do")
                    .contains("\n  no_path_retry ");
            // it may be looked at in this moment
            await(() -> why(subject).contains("\n  nothing is to be done"));
        }
    }

    @Test
    void whatIsNotThereIsSaidAndSoIsWhatIsNoCommand() {
        assertThat(why("sdzz")).isEqualTo("fail\nthis host has no disk and no map that is called sdzz\n");
        assertThat(why("/dev/dasda"))
                .isEqualTo("/dev/dasda: no disk of its kind is looked at, and so none is a path:"
                        + " SCSI and NVMe disks are\n");
        assertThat(why("/dev/cciss/c0d0")).startsWith("/dev/cciss/c0d0: no disk of its kind");
        assertThat(ask("why")).startsWith("fail\nwhy: missing argument\n");
        assertThat(ask("explode all")).startsWith("fail\nexplode all: not found\n");
        assertThat(ask("help")).contains("why $disk|$map");
        assertThat(ask("reconfigure")).isEqualTo("ok\n");
    }

    private String why(String subject) {
        return ask("why " + subject);
    }

    private String ask(String command) {
        return switch (ControlClient.ask(folder.resolve("run").resolve("control"), command, PATIENCE)) {
            case IoResult.Ok<String>(var reply) -> reply;
            case IoResult.Refused<String> refused -> fail(refused.toString());
        };
    }
}
