package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.lunwarden.fleet.wire.ReportChanges;
import org.lunwarden.fleet.wire.ReportParts;
import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToView.StillThere;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.NexusState;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostEntryTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SILENCE = Duration.ofSeconds(6);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ActorTestKit kit = ActorTestKit.create();
    private final SyntheticHost host = new SyntheticHost(1, 4, 8);
    private ActorRef<ToHost> from = kit.<ToHost>createTestProbe().ref();

    @BeforeAll
    void address() {
        from = kit.<ToHost>createTestProbe().ref();
    }

    @AfterAll
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void aChangeOfTheReportThatIsHeldIsApplied() {
        var first = host.report();
        host.fail(host.hbaPort());
        var second = host.report();
        host.restore(host.hbaPort());

        var next = reported(first).heard(ReportChanges.between(first, second, from), T);

        assertThat(next.entry().report()).contains(withUptime(first, second));
        assertThat(next.entry().lacking()).isFalse();
        assertThat(next.facts()).singleElement().isInstanceOf(HostEntry.Fact.NexusesChanged.class);
    }

    @Test
    void aGapIsNoticedAndAskedForOnceAndAgainAfterAWhile() {
        var first = host.report();
        var lost = host.report();
        var third = host.report();

        var entry = reported(first)
                .heard(ReportChanges.between(lost, third, from), T)
                .entry();

        assertThat(entry.report()).contains(first);
        assertThat(entry.wantsReport(T, RETRY)).isTrue();
        assertThat(entry.asked(T).wantsReport(T.plusSeconds(1), RETRY)).isFalse();
        assertThat(entry.asked(T).wantsReport(T.plusSeconds(2), RETRY)).isTrue();
        var repaired = heardAll(entry.asked(T), third);
        assertThat(repaired.wantsReport(T.plusSeconds(9), RETRY)).isFalse();
    }

    @Test
    void aSignOfLifeWithAnotherRevisionTellsOfALostReport() {
        var first = host.report();

        var beat = new StillThere(host.id(), first.run(), first.revision() + 1, first.uptime(), from);

        assertThat(reported(first).heard(beat, T).entry().lacking()).isTrue();
    }

    @Test
    void whatADaemonOfAnotherRunReportedBeforeIsUnknownUntilTheNewOneReports() {
        var first = host.report();
        var successor = new SyntheticHost(1, 4, 8).report();

        var heard = reported(first)
                .heard(new StillThere(host.id(), successor.run(), 1, successor.uptime(), from), T)
                .entry();

        assertThat(heard.contact()).isEqualTo(Contact.EXPECTED);
        assertThat(heard.nexuses()).allMatch(nexus -> nexus.state() == NexusState.UNKNOWN);
    }

    @Test
    void aHostNotHeardForTooLongIsUnknownNeitherFineNorFailed() {
        var entry = reported(host.report());

        assertThat(entry.silentAt(T.plusSeconds(6), SILENCE).entry().contact()).isEqualTo(Contact.REPORTING);
        var silent = entry.silentAt(T.plusSeconds(7), SILENCE);
        assertThat(silent.entry().contact()).isEqualTo(Contact.SILENT);
        assertThat(silent.entry().nexuses()).isNotEmpty().allMatch(nexus -> nexus.state() == NexusState.UNKNOWN);
        assertThat(silent.entry().silentAt(T.plusSeconds(8), SILENCE).facts()).isEmpty();
    }

    @Test
    void aViewThatCouldNotListenReckonsTheUptimeOfAHostAsBefore() {
        var entry = reported(host.report());

        var excused = entry.excused(SILENCE);

        assertThat(excused.lastSeen()).isEqualTo(entry.lastSeen().plus(SILENCE));
        assertThat(excused.lastSeen().minus(excused.uptime()))
                .isEqualTo(entry.lastSeen().minus(entry.uptime()));
    }

    @Test
    void aLongReportComesInPartsAndCountsOnlyWhenAllAreThere() {
        var large = new SyntheticHost(2, 16, 2000).report();
        var parts = ReportParts.of(large, from);
        assertThat(parts).hasSizeGreaterThan(2);

        var entry = HostEntry.unheard(large.host(), T);
        for (var part : parts.subList(0, parts.size() - 1)) {
            entry = entry.heard(part, T).entry();
            assertThat(entry.report()).isEmpty();
        }
        assertThat(entry.heard(parts.getLast(), T).entry().report()).contains(large);
        var gap = HostEntry.unheard(large.host(), T)
                .heard(parts.getFirst(), T)
                .entry()
                .heard(parts.get(2), T)
                .entry();
        assertThat(gap.parts()).isEmpty();
        assertThat(gap.lacking()).isTrue();
    }

    @Test
    void aClockThatDriftedForMonthsEatsNothingOfTheTimeThatANexusMustHaveBeenWell() {
        var report = host.report();
        var entry = reported(report);
        var months = T.plus(Duration.ofDays(180));
        var slow = report.uptime().plus(Duration.ofDays(180)).minusSeconds(600);

        var heard = entry.heard(new StillThere(host.id(), report.run(), report.revision(), slow, from), months)
                .entry();

        assertThat(heard.uptime()).isEqualTo(slow);
        assertThat(heard.lastSeen()).isEqualTo(months);
        assertThat(heard.bootedAt()).as("by the first message").isBefore(months.minus(slow));
    }

    private HostEntry reported(HostReport report) {
        return heardAll(HostEntry.unheard(report.host(), T), report);
    }

    private HostEntry heardAll(HostEntry entry, HostReport report) {
        var current = entry;
        for (var part : ReportParts.of(report, from)) {
            current = current.heard(part, T).entry();
        }
        return current;
    }

    private static HostReport withUptime(HostReport base, HostReport next) {
        return new HostReport(
                next.host(), next.run(), next.revision(), next.uptime(), base.version(), next.nexuses(), next.maps());
    }
}
