package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.failback.AutoPolicy;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.kit.HandDrivenScheduler;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostId;

class AutoFailbackTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Component CONTROLLER =
            new Component(ComponentClass.CONTROLLER, String.format("500a%012x", 0) + "/tpg-1");
    private static final AutoPolicy POLICY =
            new AutoPolicy(true, Duration.ofSeconds(1), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC, 4);

    private final ActorTestKit kit = ActorTestKit.create("auto", HandDrivenScheduler.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<ViewActor.Command> view = kit.createTestProbe("view");
    private final TestProbe<FailbackBoard.Command> board = kit.createTestProbe("board");
    private final TestProbe<FailbackAsked.Start> coordinator = kit.createTestProbe("coordinator");
    private final SyntheticHost host = new SyntheticHost(1, 4, 2);

    @BeforeEach
    void start() {
        var parts = new FailbackParts(FailbackSettings.DEFAULTS, POLICY, List::of, "v1:7600#a1", () -> NOON);
        kit.spawn(AutoFailback.create(view.ref(), board.ref(), coordinator.ref(), POLICY, parts));
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whatIsOffItsBestGroupIsMovedBackByItselfAndNothingElseIs() {
        look(List.of());
        coordinator.expectNoMessage();

        driveOff();
        look(List.of());

        assertThat(coordinator.receiveMessage().by()).isEqualTo("auto");
    }

    @Test
    void nothingBeginsWhileOneIsUnderWayNorAfterOneOfItsOwnThatStopped() {
        driveOff();

        look(List.of(progress("eve", Phase.PAUSED)));
        coordinator.expectNoMessage();
        look(List.of(progress("auto", Phase.STOPPED)));
        coordinator.expectNoMessage();
        look(List.of(progress("eve", Phase.STOPPED)));

        coordinator.receiveMessage();
    }

    private void driveOff() {
        host.fail(CONTROLLER);
        host.restore(CONTROLLER);
    }

    private void look(List<FailbackProgress> failbacks) {
        time.timePasses(LOOK);
        board.expectMessageClass(FailbackBoard.Show.class).replyTo().tell(new FailbackBoard.Shown(failbacks));
        view.expectMessageClass(ViewActor.GetSnapshot.class).replyTo().tell(fleet());
    }

    private static FailbackProgress progress(String by, Phase phase) {
        return Progress.in(Progress.begun("f", Optional.empty(), by, new Epoch(7, ""), NOON), phase, "", NOON, "so");
    }

    private FleetSnapshot fleet() {
        var report = host.report();
        var booted = NOON.minus(report.uptime()).minusSeconds(60);
        var known = new FleetHost(
                host.id(),
                Contact.REPORTING,
                NOON,
                Optional.of(report.run()),
                report.revision(),
                report.uptime().plusSeconds(60),
                report.version(),
                report.nexuses().stream()
                        .map(row -> new FleetNexus(row, row.state(), booted.plus(row.uptimeOfChange())))
                        .toList(),
                report.maps());
        return new FleetSnapshot(new HostId("v0"), NOON, 1, List.of(known), List.of());
    }
}
