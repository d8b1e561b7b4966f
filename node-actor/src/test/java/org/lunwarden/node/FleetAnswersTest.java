package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.map.MapActor;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.dm.MultipathStatus.GroupState;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.map.MapTopology;

/** Steps of a failback against a map that the test answers for: how long one is under way is in its hand. */
class FleetAnswersTest {

    private static final Wwid WWID = new Wwid("3600a098000000001");

    private static final HostCommand.Way WAY = new HostCommand.Way(WWID, List.of("t1"));

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<MapActor.Command> map = kit.createTestProbe("map");
    private final TestProbe<HostAnswer> asker = kit.createTestProbe("asker");
    private final MapTable maps = new MapTable();
    private final FailbackTerm term = FailbackTerm.of(Duration.ZERO, Duration.ofSeconds(20), Duration.ofHours(1));
    private volatile Duration uptime = Duration.ZERO;
    private final FleetAnswers answers =
            new FleetAnswers(maps, () -> uptime, kit.system().scheduler());

    @BeforeEach
    void know() {
        maps.add(WWID, map.ref());
        maps.change(WWID, entry -> entry.as(offBest(PathState.UP)));
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void anOrderWaitsUntilAnArraysTransitionIsOverAndIsGivenUnderItsEpoch() {
        answers.failBack(List.of(WAY), new Epoch(7, ""), term, asker.ref());

        look(7, offBest(PathState.PENDING), false);
        look(7, offBest(PathState.UP), true);
        look(7, offBest(PathState.UP), false);
        var order = map.expectMessageClass(MapActor.FailBack.class);
        order.replyTo().tell(new Outcome(WWID, Move.SWITCHED, ""));

        assertThat(order.epoch()).isEqualTo(new Epoch(7, ""));
        assertThat(order.beginBy()).isEqualTo(Duration.ofSeconds(20));
        assertThat(outcome().move()).isEqualTo(Move.SWITCHED);
    }

    @Test
    void aMapThatBecameUnfitSinceItWasAskedAboutIsNotMoved() {
        answers.failBack(List.of(WAY), new Epoch(7, ""), term, asker.ref());
        uptime = Duration.ofSeconds(20);
        look(7, offBest(PathState.PENDING), false);

        assertThat(outcome().reason()).contains("is pending");
        uptime = Duration.ZERO;
        answers.failBack(List.of(WAY), new Epoch(7, ""), term, asker.ref());
        look(7, topology(2, PathState.DOWN), false);
        assertThat(outcome().reason()).isEqualTo("no path of its best group is usable");
        map.expectNoMessage();
    }

    @Test
    void aQuestionIsAnsweredWhenTheMoveThatWasBegunBeforeIsOver() {
        answers.mayFailBack(List.of(WAY), new Epoch(8, ""), term, asker.ref());

        look(8, offBest(PathState.UP), true);
        look(8, topology(1, PathState.UP), false);

        assertThat(outcome().move()).isEqualTo(Move.IN_PLACE);
    }

    @Test
    void ofAMoveThatDoesNotEndNobodyKnowsWhatBecomes() {
        answers.mayFailBack(List.of(WAY), new Epoch(8, ""), term, asker.ref());
        uptime = Duration.ofSeconds(20);
        look(8, offBest(PathState.UP), true);

        assertThat(outcome()).isEqualTo(new Outcome(WWID, Move.UNKNOWN, "a move that was begun before does not end"));
    }

    @Test
    void ofAMapThatWasToldAndAnswersLateNobodyKnowsWhetherItMoved() {
        answers.failBack(List.of(WAY), new Epoch(7, ""), term, asker.ref());
        uptime = Duration.ofMinutes(1);
        look(7, offBest(PathState.UP), false);
        var order = map.expectMessageClass(MapActor.FailBack.class);

        assertThat(outcome()).isEqualTo(new Outcome(WWID, Move.UNKNOWN, "the map did not answer in time"));
        order.replyTo().tell(new Outcome(WWID, Move.SWITCHED, ""));
        asker.expectNoMessage();
    }

    @Test
    void aMapThatWasNotToldHasNotMovedThoughItAnswersLate() {
        uptime = Duration.ofMinutes(1);

        answers.failBack(List.of(WAY), new Epoch(7, ""), term, asker.ref());

        assertThat(outcome()).isEqualTo(new Outcome(WWID, Move.NOT_MOVED, "the map did not answer in time"));
        answers.mayFailBack(List.of(WAY), new Epoch(8, ""), term, asker.ref());
        assertThat(outcome().move()).isEqualTo(Move.UNKNOWN);
    }

    @Test
    void aMapWhoseBestGroupIsNotTheOneThatWasMeantIsNeitherMovedNorCalledInPlace() {
        var other = List.of(new HostCommand.Way(WWID, List.of("t2")));

        answers.failBack(other, new Epoch(7, ""), term, asker.ref());
        look(7, offBest(PathState.UP), false);
        assertThat(outcome())
                .isEqualTo(new Outcome(
                        WWID, Move.NOT_MOVED, "its best group uses target port t1, which is not among [t2]"));
        answers.mayFailBack(other, new Epoch(8, ""), term, asker.ref());
        look(8, topology(1, PathState.UP), false);
        assertThat(outcome().move()).isEqualTo(Move.NOT_MOVED);
        map.expectNoMessage();
    }

    private void look(long term, MapTopology topology, boolean moving) {
        var question = map.expectMessageClass(MapActor.MayFailBack.class);
        assertThat(question.epoch()).isEqualTo(new Epoch(term, ""));
        question.replyTo().tell(new MapActor.Standing(topology, moving));
    }

    private Outcome outcome() {
        return asker.expectMessageClass(HostAnswer.FailedBack.class).outcomes().getFirst();
    }

    private static MapTopology offBest(PathState ofSecond) {
        return topology(2, PathState.UP, ofSecond);
    }

    private static MapTopology topology(int next, PathState ofBest) {
        return topology(next, ofBest, PathState.UP);
    }

    private static MapTopology topology(int next, PathState ofBest, PathState ofSecond) {
        return new MapTopology(
                WWID,
                WWID.value(),
                new DeviceName("dm-0"),
                "V",
                "P",
                2048,
                false,
                List.of(),
                List.of(),
                1,
                next,
                false,
                List.of(group(1, 50, ofBest), group(2, 10, ofSecond)));
    }

    private static MapTopology.Group group(int number, int priority, PathState state) {
        return new MapTopology.Group(
                "service-time 0",
                priority,
                GroupState.ENABLED,
                List.of(new MapTopology.Path(
                        new Hctl(2, 0, number, 0),
                        new DeviceName("sd" + (char) ('a' + number)),
                        new DevT(8, number),
                        new Nexus("i", "t" + number),
                        Optional.of(true),
                        state,
                        "running",
                        priority)));
    }
}
