package org.lunwarden.fleet.failback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.lunwarden.fleet.failback.ThreeHosts.*;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.fleet.failback.FailbackRun.Stage;
import org.lunwarden.model.Component;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

class FailbackRunTest {

    private static final HostId H1 = new HostId("h1");
    private static final HostId H2 = new HostId("h2");

    private final ThreeHosts fleet = new ThreeHosts();

    @Test
    void aRunAsksThenMovesWaveByWaveAndIsDoneWhenAllMapsAreSeenOnTheirBestGroup() {
        var story = new ArrayList<String>();

        var done = finish(start(), NOW, story);

        assertThat(done.stage()).isEqualTo(Stage.DONE);
        assertThat(done.placed()).isEqualTo(6);
        assertThat(story)
                .containsExactly(
                        "0 asks h1 [3600b1]",
                        "0 moves h1 [3600b1]",
                        "1 asks h1 [3600a0]",
                        "1 asks h2 [3600a0]",
                        "1 asks h3 [3600a0]",
                        "1 moves h1 [3600a0]",
                        "1 moves h2 [3600a0]",
                        "1 moves h3 [3600a0]",
                        "2 asks h2 [3600b2]",
                        "2 moves h2 [3600b2]",
                        "3 asks h3 [3600b3]",
                        "3 moves h3 [3600b3]");
        assertThat(plan(Optional.empty()).isEmpty()).isTrue();
    }

    @Test
    void whatEndsAHostsStepIsThatHostsOwnClock() {
        var order = start().send(fleet.at(NOW), SETTINGS).orders().getFirst().command();

        assertThat(order.notAfter()).isEqualTo(Duration.ofHours(1).plus(SETTINGS.patience()));
        assertThat(order.epoch()).isEqualTo(new Epoch(7, ""));
        assertThat(Optional.of(order.daemon())).isEqualTo(daemon("h1"));
    }

    @Test
    void aRunThatWasLeftAtAnyPointGoesOnWithoutMovingAnythingTwice() {
        for (var left = 0; left < 24; left++) {
            var fleet = new ThreeHosts();
            var course = Course.of(FailbackPlan.of(Optional.empty(), fleet.at(NOW), SETTINGS), fleet.at(NOW));
            var moved = new ArrayList<String>();
            var run = FailbackRun.start("p", new Epoch(7, ""), course, 0, fleet.at(NOW), SETTINGS);
            var now = NOW;
            for (var acts = 0; acts < left && !run.isOver(); now = now.plusSeconds(1)) {
                var next = run.seen(fleet.at(now), SETTINGS).send(fleet.at(now), SETTINGS);
                run = next.run();
                for (var order : next.orders()) {
                    if (acts++ < left) {
                        var answer = fleet.answers(order);
                        note(moved, order, answer);
                        // that of the last order is lost with its coordinator
                        run = acts < left ? run.answered(order.host(), answer, now, SETTINGS) : run;
                    }
                }
            }

            var rest = FailbackRun.start("p", new Epoch(8, ""), run.course(), run.wave(), fleet.at(now), SETTINGS);
            for (var patience = 0; patience < 200 && !rest.isOver(); patience++) {
                now = now.plusSeconds(1);
                var next = rest.seen(fleet.at(now), SETTINGS).send(fleet.at(now), SETTINGS);
                rest = next.run();
                for (var order : next.orders()) {
                    var answer = fleet.answers(order);
                    note(moved, order, answer);
                    rest = rest.answered(order.host(), answer, now, SETTINGS);
                }
            }

            assertThat(rest.stage()).as("left after %s orders", left).isEqualTo(Stage.DONE);
            assertThat(rest.placed()).isEqualTo(6);
            assertThat(moved).as("left after %s orders", left).hasSize(6).doesNotHaveDuplicates();
        }
    }

