package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.lunwarden.fleet.failback.Course;
import org.lunwarden.fleet.failback.FailbackPlan;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.fleet.failback.HostState;
import org.lunwarden.fleet.failback.Situation;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.PathCounts;

/** A failback travels as a whole with each write: it has to fit into a frame, however large the fleet. */
class FailbackSizeTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Epoch EPOCH = new Epoch(NOON.toEpochMilli(), "view-1.storage.example.org:7355#1uudkmlrt091c");
    private static final int FRAME = 256 << 10;

    private final ActorTestKit kit = ActorTestKit.create(
            "size",
            FleetConfig.pekko(
                    FleetSettings.onLoopback("h1", Set.of(FleetRole.HOST), 0, List.of()),
                    ConfigFactory.parseMap(Map.of("pekko.actor.provider", "local"))));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** With all that the book keeps beside it: what most is sent at once. */
    @ParameterizedTest
    @CsvSource({"100, 4, 12", "1, 5000, 1"})
    void thePlanOfALargeFleetFitsIntoAFrameWithAllThatIsKeptBesideIt(int groups, int hostsOfAGroup, int luns) {
        var situation = new Situation(NOON, fleet(groups, hostsOfAGroup, luns), List.of());
        var plan = FailbackPlan.of(Optional.empty(), situation, FailbackSettings.DEFAULTS);
        var planned = plan.waves().stream()
                .flatMap(wave -> wave.steps().stream())
                .mapToInt(step -> step.maps().size())
                .sum();
        assertThat(planned).isGreaterThanOrEqualTo(FailbackSettings.DEFAULTS.most());
        var all = new ArrayList<FailbackEntry>();
        all.add(new FailbackEntry(
                talkative(Progress.planned(begun(), plan, NOON)),
                Optional.of(Course.of(plan.inBrief(), situation)),
                9));
        for (var ended = 0; ended < 20; ended++) {
            all.add(new FailbackEntry(
                    Progress.in(talkative(begun()), FailbackProgress.Phase.DONE, "", NOON, "done"),
                    Optional.empty(),
                    ended));
        }

        var size = SerializationExtension.get(kit.system())
                .serialize(new FailbackSpool.Held("view-1.storage.example.org:7355", all))
                .get()
                .length;

        assertThat(size).as("bytes of %d maps", planned).isLessThan(FRAME / 2);
    }

    private static FailbackProgress begun() {
        return Progress.begun("failback-1772366400000-1uudkmlrt091c", Optional.empty(), "eve", EPOCH, NOON);
    }

    /** With as many lines as are kept, and more. */
    private static FailbackProgress talkative(FailbackProgress progress) {
        var told = progress;
        for (var line = 0; line < 150; line++) {
            told = Progress.noted(
                    told,
                    EPOCH,
                    NOON.plusMillis(line * 1777L),
                    "map 3600a0980000000000000000000000" + line + " is left out on all hosts: host db-" + line
                            + ".example.org: no usable path in it");
        }
        return told;
    }

    /** Groups of hosts that share their LUNs. */
    private static List<HostState> fleet(int groups, int hostsOfAGroup, int luns) {
        var random = new Random(7);
        var states = new ArrayList<HostState>();
        for (var group = 0; group < groups; group++) {
            var wwids = random.longs(luns)
                    .mapToObj(name -> new Wwid("3600a098%09x%016x".formatted(random.nextInt(), name)))
                    .toList();
            for (var number = 0; number < hostsOfAGroup; number++) {
                states.add(host("db-%d-%d.cluster.example.org".formatted(group, number), wwids));
            }
        }
        return states;
    }

    private static HostState host(String name, List<Wwid> luns) {
        var preferred = row(name + "/a", "500a098000000001");
        var other = row(name + "/b", "500a098000000002");
        return new HostState(
                new HostId(name),
                Optional.of(new DaemonRun("boot", name)),
                true,
                NOON.minusSeconds(86_400),
                List.of(preferred, other),
                luns.stream()
                        .map(wwid -> new MapSummary(
                                wwid,
                                wwid.value(),
                                2048,
                                2,
                                2,
                                1,
                                2,
                                false,
                                List.of(preferred.nexus()),
                                List.of(preferred.nexus())))
                        .toList());
    }

    private static NexusRow row(String initiator, String target) {
        return new NexusRow(
                new Nexus(initiator, target),
                Transport.FC,
                List.of(new Component(ComponentClass.CONTROLLER, "arr1/" + target)),
                new PathCounts(4, 4, 0, 0, 0, 0),
                Duration.ofSeconds(60));
    }
}
