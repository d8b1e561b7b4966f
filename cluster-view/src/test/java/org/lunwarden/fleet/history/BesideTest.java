package org.lunwarden.fleet.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.alert.Window;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

class BesideTest {

    private static final Instant ONSET = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant OVER = ONSET.plusSeconds(3600);
    private static final Touched TOUCHED = new Touched(Set.of("h1"), Set.of("host h1", "switch A/12"));
    private static final Beside BESIDE = new Beside(TOUCHED, ONSET, Optional.of(OVER));

    @Test
    void aWindowThatWasSetDaysBeforeStandsBesideAnIncidentThatBeganInIt() {
        var set = told(window("m-1", ONSET.minusSeconds(60), ONSET.plusSeconds(60)), ONSET.minus(Duration.ofDays(3)));

        assertThat(BESIDE.in(List.of(), List.of(set), List.of())).containsExactly(set);
    }

    @Test
    void soDoesOneThatBeganWhileItWasOpenAndNoneThatBeganLaterOrWasOverBefore() {
        var long0 = ONSET.minus(Duration.ofDays(3));
        var during = told(window("m-1", ONSET.plusSeconds(60), ONSET.plusSeconds(120)), long0);
        var later = told(window("m-2", OVER, OVER.plusSeconds(60)), long0);
        var before = told(window("m-3", ONSET.minusSeconds(60), ONSET), long0);

        assertThat(BESIDE.in(List.of(), List.of(later, during, before), List.of()))
                .containsExactly(during);
        assertThat(new Beside(TOUCHED, ONSET, Optional.empty()).in(List.of(), List.of(later), List.of()))
                .as("it is open, and that may begin in it")
                .containsExactly(later);
    }

    @Test
    void oneThatWasEndedBeforeItBeganDoesNotHoldThenWhenEverItWasEnded() {
        var window = window("m-1", ONSET.minusSeconds(90_000), ONSET.plusSeconds(60));
        var set = told(window, ONSET.minusSeconds(90_000));
        var early = told(window.endedAt(ONSET.minusSeconds(7200)), ONSET.minusSeconds(7200));
        var late = told(window.endedAt(ONSET.minusSeconds(30)), ONSET.minusSeconds(30));
        var inIt = told(window.endedAt(ONSET.plusSeconds(30)), ONSET.plusSeconds(30));

        assertThat(BESIDE.in(List.of(), List.of(early, set), List.of())).isEmpty();
        assertThat(BESIDE.in(List.of(late), List.of(set), List.of())).containsExactly(late);
        assertThat(BESIDE.in(List.of(inIt), List.of(set), List.of())).containsExactly(inIt, set);
    }

    @Test
    void whatTheHistoryHasForgottenOrNeverHeardOfIsToldByTheViews() {
        var known = window("m-1", ONSET.minusSeconds(9000), ONSET.plusSeconds(60));
        var over = window("m-2", ONSET.minusSeconds(9000), ONSET.minusSeconds(60));
        var set = told(known, known.createdAt());

        assertThat(BESIDE.in(List.of(), List.of(), List.of(known, over))).containsExactly(set);
        assertThat(BESIDE.in(List.of(), List.of(set), List.of(known, over))).containsExactly(set);
    }

    @Test
    void whatTouchesNothingOfItDoesNotStandBesideIt() {
        var other = new Window(
                "m-1",
                Window.Kind.MAINTENANCE,
                List.of(),
                List.of(new Component(ComponentClass.SWITCH, "A/13")),
                ONSET.minusSeconds(9000),
                ONSET.plusSeconds(60),
                "ops",
                "new firmware",
                ONSET.minusSeconds(9000));
        var reboot = new Happening(ONSET.minusSeconds(9), "host-rebooted", Optional.of("h2"), Optional.empty(), "is");

        assertThat(BESIDE.in(List.of(reboot), List.of(told(other, other.createdAt())), List.of(other)))
                .isEmpty();
    }

    @Test
    void wordsOfAWindowAreReadBackAndThoseOfNothingElse() {
        var window = window("m-1", ONSET, OVER);

        assertThat(WindowTold.parse(told(window, ONSET))).contains(new WindowTold("m-1", ONSET, OVER));
        assertThat(WindowTold.parse(new Happening(ONSET, "failback", List.of(), "m-1 from x until y, by z: w")))
                .isEmpty();
        assertThat(WindowTold.parse(new Happening(ONSET, "silence", List.of(), "m-1 from x until y, by z: w")))
                .isEmpty();
        assertThat(WindowTold.parse(new Happening(ONSET, "silence", List.of(), "m-1")))
                .isEmpty();
    }

    private static Happening told(Window window, Instant at) {
        return WindowTold.format(window, at);
    }

    private static Window window(String id, Instant from, Instant until) {
        return new Window(
                id,
                Window.Kind.MAINTENANCE,
                List.of(),
                List.of(new Component(ComponentClass.SWITCH, "A/12")),
                from,
                until,
                "ops",
                "new firmware, by hand: row 7",
                from.minusSeconds(9000));
    }
}
