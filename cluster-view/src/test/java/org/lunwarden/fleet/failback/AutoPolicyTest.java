package org.lunwarden.fleet.failback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.lunwarden.fleet.failback.ThreeHosts.NOW;
import static org.lunwarden.fleet.failback.ThreeHosts.SWITCH_A;
import static org.lunwarden.fleet.failback.ThreeHosts.incidentOn;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.fleet.failback.AutoPolicy.Past;

class AutoPolicyTest {

    private static final AutoPolicy ALL_DAY =
            new AutoPolicy(true, Duration.ofMinutes(15), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC, 2);

    private final ThreeHosts fleet = new ThreeHosts();

    @Test
    void itIsOffUnlessSomebodyTurnsItOn() {
        assertThat(AutoPolicy.OFF.hindrance(fleet.at(NOW), List.of())).contains("it is off");
        assertThat(ALL_DAY.hindrance(fleet.at(NOW), List.of())).isEmpty();
    }

    @Test
    void nothingBeginsNearAnIncidentMaintenanceOrWhatHasJustChanged() {
        var maintained = new Situation(NOW, true, fleet.hosts(), List.of(), Set.of(SWITCH_A), List.of());
        var alone = new Situation(NOW, false, fleet.hosts(), List.of(), Set.of(), List.of());

        assertThat(ALL_DAY.hindrance(fleet.at(NOW, incidentOn(SWITCH_A)), List.of()))
                .hasValueSatisfying(why -> assertThat(why).endsWith("is open"));
        assertThat(ALL_DAY.hindrance(maintained, List.of())).contains("switch A/1 is in maintenance");
        assertThat(ALL_DAY.hindrance(alone, List.of())).isPresent();
        // its rows changed a minute after its boot, an hour ago
        assertThat(calmFor(Duration.ofHours(2)).hindrance(fleet.at(NOW), List.of()))
                .contains("nexus a1 -> ta of host h1 has just changed");
    }

    @Test
    void oneThatStoppedKeepsOthersBackUntilAPersonHasHadOneDone() {
        var past = new ArrayList<>(List.of(own(NOW.minusSeconds(90_000), true)));
        assertThat(ALL_DAY.hindrance(fleet.at(NOW), past))
                .hasValueSatisfying(why -> assertThat(why).contains("stopped, and nobody"));

        past.add(new Past(NOW.minusSeconds(600), false, true));
        assertThat(ALL_DAY.hindrance(fleet.at(NOW), past)).isPresent();

        past.add(new Past(NOW.minusSeconds(300), false, false));
        assertThat(ALL_DAY.hindrance(fleet.at(NOW), past)).isEmpty();
    }

    @Test
    void thereAreNoMoreInADayThanAreAllowed() {
        var past = List.of(own(NOW.minusSeconds(3600), false), own(NOW.minusSeconds(80_000), false));

        assertThat(ALL_DAY.hindrance(fleet.at(NOW), past)).contains("there were 2 in 24 hours");
        assertThat(ALL_DAY.hindrance(fleet.at(NOW), past.subList(0, 1))).isEmpty();
    }

    static Stream<Arguments> timesOfDay() {
        return Stream.of(
                arguments("09:00", "11:00", true),
                arguments("10:00", "10:01", true),
                arguments("09:00", "10:00", false),
                arguments("22:00", "06:00", false),
                arguments("22:00", "10:30", true));
    }

    /** It is ten o'clock. */
    @ParameterizedTest
    @MethodSource("timesOfDay")
    void itBeginsInItsTimeOfDayAlsoOverMidnight(String from, String until, boolean begins) {
        var policy = new AutoPolicy(
                true, Duration.ofMinutes(15), LocalTime.parse(from), LocalTime.parse(until), ZoneOffset.UTC, 2);

        assertThat(policy.hindrance(fleet.at(NOW), List.of()).isEmpty()).isEqualTo(begins);
    }

    private static AutoPolicy calmFor(Duration calm) {
        return new AutoPolicy(true, calm, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC, 2);
    }

    private static Past own(Instant startedAt, boolean stopped) {
        return new Past(startedAt, true, stopped);
    }
}