    @Test
    void aLunThatOneHostCannotMoveIsMovedByNone() {
        var run = watched(start(), NOW);
        var now = NOW.plusSeconds(10);
        for (var question = 0; question < 3; question++) {
            now = now.plusSeconds(2);
            var asked = run.send(fleet.at(now), SETTINGS);
            assertThat(asked.orders()).hasSize(3).allMatch(order -> order.command() instanceof HostCommand.MayFailBack);
            run = asked.run();
            for (var order : asked.orders()) {
                var answer = order.host().equals(H2) ? not(SHARED) : fleet.answers(order);
                run = run.answered(order.host(), answer, now, SETTINGS);
            }
        }

        assertThat(run.stage()).isEqualTo(Stage.ASKING);
        assertThat(run.wave()).isEqualTo(2);
        assertThat(run.course().dropped()).containsEntry(SHARED, "host h2: a path is pending");
        var done = finish(run, now, new ArrayList<>());
        assertThat(done.stage()).isEqualTo(Stage.DONE);
        assertThat(done.placed()).isEqualTo(3);
        assertThat(fleet.hosts())
                .allMatch(host ->
                        host.maps().stream().anyMatch(map -> map.wwid().equals(SHARED) && map.isOffBestGroup()));
    }

    @Test
    void whatComesInTheWayBetweenQuestionAndMoveKeepsTheLunWhereItIs() {
        var asked = start().send(fleet.at(NOW), SETTINGS);
        var ready = asked.run().answered(H1, fleet.answers(asked.orders().getFirst()), NOW, SETTINGS);
        assertThat(ready.stage()).isEqualTo(Stage.MOVING);

        var next = ready.send(maintained(NOW), SETTINGS);

        assertThat(next.orders()).isEmpty();
        assertThat(next.run().course().dropped()).containsEntry(OF_H1, "switch A/1 is in maintenance");
        assertThat(next.run().wave()).isEqualTo(1);
    }

    @Test
    void aLunThatAHostCannotMoveAfterAnotherHasMovedItStopsTheRunAndIsToldAsHalfMoved() {
        var run = underWay();
        fleet.map("h1", SHARED, map -> offBest(map, false));
        var now = NOW.plusSeconds(20);
        for (var question = 0; question < 3; question++) {
            now = now.plusSeconds(2);
            var asked = run.send(fleet.at(now), SETTINGS);
            run = asked.run();
            for (var order : asked.orders()) {
                var answer = order.host().equals(H2) ? not(SHARED) : fleet.answers(order);
                run = run.answered(order.host(), answer, now, SETTINGS);
            }
        }

        assertThat(run.stage()).isEqualTo(Stage.STOPPED);
        assertThat(run.reason())
                .isEqualTo("map 3600a0 cannot be moved: host h2: a path is pending;"
                        + " map 3600a0 moved on h1, not on h2 h3");
        assertThat(run.course().dropped()).isEmpty();
    }

    @Test
    void whatComesInTheWayOfAHalfMovedLunStopsTheRun() {
        var run = underWay();
        fleet.map("h1", SHARED, map -> offBest(map, false));
        var now = NOW.plusSeconds(20);
        var asked = run.send(fleet.at(now), SETTINGS);
        run = asked.run();
        for (var order : asked.orders()) {
            run = run.answered(order.host(), fleet.answers(order), now, SETTINGS);
        }
        assertThat(run.stage()).isEqualTo(Stage.MOVING);

        var next = run.send(maintained(now), SETTINGS);

        assertThat(next.orders()).isEmpty();
        assertThat(next.run().reason())
                .isEqualTo("map 3600a0 cannot be moved: switch A/1 is in maintenance;"
                        + " map 3600a0 moved on h1, not on h2 h3");
    }

    static Stream<Arguments> surprisesWhereNothingMoves() {
        return Stream.of(
                arguments("map 3600a0 of host h2 was on its best group, and left it again", (Consumer<ThreeHosts>)
                        fleet -> fleet.map("h2", SHARED, map -> offBest(map, true))),
                arguments("map 3600a0 of host h2 has 1 usable paths, and had 2", (Consumer<ThreeHosts>)
                        fleet -> fleet.map("h2", SHARED, map -> usable(map, 1))),
                arguments("nexus b2 -> tb of host h2 is down", (Consumer<ThreeHosts>) fleet -> fleet.down("h2", "b2")),
                arguments("the daemon of host h2 was restarted", (Consumer<ThreeHosts>) fleet -> fleet.restarted("h2")),
                arguments("host h2 is silent", (Consumer<ThreeHosts>) fleet -> fleet.silent("h2")));
    }

