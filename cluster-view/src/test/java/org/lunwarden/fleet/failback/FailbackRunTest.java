package org.lunwarden.fleet.failback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.lunwarden.fleet.failback.ThreeHosts.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.fleet.failback.FailbackRun.Stage;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostId;

class FailbackRunTest {

    private final ThreeHosts fleet = new ThreeHosts();

    @Test
    void aRunGoesWaveByWaveAndIsDoneWhenAllMapsAreSeenOnTheirBestGroup() {
        var story = new ArrayList<String>();
        var next = start();
        var now = NOW;
        while (!next.run().isOver()) {
            for (var order : next.orders()) {
                story.add(next.run().wave() + " " + order.host() + " "
                        + order.command().maps());
                assertThat(order.command().epoch()).isEqualTo(7);
                assertThat(Optional.of(order.command().daemon()))
                        .isEqualTo(daemon(order.host().value()));
                next = new FailbackRun.Next(
                        next.run()
                                .answered(order.host(), fleet.moves(order), now, SETTINGS)
                                .run(),
                        List.of());
            }
            now = now.plusMillis(250);
            next = next.run().seen(fleet.hosts(), List.of(), now, SETTINGS);
        }

        assertThat(next.run().stage()).isEqualTo(Stage.DONE);
        assertThat(next.run().moved()).isEqualTo(6);
        assertThat(story)
                .containsExactly(
                        "0 h1 [3600b1]",
                        "1 h1 [3600a0]",
                        "1 h2 [3600a0]",
                        "1 h3 [3600a0]",
                        "2 h2 [3600b2]",
                        "3 h3 [3600b3]");
        assertThat(plan(Optional.empty()).isEmpty()).isTrue();
    }

    @Test
    void anEmptyPlanIsDoneAtOnce() {
        var empty = new FailbackPlan(Optional.empty(), List.of(), List.of());

        var next = FailbackRun.start("p", 7, empty, fleet.hosts(), List.of(), NOW, SETTINGS);

        assertThat(next.run().stage()).isEqualTo(Stage.DONE);
        assertThat(next.orders()).isEmpty();
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                arguments(new HostAnswer.Refused("older epoch"), "host h1 refused: older epoch"),
                arguments(new HostAnswer.Accepted(), "host h1 did not say what became of its maps"),
                arguments(new HostAnswer.Maps(List.of()), "host h1 did not say what became of its maps"),
                arguments(new HostAnswer.FailedBack(List.of()), "host h1 did not say what became of map 3600b1"),
                arguments(
                        new HostAnswer.FailedBack(
                                List.of(new HostAnswer.Outcome(OF_H1, Move.NOT_MOVED, "best group is not fit"))),
                        "host h1 did not move map 3600b1: best group is not fit"));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void aBadAnswerStopsTheRun(HostAnswer answer, String reason) {
        var next = start().run().answered(new HostId("h1"), answer, NOW, SETTINGS);

        assertThat(next.run().stage()).isEqualTo(Stage.STOPPED);
        assertThat(next.run().reason()).isEqualTo(reason);
        assertThat(next.orders()).isEmpty();
    }

    @Test
    void aHostThatDoesNotAnswerInTimeStopsTheRun() {
        var run = start().run();

        var before = run.seen(fleet.hosts(), List.of(), NOW.plusMillis(29_999), SETTINGS);
        var late = run.seen(fleet.hosts(), List.of(), NOW.plusSeconds(30), SETTINGS);

        assertThat(before.run().stage()).isEqualTo(Stage.MOVING);
        assertThat(late.run().reason()).isEqualTo("no answer from host h1");
    }

    @Test
    void aMapThatIsNotSeenOnItsBestGroupInTimeStopsTheRun() {
        var watching = watchingTheCanary(false);

        var before = watching.seen(fleet.hosts(), List.of(), NOW.plusMillis(29_999), SETTINGS);
        var late = watching.seen(fleet.hosts(), List.of(), NOW.plusSeconds(30), SETTINGS);

        assertThat(before.run().stage()).isEqualTo(Stage.WATCHING);
        assertThat(late.run().reason()).isEqualTo("map 3600b1 of host h1 is not on its best group");
    }

    static Stream<Arguments> surprises() {
        return Stream.of(
                arguments("host h3 is silent", (Consumer<ThreeHosts>) fleet -> fleet.silent("h3")),
                arguments("host h3 is silent", (Consumer<ThreeHosts>) fleet -> fleet.gone("h3")),
                arguments("the daemon of host h3 was restarted", (Consumer<ThreeHosts>) fleet -> fleet.restarted("h3")),
                arguments("nexus b2 -> tb of host h2 is down", (Consumer<ThreeHosts>) fleet -> fleet.down("h2", "b2")));
    }

