package org.lunwarden.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names of maps on a real kernel, beside those that the reference gives with the same files. Tests have an order. */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OneHostNamesIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    /** Name and UUID of each map. */
    private static final String NAMES = "dmsetup info -c --noheadings --separator ' ' -o name,uuid | sort";

    private static final HostConfig FRIENDLY = HostConfig.likeTheReference().with("user_friendly_names", "yes");

    private static final String BINDINGS = """
            # by hand
            mpathc 333333330000007d1
            mpathb 36001405000000000000000000000dead
            half-a-line
            array 333333330000007d3 # the third
            """;

    @RegisterExtension
    static final Lab lab = new Lab();

    private static Guest guest;
    private static Daemon daemon;
    private static String names;

    @BeforeAll
    static void theReferenceNamesThemFirst() {
        guest = lab.boot(GuestSpec.named("one-host-names").withDisks(2, 4).withOracle());
        guest.put("multipath.conf", FRIENDLY.multipathConf());
        guest.put("bindings", BINDINGS);
        guest.run("cp /lab/run/multipath.conf /etc; cp /lab/run/bindings /etc/multipath; multipath -v2")
                .output();
        names = guest.run(NAMES).output();
        guest.run("multipath -F; rm -f /etc/multipath/wwids").output();
        guest.run("cp /etc/multipath/bindings /lab/run/bindings.reference; cp /lab/run/bindings /etc/multipath")
                .output();
        daemon = Daemon.start(guest, FRIENDLY);
        daemon.awaitMaps(4);
    }

    @Test
    @Order(1)
    void mapsHaveTheNamesThatTheReferenceGivesThem() {
        System.out.println(names);

        assertThat(names).contains("array mpath-333333330000007d3", "mpathc mpath-333333330000007d1", "mpatha ");
        assertThat(guest.run(NAMES).output()).isEqualTo(names);
        assertThat(guest.run("udevadm settle -t 60; ls /dev/mapper").output()).contains("array", "mpatha", "mpathc");
    }

    @Test
    @Order(2)
    void theFilesSayWhatTheReferenceWrites() {
        assertThat(guest.run("grep -v '^#' /etc/multipath/bindings | grep -v half | awk '{print $1,$2}' | sort")
                        .output())
                .isEqualTo(guest.run(
                                "grep -v '^#' /lab/run/bindings.reference | grep -v half | awk '{print $1,$2}' | sort")
                        .output());
        Await.until(
                SOON,
                "four WWIDs are remembered",
                () -> guest.run("grep -c '^/3.*/$' /etc/multipath/wwids")
                        .output()
                        .strip(),
                "4"::equals);
        assertThat(guest.run("stat -c %a /etc/multipath/bindings /etc/multipath/wwids")
                        .output()
                        .lines())
                .containsOnly("600");
    }

    @Test
    @Order(3)
    void anAliasRenamesAMapThatIsInUseAndTheReferenceKnowsItByThatName() {
        assertThat(daemon.stop()).isZero();
        guest.run("exec 9</dev/mapper/array; echo open").output();
        guest.put("aliases.conf", """
                multipaths {
                	multipath {
                		wwid 333333330000007d3
                		alias backup
                	}
                	multipath {
                		wwid 333333330000007d2
                		alias backup
                	}
                }
                """);
        guest.run("mkdir -p /etc/multipath/conf.d; cp /lab/run/aliases.conf /etc/multipath/conf.d")
                .output();

        daemon = Daemon.start(guest, FRIENDLY);

        Await.until(SOON, "a map of that name", () -> guest.run(NAMES).output(), now -> now.contains("backup mpath-"));
        assertThat(guest.run(NAMES).output())
                .contains("backup mpath-333333330000007d3")
                .doesNotContain("array");
        assertThat(guest.run("multipath -ll -v1 2>/dev/null").output()).contains("backup");
        assertThat(daemon.unexpectedErrors()).isEmpty();
    }
}
