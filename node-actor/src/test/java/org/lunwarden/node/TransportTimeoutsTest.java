package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DiskControl.Attribute;
import org.lunwarden.io.IoResult;
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

    private String value(MapTopology.Path path, Attribute attribute) {
        return ports().diskControl().read(path.name(), attribute) instanceof IoResult.Ok<String>(var value)
                ? value
                : "";
    }
}