    @ParameterizedTest
    @MethodSource("surprises")
    void aSurpriseStopsTheRunInEveryStage(String reason, Consumer<ThreeHosts> surprise) {
        var moving = start().run();
        var watching = watchingTheCanary(true);

        surprise.accept(fleet);

        for (var run : List.of(moving, watching)) {
            var next = run.seen(fleet.hosts(), List.of(), NOW.plusSeconds(1), SETTINGS);
            assertThat(next.run().stage()).isEqualTo(Stage.STOPPED);
            assertThat(next.run().reason()).isEqualTo(reason);
        }
    }

    @Test
    void anIncidentThatOpensOnAHostOfThePlanStopsTheRun() {
        var incident = incidentOn(SWITCH_A);

        var next = start().run().seen(fleet.hosts(), List.of(incident), NOW, SETTINGS);

        assertThat(next.run().reason()).startsWith("incident " + incident.id());
    }

    @Test
    void anIncidentThatWasOpenBeforeUnderAnotherIdDoesNotStopTheRun() {
        var before = incidentOn(SWITCH_A);
        var plan = plan(Optional.of(SWITCH_A));
        var run = FailbackRun.start("p", 7, plan, fleet.hosts(), List.of(before), NOW, SETTINGS)
                .run();

        var renamed = renamed(before, "20260101-000000-00000001");

        assertThat(run.seen(fleet.hosts(), List.of(renamed), NOW, SETTINGS)
                        .run()
                        .stage())
                .isEqualTo(Stage.MOVING);
    }

    @Test
    void anIncidentThatWasOpenBeforeDoesNotStopTheRun() {
        var incident = incidentOn(SWITCH_A);
        var plan = plan(Optional.of(SWITCH_A));

        var run = FailbackRun.start("p", 7, plan, fleet.hosts(), List.of(incident), NOW, SETTINGS)
                .run();

        assertThat(run.seen(fleet.hosts(), List.of(incident), NOW, SETTINGS)
                        .run()
                        .stage())
                .isEqualTo(Stage.MOVING);
    }

    @Test
    void theNextWaveWaitsUntilTheFleetHasBeenWellForTheCalmTime() {
        var watching = watchingTheCanary(true);

        var first = watching.seen(fleet.hosts(), List.of(), NOW, SETTINGS);
        var early = first.run().seen(fleet.hosts(), List.of(), NOW.plusMillis(499), SETTINGS);
        var calm = early.run().seen(fleet.hosts(), List.of(), NOW.plusMillis(500), SETTINGS);

        assertThat(early.orders()).isEmpty();
        assertThat(calm.orders()).hasSize(3);
        assertThat(calm.run().wave()).isEqualTo(1);
    }

    @Test
    void aRunThatIsOverStaysOver() {
        var stopped = start().run().stopped("asked for");

        assertThat(stopped.answered(new HostId("h1"), new HostAnswer.Accepted(), NOW, SETTINGS)
                        .run())
                .isEqualTo(stopped);
        assertThat(stopped.seen(List.of(), List.of(), NOW, SETTINGS).run()).isEqualTo(stopped);
        assertThat(stopped.stopped("again").reason()).isEqualTo("asked for");
    }

    @Test
    void answersOfHostsThatAreNotAwaitedChangeNothing() {
        var run = start().run();

        assertThat(run.answered(new HostId("h2"), new HostAnswer.Refused("late"), NOW, SETTINGS)
                        .run())
                .isEqualTo(run);
    }

    private FailbackPlan plan(Optional<Component> component) {
        return FailbackPlan.of(component, fleet.hosts(), List.of(), SETTINGS);
    }

    private FailbackRun.Next start() {
        return FailbackRun.start("p", 7, plan(Optional.of(SWITCH_A)), fleet.hosts(), List.of(), NOW, SETTINGS);
    }

    private FailbackRun watchingTheCanary(boolean moved) {
        var next = start();
        var order = next.orders().getFirst();
        var answer = new HostAnswer.FailedBack(List.of(new HostAnswer.Outcome(OF_H1, Move.SWITCHED, "")));
        if (moved) {
            fleet.moves(order);
        }
        return next.run().answered(order.host(), answer, NOW, SETTINGS).run();
    }

    /** As when the views agree on the id that another of them gave. */
    private static Incident renamed(Incident incident, String id) {
        return new Incident(
                id,
                List.of(incident.id()),
                incident.phase(),
                incident.kind(),
                incident.suspects(),
                incident.doubt(),
                incident.runnerUp(),
                incident.gap(),
                incident.members(),
                incident.hosts(),
                incident.back(),
                incident.onset(),
                incident.openedAt(),
                incident.lastJoinedAt(),
                incident.confirmedAt(),
                incident.backSince(),
                incident.resolvedAt(),
                incident.mergedInto(),
                incident.splitFrom(),
                incident.reopened(),
                incident.reopenedAt(),
                incident.acknowledgement(),
                incident.title(),
                incident.words(),
                incident.timeline());
    }
}
