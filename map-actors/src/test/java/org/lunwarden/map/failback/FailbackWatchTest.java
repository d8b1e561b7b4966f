package org.lunwarden.map.failback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.map.Reports;
import org.lunwarden.map.failback.FailbackWatch.Reason;
import org.lunwarden.map.group.PathGroup;
import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.Failback;

class FailbackWatchTest {

    private static final List<PathGroup> TWO = List.of(
            new PathGroup(List.of(Reports.path(1, PathState.UP, 50))),
            new PathGroup(List.of(Reports.path(2, PathState.UP, 10))));
    private static final Failback FIFTEEN = new Failback.Deferred(Duration.ofSeconds(15));

    @Test
    void immediateSwitchesAndManualDoesNot() {
        assertThat(decide(new Failback.Immediate(), 2).switchTo()).isEqualTo(1);
        assertThat(decide(new Failback.Manual(), 2).switchTo()).isZero();
        assertThat(decide(new Failback.Immediate(), 1).switchTo()).isZero();
    }

    @Test
    void withoutAnyPathOnlyAnImmediateFailbackGoesToTheFirstGroup() {
        var dead = List.of(
                new PathGroup(List.of(Reports.path(1, PathState.DOWN, 50))),
                new PathGroup(List.of(Reports.path(2, PathState.DOWN, 10))));

        assertThat(FailbackWatch.CALM
                        .decide(new Failback.Immediate(), dead, true, 2, Duration.ZERO)
                        .switchTo())
                .isEqualTo(1);
        assertThat(FailbackWatch.CALM
                        .decide(new Failback.Deferred(Duration.ofSeconds(1)), dead, true, 2, Duration.ZERO)
                        .next()
                        .switchAt())
                .isEmpty();
    }

    @Test
    void aMapOfOneGroupStays() {
        var decision = FailbackWatch.CALM.decide(new Failback.Immediate(), TWO.subList(0, 1), true, 1, Duration.ZERO);

        assertThat(decision.switchTo()).isZero();
    }

    @Test
    void deferredSwitchesAtTheSixteenthTickOfFifteen() {
        var waiting = decide(FIFTEEN, 2).next();

        assertThat(waiting.switchAt()).contains(Duration.ofSeconds(16));
        assertThat(waiting.decide(FIFTEEN, TWO, true, 2, Duration.ofMillis(15_999))
                        .switchTo())
                .isZero();
        assertThat(waiting.decide(FIFTEEN, TWO, true, 2, Duration.ofSeconds(16)).switchTo())
                .isEqualTo(1);
    }

    @Test
    void groupsOutOfOrderAreAReasonToWaitAlsoWhereTheBestIsInUse() {
        assertThat(FailbackWatch.CALM
                        .decide(FIFTEEN, TWO, false, 1, Duration.ZERO)
                        .next()
                        .switchAt())
                .contains(Duration.ofSeconds(16));
        assertThat(FailbackWatch.CALM
                        .decide(new Failback.Manual(), TWO, false, 1, Duration.ZERO)
                        .switchTo())
                .isZero();
    }

    @Test
    void aPathThatReturnsStartsTheWaitAnew() {
        var waiting = decide(FIFTEEN, 2).next();

        assertThat(waiting.pathReturned(Reports.device(3), FIFTEEN, Duration.ofSeconds(10))
                        .switchAt())
                .contains(Duration.ofSeconds(26));
    }

    @Test
    void aPathThatFailsEndsTheWait() {
        assertThat(decide(FIFTEEN, 2).next().pathFailed(Reports.device(3)).switchAt())
                .isEmpty();
    }

    static Stream<Arguments> reasons() { // policy, in order, group in use -> why
        return Stream.of(
                arguments(new Failback.Immediate(), true, 1, Reason.AT_HOME),
                arguments(new Failback.Immediate(), true, 2, Reason.MOVES),
                arguments(new Failback.Immediate(), true, 0, Reason.NONE_CHOSEN),
                arguments(new Failback.Manual(), true, 2, Reason.MANUAL),
                arguments(new Failback.Manual(), false, 1, Reason.AT_HOME),
                arguments(new Failback.Followover(), true, 2, Reason.NOT_FIRST),
                arguments(new Failback.Followover(), false, 1, Reason.AT_HOME),
                arguments(FIFTEEN, true, 2, Reason.WAITS),
                arguments(FIFTEEN, false, 1, Reason.WAITS));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void everyDecisionHasItsReason(Failback policy, boolean inOrder, int nextGroup, Reason reason) {
        assertThat(FailbackWatch.CALM
                        .decide(policy, TWO, inOrder, nextGroup, Duration.ZERO)
                        .reason())
                .isEqualTo(reason);
    }

    private static FailbackWatch.Decision decide(Failback policy, int nextGroup) {
        return FailbackWatch.CALM.decide(policy, TWO, true, nextGroup, Duration.ZERO);
    }
}
