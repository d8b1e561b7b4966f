package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.DiskControl.Attribute;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.site.Site;

/** The transport under the paths of a host is as patient as its multipath.conf has it. */
class TransportTimeoutsTest extends OneHost {

    @Test
    void timeoutsAreWrittenWhenAPathJoinsItsMapAndFollowItsQueueing() {
        var node = Node.start(
                ports(), NodeSettings.of(settings(Duration.ofSeconds(1)).host(), "0.1.0", Site.parse("""
                                defaults {
                                    find_multipaths on
                                    polling_interval 5
                                    no_path_retry 60
                                    fast_io_fail_tmo 7
                                    dev_loss_tmo 30
                                    eh_deadline 40
                                    max_retries 2
                                }
                                """)), reports);
        running = Optional.of(node);
        awaitAllUp();

        for (var map : maps(node)) {
            map.groups().stream().flatMap(group -> group.paths().stream()).forEach(path -> {
                await(() -> value(path, Attribute.MAX_RETRIES).equals("2"));
                assertThat(value(path, Attribute.FAST_IO_FAIL_TMO)).isEqualTo("7");
                assertThat(value(path, Attribute.DEV_LOSS_TMO)).isEqualTo("310");
                assertThat(value(path, Attribute.EH_DEADLINE)).isEqualTo("40");
            });
        }
    }

    @Test
    void whatAPortRefusedWhileItWasBlockedIsWrittenWhenItsPathsComeBack() {
        var port = san.parts().stream()
                .filter(part -> part.kind() == Part.Kind.TARGET_PORT)
                .findFirst()
                .orElseThrow();
        san.fail(port);
        var node = Node.start(
                ports(),
                NodeSettings.of(
                        settings(Duration.ofSeconds(1)).host(),
                        "0.1.0",
                        Site.parse("defaults {\nfind_multipaths on\npolling_interval 1\nfast_io_fail_tmo 7\n}\n")),
                reports);
        running = Optional.of(node);
        await(() -> maps(node).size() == LUNS && status(node).paths() == PATHS);
        await(() -> impatient() == status(node).usablePaths());
        assertThat(impatient()).isLessThan(PATHS);

        san.restore(port);

        awaitAllUp();
        await(() -> impatient() == PATHS);
    }

    /** Disks whose port fails their I/O after 7 seconds. */
    private long impatient() {
        var listed = ports().blockDevices().look().list();
        return listed instanceof IoResult.Ok<List<Listed>>(var disks)
                ? disks.stream()
                        .filter(disk ->
                                value(disk.name(), Attribute.FAST_IO_FAIL_TMO).equals("7"))
                        .count()
                : 0;
    }

    private String value(MapTopology.Path path, Attribute attribute) {
        return value(path.name(), attribute);
    }

    private String value(DeviceName disk, Attribute attribute) {
        return ports().diskControl().read(disk, attribute) instanceof IoResult.Ok<String>(var value) ? value : "";
    }
}