    @ParameterizedTest
    @MethodSource("surprisesWhereNothingMoves")
    void aHostOnWhichALunOfThePlanIsInPlaceIsWatchedLikeTheOthers(String reason, Consumer<ThreeHosts> surprise) {
        fleet.map("h2", SHARED, map -> offBest(map, false));
        fleet.map("h2", OF_H2, map -> offBest(map, false));
        var run = start();
        assertThat(run.course().plan().hosts()).doesNotContain(H2);
        assertThat(run.seen(fleet.at(NOW), SETTINGS).isOver()).isFalse();
        var taken = FailbackRun.start("p", new Epoch(8, ""), run.course(), 0, fleet.at(NOW), SETTINGS);

        surprise.accept(fleet);

        for (var each : List.of(run, taken)) {
            assertThat(each.seen(fleet.at(NOW.plusSeconds(1)), SETTINGS).reason())
                    .isEqualTo(reason);
        }
    }

    @Test
    void aMapThatWasSeenOnItsBestGroupAndLeavesItStopsTheRun() {
        var watching = watchedUntilCalm(start());
        var later = watching.seen(fleet.at(NOW.plusSeconds(8)), SETTINGS);
        var taken = FailbackRun.start("p", new Epoch(8, ""), later.course(), later.wave(), fleet.at(NOW), SETTINGS);
        assertThat(watching.stage()).isEqualTo(Stage.WATCHING);
        assertThat(later.wave()).isEqualTo(1);

        fleet.map("h1", OF_H1, map -> offBest(map, true));

        for (var run : List.of(watching, later, taken)) {
            assertThat(run.seen(fleet.at(NOW.plusSeconds(9)), SETTINGS).reason())
                    .isEqualTo("map 3600b1 of host h1 was on its best group, and left it again");
        }
    }

    @Test
    void whatHostsSaidBeforeAPauseOrLongAgoIsAskedAgainBeforeTheyAreTold() {
        var asked = start().send(fleet.at(NOW), SETTINGS);
        var ready = asked.run().answered(H1, fleet.answers(asked.orders().getFirst()), NOW, SETTINGS);
        assertThat(ready.stage()).isEqualTo(Stage.MOVING);
        var late = NOW.plus(SETTINGS.answerWithin()).plusMillis(1);

        var resumed = ready.paused(true).paused(false).send(fleet.at(NOW), SETTINGS);
        var slow = ready.send(fleet.at(late), SETTINGS).run();

        assertThat(resumed.orders())
                .singleElement()
                .satisfies(order -> assertThat(order.command()).isInstanceOf(HostCommand.MayFailBack.class));
        assertThat(slow.stage()).isEqualTo(Stage.ASKING);
        assertThat(slow.hasToSend(late)).isTrue();
        assertThat(ready.paused(false).send(fleet.at(NOW), SETTINGS).orders())
                .singleElement()
                .satisfies(order -> assertThat(order.command()).isInstanceOf(HostCommand.FailBack.class));
    }

