package org.lunwarden.fleet.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.localization.Fleet.DOWN;
import static org.lunwarden.fleet.localization.Fleet.ONSET;
import static org.lunwarden.fleet.localization.Fleet.UP;
import static org.lunwarden.fleet.localization.LocalizationSettings.DEFAULTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.fleet.NexusState;

/** Hosts that tell old news, and clocks that are off. */
class OldReportsTest {

    private static final Fleet FLEET = Fleet.of(96);
    private static final long HOUR = 3_600_000;

    @Test
    void hostsThatStillSayUpDoNotSoftenAHardFault() {
        var stale = Set.of(2, 20, 38);
        var index = FLEET.failing(row -> row.crosses("fabric", "A") && !stale.contains(row.host()));

        var verdict = Localization.of(index, DEFAULTS);

        assertThat(Fleet.names(index, verdict)).containsExactly("fabric A");
        assertThat(verdict.staleHosts()).extracting(index::hostName).containsExactly("h002", "h020", "h038");
        assertThat(verdict.causes().getFirst().first().fraction()).isGreaterThan(0.99);
        assertThat(verdict.causes().getFirst().first().up()).isEqualTo(24);
    }

    @Test
    void aHostThatReportedLongAgoIsUnknownAndNotUp() {
        var late = new RowReading(NexusState.UP, 0, ONSET - HOUR, ONSET - HOUR / 2);
        var index = FLEET.read(row -> row.host() == 8 ? late : row.crosses("initiatorSwitch", "A/12") ? DOWN : UP);

        var verdict = Localization.of(index, DEFAULTS);

        assertThat(verdict.lateHosts()).extracting(index::hostName).containsExactly("h008");
        var first = verdict.causes().getFirst().first();
        assertThat(first.up()).isZero();
        assertThat(first.neutral()).isEqualTo(8);
    }

    @Test
    void theOnsetIsThatOfMostHostsThoughOneClockIsAnHourOffAndAllAreSecondsOff() {
        var random = new Random(3);
        var skews = random.doubles(200, -5_000, 5_000).toArray();
        var index = FLEET.read(row -> {
            if (!row.crosses("fabric", "B")) {
                return UP;
            }
            var off = row.host() == 7 ? -HOUR : row.host() == 9 ? HOUR : 0;
            var at = ONSET + Math.round(skews[row.host()]) + off;
            return new RowReading(NexusState.DOWN, 1, at, ONSET + 60_000);
        });

        var cause = Localization.of(index, DEFAULTS).causes().getFirst();

        assertThat(index.component(cause.first().component()).id()).isEqualTo("B");
        assertThat(cause.onset()).isBetween(ONSET - 5_000, ONSET);
    }

    @Test
    void aHostThatReportedBeforeTheOnsetMayHaveFailuresOfItsOwn() {
        var downBefore = new RowReading(NexusState.DOWN, 1, ONSET - HOUR, ONSET - 20_000);
        var upBefore = new RowReading(NexusState.UP, 0, ONSET - HOUR, ONSET - 20_000);
        var index = FLEET.read(row -> row.host() % 9 == 2
                ? row.crosses("fabric", "A") ? upBefore : downBefore
                : row.crosses("fabric", "A") ? DOWN : UP);

        var verdict = Localization.of(index, DEFAULTS);

        var withOwn = IntStream.range(0, 96)
                .filter(host -> host % 9 == 2)
                .mapToObj(Fleet::host)
                .toList();
        assertThat(verdict.lateHosts()).extracting(index::hostName).containsExactlyElementsOf(withOwn);
        assertThat(Fleet.names(index, verdict))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("fabric A"), withOwn.stream().map(host -> "host " + host))
                                .toList());
        assertThat(verdict.causes().getFirst().first().up()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10})
    void aHardFaultIsOneThoughSomeHostsStillSayUpOnEightRowsEach(int oneIn) {
        var index = FLEET.failing(row -> row.crosses("fabric", "A") && row.host() % oneIn != 1);

        var verdict = Localization.of(index, DEFAULTS);

        assertThat(Fleet.names(index, verdict)).containsExactly("fabric A");
        assertThat(verdict.causes().getFirst().first().fraction()).isGreaterThan(0.99);
    }

    @Test
    void whereMostHostsLastReportedBeforeTheOnsetTheOthersTellWhatBroke() {
        var before = new RowReading(NexusState.UP, 0, ONSET - HOUR, ONSET - 240_000);
        var index = FLEET.read(row -> row.host() % 5 != 0 ? before : row.crosses("fabric", "A") ? DOWN : UP);

        var verdict = Localization.of(index, DEFAULTS);

        assertThat(Fleet.names(index, verdict)).containsExactly("fabric A");
        assertThat(verdict.lateHosts()).hasSize(76);
        assertThat(verdict.causes().getFirst().first().up()).isZero();
    }

    @Test
    void aHostWhoseClockIsAnHourBehindIsHeardWhenItTellsOfAFailure() {
        var behind = new RowReading(NexusState.DOWN, 1, ONSET - HOUR, ONSET - HOUR + 60_000);
        var upBehind = new RowReading(NexusState.UP, 0, ONSET - 20 * HOUR, ONSET - HOUR + 60_000);
        var index = FLEET.read(row -> row.host() != 9 ? UP : row.crosses("fabric", "B") ? behind : upBehind);

        var verdict = Localization.of(index, DEFAULTS);

        assertThat(verdict.causes()).singleElement().satisfies(cause -> {
            var first = cause.first();
            var all = new ArrayList<>(first.equivalent());
            all.add(first.component());
            assertThat(all.stream().map(index::component)).contains(new ComponentName("hbaPort", "iB9"));
            assertThat(first.down()).isEqualTo(8);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aHostWithOldNewsMayShowFailuresOfLongAgo(int failures) {
        var targets = List.of("00", "01", "11").subList(0, failures);
        var stale = Set.of(2, 20, 38, 56);
        var longAgo = new RowReading(NexusState.DOWN, 1, ONSET - 9 * HOUR, ONSET + 60_000);
        var index = FLEET.read(row -> {
            if (stale.contains(row.host())) {
                var isOld = row.crosses("fabric", "B") && targets.stream().anyMatch(row.target()::endsWith);
                return isOld ? longAgo : UP;
            }
            return row.crosses("fabric", "A") ? DOWN : UP;
        });

        var verdict = Localization.of(index, DEFAULTS);

        assertThat(Fleet.names(index, verdict)).startsWith("fabric A");
        assertThat(verdict.staleHosts()).extracting(index::hostName).containsExactly("h002", "h020", "h038", "h056");
        assertThat(verdict.causes().getFirst().first().fraction()).isGreaterThan(0.99);
    }
}
