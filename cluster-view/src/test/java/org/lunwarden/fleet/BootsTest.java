package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;
import org.lunwarden.model.fleet.PathCounts;

class BootsTest {

    private static final HostId HOST = new HostId("h1");
    private static final Nexus ONE = new Nexus("i1", "t1");
    private static final Nexus OTHER = new Nexus("i1", "t2");
    private static final Instant BOOTED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant SOON = BOOTED.plusSeconds(60);

    private final Boots boots = new Boots();

    @Test
    void whatAHostDoesNotHaveBackAfterItsBootIsExplainedButNotWhatCameUpAndFailedAgain() {
        var first = boots("boot", BOOTED, before(), OTHER);
        assertThat(explained(SOON, ONE)).isEqualTo(NexusState.ADMIN);

        boots.reported(Optional.of(first), report("boot", Set.of()), BOOTED);
        assertThat(explained(SOON, OTHER)).isEqualTo(NexusState.DOWN);
        assertThat(explained(SOON, ONE)).isEqualTo(NexusState.ADMIN);
    }

    @Test
    void whatIsKnownToHaveFailedIsNotExplainedByABoot() {
        boots("boot", BOOTED, before(), OTHER);

        assertThat(explained(SOON, ONE, new Member(HOST, ONE))).isEqualTo(NexusState.DOWN);
    }

    @Test
    void ofAHostThatIsHeardFirstNobodyKnowsWhatItHad() {
        boots.reported(Optional.empty(), report("boot", Set.of(OTHER)), BOOTED);

        assertThat(explained(SOON, ONE)).isEqualTo(NexusState.DOWN);
    }

    @Test
    void aBootExplainsNothingWhenItIsLongAgo() {
        boots("boot", BOOTED, before(), OTHER);

        assertThat(explained(BOOTED.plus(Duration.ofMinutes(3)), ONE)).isEqualTo(NexusState.DOWN);
    }

    @Test
    void aHostThatBootsAgainAndAgainMayDoSoForWhatItLost() {
        var first = boots("boot", BOOTED, before(), OTHER);
        boots("second", SOON, first, OTHER);
        assertThat(explained(SOON.plusSeconds(30), ONE)).isEqualTo(NexusState.DOWN);

        boots.forget(HOST);
        boots("third", SOON, first, OTHER);
        assertThat(explained(SOON.plusSeconds(30), ONE)).isEqualTo(NexusState.ADMIN);
    }

    private HostReport boots(String id, Instant at, HostReport before, Nexus up) {
        var report = report(id, Set.of(up));
        boots.reported(Optional.of(before), report, at);
        return report;
    }

    private static HostReport before() {
        return report("the boot before", Set.of(ONE, OTHER));
    }

    private NexusState explained(Instant now, Nexus nexus, Member... failed) {
        var row = new Observation(HOST, nexus, List.of(), NexusState.DOWN, 4, 4, now, Duration.ZERO);
        return boots.at(now)
                .explain(List.of(row), Set.of(failed))
                .iterator()
                .next()
                .state();
    }

    private static HostReport report(String boot, Set<Nexus> up) {
        var rows = List.of(ONE, OTHER).stream()
                .map(nexus -> new NexusRow(
                        nexus,
                        Transport.FC,
                        List.of(new Component(ComponentClass.HOST, HOST.value())),
                        up.contains(nexus) ? new PathCounts(4, 4, 0, 0, 0, 0) : new PathCounts(4, 0, 4, 0, 0, 0),
                        Duration.ofSeconds(20)))
                .toList();
        return new HostReport(HOST, new DaemonRun(boot, "run"), 1, Duration.ofSeconds(60), "0.1.0", rows, List.of());
    }
}