    @Test
    void anEmptyPlanIsDoneAtOnce() {
        fleet.hosts()
                .forEach(host -> host.maps()
                        .forEach(map -> fleet.map(host.host().value(), map.wwid(), each -> offBest(each, false))));

        assertThat(start().stage()).isEqualTo(Stage.DONE);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(new HostAnswer.Refused("older epoch"), "refused: older epoch"),
                arguments(
                        new HostAnswer.FailedBack(List.of(new Outcome(OF_H1, Move.NOT_MOVED, "best group is not fit"))),
                        "best group is not fit"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aHostThatDoesNotMoveStopsTheRun(HostAnswer answer, String reason) {
        var next = moving().answered(H1, answer, NOW, SETTINGS);

        assertThat(next.stage()).isEqualTo(Stage.STOPPED);
        assertThat(next.reason()).isEqualTo("host h1 did not move map 3600b1: " + reason);
    }

    static Stream<HostAnswer> thatLeaveOpenWhetherItMoved() {
        return Stream.of(
                new HostAnswer.Unanswered("host h1 did not answer within 25000 ms"),
                new HostAnswer.Accepted(),
                new HostAnswer.Maps(List.of()),
                new HostAnswer.FailedBack(List.of()),
                new HostAnswer.FailedBack(List.of(new Outcome(OF_H1, Move.UNKNOWN, "the map did not answer in time"))));
    }

    @ParameterizedTest
    @MethodSource("thatLeaveOpenWhetherItMoved")
    void whatAnAnswerLeavesOpenIsSettledByWhatTheHostReports(HostAnswer answer) {
        var open = moving().answered(H1, answer, NOW, SETTINGS);
        assertThat(open.stage()).isEqualTo(Stage.WATCHING);
        assertThat(open.seen(fleet.at(NOW.plusSeconds(1)), SETTINGS).placed()).isZero();

        var never = open.seen(fleet.at(NOW.plus(SETTINGS.settleWithin())), SETTINGS);
        var stopped = open.stopped("stopped by an operator", NOW);
        fleet.map("h1", OF_H1, map -> offBest(map, false));
        var moved = open.seen(fleet.at(NOW.plusSeconds(2)), SETTINGS);

        assertThat(never.reason())
                .isEqualTo("map 3600b1 of host h1 is not on its best group; map 3600b1 not known on h1");
        assertThat(stopped.reason()).isEqualTo("stopped by an operator; map 3600b1 not known on h1");
        assertThat(moved.placed()).isEqualTo(1);
        assertThat(moved.seen(fleet.at(NOW.plusSeconds(9)), SETTINGS).wave()).isEqualTo(1);
    }

    @Test
    void aMapOfWhichNobodyKnowsWhetherAnOlderOrderStillMovesItStopsTheRun() {
        var unknown = new HostAnswer.FailedBack(List.of(new Outcome(OF_H1, Move.UNKNOWN, "a move does not end")));
        var run = start();
        var now = NOW;
        for (var question = 0; question < 3; question++) {
            assertThat(run.stage()).isEqualTo(Stage.ASKING);
            now = now.plusSeconds(2);
            run = run.send(fleet.at(now), SETTINGS).run().answered(H1, unknown, now, SETTINGS);
        }

        assertThat(run.stage()).isEqualTo(Stage.STOPPED);
        assertThat(run.reason())
                .isEqualTo("what becomes of map 3600b1 on host h1 is not known: a move does not end;"
                        + " map 3600b1 not known on h1");
    }

    @Test
    void allHostsOfALunAreToldTheSamePorts() {
        var other = ThreeHosts.row("a2", "tc", "A", true);
        fleet.prefers("h2", SHARED, other);
        for (var host = 1; host <= 3; host++) {
            fleet.through("h" + host, "a" + host, "arr/tpg-1");
        }
        var course = Course.of(plan(Optional.empty()), fleet.at(NOW));
        var run = watched(FailbackRun.start("p", new Epoch(7, ""), course, 0, fleet.at(NOW), SETTINGS), NOW);

        var orders = run.send(fleet.at(NOW.plusSeconds(10)), SETTINGS).orders();

        assertThat(orders)
                .hasSize(3)
                .allSatisfy(order -> assertThat(order.command().ways())
                        .containsExactly(new HostCommand.Way(SHARED, List.of("ta", "tc"))));
    }

    @Test
    void aHostThatRefusesTheQuestionStopsTheRun() {
        var asked = start().send(fleet.at(NOW), SETTINGS).run();

        assertThat(asked.answered(H1, new HostAnswer.Refused("older epoch"), NOW, SETTINGS)
                        .reason())
                .isEqualTo("host h1 refused: older epoch");
    }

    @Test
    void aLunThatMovedOnSomeHostsOnlyIsToldWithEachOfThem() {
        var run = watched(start(), NOW);
        var now = NOW.plusSeconds(10);
        var asked = run.send(fleet.at(now), SETTINGS);
        run = asked.run();
        for (var order : asked.orders()) {
            run = run.answered(order.host(), fleet.answers(order), now, SETTINGS);
        }
        var told = run.send(fleet.at(now), SETTINGS);
        run = told.run().answered(H1, fleet.answers(told.orders().getFirst()), now, SETTINGS);
        run = run.answered(H2, not(SHARED), now, SETTINGS);

        var late = run.seen(fleet.at(now.plusSeconds(30)), SETTINGS);
        var stopped = run.stopped("stopped by an operator", now);

        assertThat(late.reason())
                .isEqualTo("host h2 did not move map 3600a0: a path is pending;"
                        + " map 3600a0 moved on h1, not on h2, not known on h3");
        assertThat(stopped.reason())
                .isEqualTo("stopped by an operator; map 3600a0 moved on h1, not on h2, not known on h3");
    }

    @Test
    void aHostThatDoesNotAnswerInTimeIsWaitedForNoLongerAndSeenByItsReports() {
        var run = moving();

        assertThat(run.seen(fleet.at(NOW.plusMillis(29_999)), SETTINGS).stage()).isEqualTo(Stage.MOVING);
        var open = run.seen(fleet.at(NOW.plusSeconds(30)), SETTINGS);
        assertThat(open.stage()).isEqualTo(Stage.WATCHING);
        assertThat(open.seen(fleet.at(NOW.plusSeconds(60)), SETTINGS).reason())
                .isEqualTo("map 3600b1 of host h1 is not on its best group; map 3600b1 not known on h1");
    }

    @Test
    void aHostThatDoesNotAnswerTheQuestionInTimeStopsTheRun() {
        var asked = start().send(fleet.at(NOW), SETTINGS).run();

        assertThat(asked.seen(fleet.at(NOW.plusSeconds(30)), SETTINGS).reason()).isEqualTo("no answer from host h1");
    }

    @Test
    void aMapThatIsNotSeenOnItsBestGroupInTimeStopsTheRun() {
        var watching = moving().answered(H1, switched(), NOW, SETTINGS);

        assertThat(watching.seen(fleet.at(NOW.plusMillis(29_999)), SETTINGS).stage())
                .isEqualTo(Stage.WATCHING);
        assertThat(watching.seen(fleet.at(NOW.plusSeconds(30)), SETTINGS).reason())
                .isEqualTo("map 3600b1 of host h1 is not on its best group");
    }

    static Stream<Arguments> surprises() {
        return Stream.of(
                arguments("host h3 is silent", (Consumer<ThreeHosts>) fleet -> fleet.silent("h3")),
                arguments("host h3 is silent", (Consumer<ThreeHosts>) fleet -> fleet.gone("h3")),
                arguments("the daemon of host h3 was restarted", (Consumer<ThreeHosts>) fleet -> fleet.restarted("h3")),
                arguments("nexus b2 -> tb of host h2 is down", (Consumer<ThreeHosts>) fleet -> fleet.down("h2", "b2")),
                arguments("map 3600b2 of host h2 has 1 usable paths, and had 2", (Consumer<ThreeHosts>)
                        fleet -> fleet.map("h2", OF_H2, map -> usable(map, 1))));
    }

    @ParameterizedTest
    @MethodSource("surprises")
    void aSurpriseStopsTheRunInEveryStage(String reason, Consumer<ThreeHosts> surprise) {
        var asking = start();
        var moving = moving();
        var watching = moving.answered(H1, switched(), NOW, SETTINGS);

        surprise.accept(fleet);

        for (var run : List.of(asking, watching)) {
            var next = run.seen(fleet.at(NOW.plusSeconds(1)), SETTINGS);
            assertThat(next.stage()).isEqualTo(Stage.STOPPED);
            assertThat(next.reason()).isEqualTo(reason);
        }
        assertThat(moving.seen(fleet.at(NOW.plusSeconds(1)), SETTINGS).reason())
                .isEqualTo(reason + "; map 3600b1 not known on h1");
    }

    @Test
    void aNewCoordinatorSeesWhatWasLostWhileNoneWasThere() {
        var left = start().course();
        fleet.map("h3", OF_H3, map -> usable(map, 1));

        var rest = FailbackRun.start("p", new Epoch(8, ""), left, 0, fleet.at(NOW), SETTINGS)
                .seen(fleet.at(NOW), SETTINGS);

        assertThat(rest.reason()).isEqualTo("map 3600b3 of host h3 has 1 usable paths, and had 2");
    }

    @Test
    void aPlanExpires() {
        assertThat(start().seen(fleet.at(NOW.plus(SETTINGS.expiry())), SETTINGS).reason())
                .startsWith("the plan expired");
    }

    @Test
    void hostsThatTakeALunFromEachOtherStopTheRunThatMovesIt() {
        var dispute = new Dispute(SHARED, H1, H2, 7, NOW, NOW, "h1 prefers a, h2 prefers b");
        var seen = new Situation(NOW, true, fleet.hosts(), List.of(), Set.of(), List.of(dispute));

        assertThat(start().seen(seen, SETTINGS).reason())
                .startsWith("hosts h1 and h2 take map 3600a0 from each other, 7 switches");
    }

    @Test
    void anIncidentThatOpensOnAHostOfThePlanStopsTheRun() {
        var incident = incidentOn(SWITCH_A);

        assertThat(start().seen(fleet.at(NOW, incident), SETTINGS).reason()).startsWith("incident " + incident.id());
    }

    @Test
    void anIncidentThatWasOpenBeforeDoesNotStopTheRun() {
        var incident = incidentOn(SWITCH_A);
        var course = Course.of(plan(Optional.of(SWITCH_A)), fleet.at(NOW, incident));
        var run = FailbackRun.start("p", new Epoch(7, ""), course, 0, fleet.at(NOW, incident), SETTINGS);

        assertThat(run.seen(fleet.at(NOW, incident), SETTINGS).stage()).isEqualTo(Stage.ASKING);
        assertThat(run.seen(fleet.at(NOW, renamed(incident, "20260101-000000-00000001")), SETTINGS)
                        .stage())
                .isEqualTo(Stage.ASKING);
    }

    @Test
    void theNextWaveWaitsUntilTheFleetHasBeenWellAndTheFirstOneIsWatchedLonger() {
        var next = moving();
        fleet.map("h1", OF_H1, map -> offBest(map, false));
        var first = next.answered(H1, switched(), NOW, SETTINGS).seen(fleet.at(NOW), SETTINGS);

        var early = first.seen(fleet.at(NOW.plusMillis(5_999)), SETTINGS);
        var calm = early.seen(fleet.at(NOW.plusMillis(6_000)), SETTINGS);

        assertThat(early.stage()).isEqualTo(Stage.WATCHING);
        assertThat(calm.wave()).isEqualTo(1);
        assertThat(calm.hasToSend(NOW.plusMillis(6_000))).isTrue();
    }

    @Test
    void aPausedRunBeginsNothingNewAndGoesOnWhereItWas() {
        var paused = start().paused(true);

        assertThat(paused.hasToSend(NOW)).isFalse();
        assertThat(paused.send(fleet.at(NOW), SETTINGS).orders()).isEmpty();
        assertThat(paused.paused(false).send(fleet.at(NOW), SETTINGS).orders()).hasSize(1);

        var watching = watchedUntilCalm(paused.paused(false)).paused(true);
        assertThat(watching.seen(fleet.at(NOW.plusSeconds(60)), SETTINGS).wave())
                .isZero();
        assertThat(watching.paused(false)
                        .seen(fleet.at(NOW.plusSeconds(61)), SETTINGS)
                        .wave())
                .isEqualTo(1);
    }

    @Test
    void aRunThatIsOverStaysOver() {
        var stopped = start().stopped("asked for", NOW);

        assertThat(stopped.answered(H1, new HostAnswer.Accepted(), NOW, SETTINGS))
                .isEqualTo(stopped);
        assertThat(stopped.seen(new Situation(NOW, List.of(), List.of()), SETTINGS))
                .isEqualTo(stopped);
        assertThat(stopped.stopped("again", NOW).reason()).isEqualTo("asked for");
        assertThat(stopped.under(new Epoch(9, ""), NOW)).isEqualTo(stopped);
    }

    @Test
    void answersOfHostsThatAreNotAwaitedChangeNothing() {
        var run = moving();

        assertThat(run.answered(H2, new HostAnswer.Refused("late"), NOW, SETTINGS))
                .isEqualTo(run);
    }

    private FailbackPlan plan(Optional<Component> component) {
        return FailbackPlan.of(component, fleet.at(NOW), SETTINGS);
    }

    private FailbackRun start() {
        var course = Course.of(plan(Optional.of(SWITCH_A)), fleet.at(NOW));
        return FailbackRun.start("p", new Epoch(7, ""), course, 0, fleet.at(NOW), SETTINGS);
    }

    private Situation maintained(Instant now) {
        return new Situation(now, true, fleet.hosts(), List.of(), Set.of(SWITCH_A), List.of());
    }

    /** The canary is home, and all are to be asked for the LUN that they share. */
    private FailbackRun underWay() {
        return watched(start(), NOW);
    }

    /** The first host was told to move the canary. */
    private FailbackRun moving() {
        var asked = start().send(fleet.at(NOW), SETTINGS);
        return asked.run()
                .answered(H1, fleet.answers(asked.orders().getFirst()), NOW, SETTINGS)
                .send(fleet.at(NOW), SETTINGS)
                .run();
    }

    /** The canary is where it belongs, and the second wave may begin. */
    private FailbackRun watched(FailbackRun begun, Instant from) {
        return watchedUntilCalm(begun).seen(fleet.at(from.plusSeconds(8)), SETTINGS);
    }

    private FailbackRun watchedUntilCalm(FailbackRun begun) {
        var asked = begun.send(fleet.at(NOW), SETTINGS);
        var told = asked.run()
                .answered(H1, fleet.answers(asked.orders().getFirst()), NOW, SETTINGS)
                .send(fleet.at(NOW), SETTINGS);
        return told.run()
                .answered(H1, fleet.answers(told.orders().getFirst()), NOW, SETTINGS)
                .seen(fleet.at(NOW), SETTINGS);
    }

    private FailbackRun finish(FailbackRun begun, Instant from, List<String> story) {
        var run = begun;
        var now = from;
        while (!run.isOver()) {
            now = now.plusMillis(250);
            var next = run.seen(fleet.at(now), SETTINGS).send(fleet.at(now), SETTINGS);
            run = next.run();
            for (var order : next.orders()) {
                story.add(run.wave()
                        + (order.command() instanceof HostCommand.MayFailBack ? " asks " : " moves ")
                        + order.host() + " " + order.command().maps());
                run = run.answered(order.host(), fleet.answers(order), now, SETTINGS);
            }
        }
        return run;
    }

    private static void note(List<String> moved, FailbackRun.Order order, HostAnswer answer) {
        ((HostAnswer.FailedBack) answer)
                .outcomes().stream()
                        .filter(outcome -> outcome.move() == Move.SWITCHED)
                        .forEach(outcome -> moved.add(order.host() + " " + outcome.wwid()));
    }

    private static HostAnswer switched() {
        return new HostAnswer.FailedBack(List.of(new Outcome(OF_H1, Move.SWITCHED, "")));
    }

    private static HostAnswer not(Wwid map) {
        return new HostAnswer.FailedBack(List.of(new Outcome(map, Move.NOT_MOVED, "a path is pending")));
    }
}
