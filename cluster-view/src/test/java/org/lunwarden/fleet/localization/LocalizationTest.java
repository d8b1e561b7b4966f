package org.lunwarden.fleet.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.localization.Fleet.DOWN;
import static org.lunwarden.fleet.localization.Fleet.ONSET;
import static org.lunwarden.fleet.localization.Fleet.UP;
import static org.lunwarden.fleet.localization.LocalizationSettings.DEFAULTS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.fleet.NexusState;

class LocalizationTest {

    private static final List<NexusState> STATES = List.of(NexusState.values());
    private static final Fleet FLEET = Fleet.of(96);
    private static final long HOUR = 3_600_000;

    private static RowReading reading(NexusState state, double share) {
        return new RowReading(state, share, ONSET, ONSET + 60_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theOrderOfRowsChangesNothing(long seed) {
        var random = new Random(seed);
        var broken = FLEET.rows()
                .get(random.nextInt(FLEET.rows().size()))
                .components()
                .get(random.nextInt(10));
        Function<Fleet.Row, RowReading> reading = row -> row.components().contains(broken)
                ? reading(NexusState.PARTIAL, 0.4)
                : row.host() == 5 && row.crosses("fabric", "B") ? DOWN : UP;
        var index = FLEET.read(reading);
        var expected = Fleet.told(index, Localization.of(index, DEFAULTS));

        var shuffled = FLEET.shuffled(reading, seed);

        assertThat(Fleet.told(shuffled, Localization.of(shuffled, DEFAULTS))).isEqualTo(expected);
        assertThat(expected).isNotEmpty();
    }

    @Test
    void rowsThatAreUnknownOrTakenDownCountNeitherWay() {
        var index = FLEET.failing(row -> row.crosses("initiatorSwitch", "A/12"));
        var expected = Localization.of(index, DEFAULTS).causes().getFirst();

        var more = FLEET.read(row -> !row.crosses("initiatorSwitch", "A/12") && row.host() % 5 == 0
                ? reading(row.host() % 2 == 0 ? NexusState.UNKNOWN : NexusState.ADMIN, 0)
                : row.crosses("initiatorSwitch", "A/12") ? DOWN : UP);
        var cause = Localization.of(more, DEFAULTS).causes().getFirst();

        assertThat(more.component(cause.first().component())).isEqualTo(new ComponentName("initiatorSwitch", "A/12"));
        assertThat(cause.first().down()).isEqualTo(expected.first().down());
        assertThat(cause.first().up()).isZero();
        assertThat(cause.members()).isEqualTo(expected.members());
    }

    @Test
    void anotherComponentThatTheSameRowsCrossOnlyEnlargesTheSetOfEquivalents() {
        var twin = new ComponentName("powerFeed", "feed-7");
        var fed = FLEET.named(row -> {
            var all = new ArrayList<>(row.components());
            if (row.crosses("initiatorSwitch", "A/12")) {
                all.add(twin);
            }
            return all;
        });
        var index = FLEET.failing(row -> row.crosses("initiatorSwitch", "A/12"));
        var with = fed.failing(row -> row.crosses("initiatorSwitch", "A/12"));

        var before = Localization.of(index, DEFAULTS).causes();
        var after = Localization.of(with, DEFAULTS).causes();

        assertThat(after).hasSameSizeAs(before);
        var first = after.getFirst().first();
        var all = new ArrayList<>(first.equivalent());
        all.add(first.component());
        assertThat(all.stream().map(with::component))
                .containsExactlyInAnyOrder(new ComponentName("initiatorSwitch", "A/12"), twin);
        assertThat(first.fraction()).isEqualTo(before.getFirst().first().fraction());
        assertThat(after.getFirst().members()).isEqualTo(before.getFirst().members());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void whatIsSetRowByRowIsToldAsIfItWereReadAnew(long seed) {
        var random = new Random(seed);
        var states = new NexusState[FLEET.rows().size()];
        var index = FLEET.read(row -> UP);
        Arrays.fill(states, NexusState.UP);
        for (var step = 0; step < 12; step++) {
            var broken =
                    FLEET.rows().get(random.nextInt(states.length)).components().get(random.nextInt(10));
            var state = STATES.get(random.nextInt(STATES.size()));
            for (var at = 0; at < states.length; at++) {
                if (FLEET.rows().get(at).components().contains(broken) || random.nextInt(500) == 0) {
                    states[at] = state;
                }
            }
            var anew = FLEET.read(row -> reading(states[FLEET.rows().indexOf(row)], 0.3));
            for (var row = 0; row < index.size(); row++) {
                index.set(row, reading(anew.state(row), 0.3));
            }

            assertThat(Fleet.told(index, Localization.of(index, DEFAULTS)))
                    .isEqualTo(Fleet.told(anew, Localization.of(anew, DEFAULTS)));
        }
    }

    @Test
    void bothControllersAreTheArray() {
        var index = FLEET.failing(row -> row.crosses("controller", "2/0") || row.crosses("controller", "2/1"));

        var verdict = Localization.of(index, DEFAULTS);

        assertThat(Fleet.names(index, verdict)).containsExactly("array arr2");
        assertThat(verdict.causes().getFirst().first().together())
                .anySatisfy(set -> assertThat(set.stream().map(index::component))
                        .containsExactly(
                                new ComponentName("controller", "2/0"), new ComponentName("controller", "2/1")));
    }

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
    void aWrongEntryOfTheInventoryCountsWithTheRestOfItsPort() {
        var random = new Random(5);
        var wrong = FLEET.named(row -> {
            var all = new ArrayList<>(row.components());
            if (random.nextInt(20) == 0) {
                all.removeIf(component -> component.kind().equals("controller"));
                all.add(new ComponentName("controller", random.nextInt(6) + "/" + random.nextInt(2)));
            }
            return all;
        });
        var down = FLEET.rows().stream()
                .filter(row -> row.crosses("controller", "3/1"))
                .map(row -> row.initiator() + row.target())
                .toList();
        var index = wrong.failing(row -> down.contains(row.initiator() + row.target()));

        var verdict = Localization.of(index, DEFAULTS);

        assertThat(index.correctedRows()).isPositive();
        assertThat(Fleet.names(index, verdict)).containsExactly("controller 3/1");
        assertThat(verdict.causes().getFirst().first().down()).isEqualTo(down.size());
        assertThat(verdict.causes().getFirst().first().up()).isZero();
    }

    @Test
    void aSwitchThatSomeHostsDoNotNameIsTheirsTooWhereTheLinkThatTheyNameBelongsToIt() {
        var some = FLEET.named(row -> row.components().stream()
                .filter(component -> row.host() % 3 != 0 || !component.kind().endsWith("Switch"))
                .toList());
        var down = FLEET.rows().stream()
                .filter(row -> row.crosses("targetSwitch", "A/2"))
                .map(row -> row.initiator() + row.target())
                .toList();
        var index = some.failing(row -> down.contains(row.initiator() + row.target()));

        var verdict = Localization.of(index, DEFAULTS);

        assertThat(index.completedEntries()).isPositive();
        assertThat(Fleet.names(index, verdict)).containsExactly("targetSwitch A/2");
        assertThat(verdict.causes().getFirst().members()).hasSize(down.size());
    }

    @Test
    void aLinkThatSomeRowsDoNotCrossIsNotFilledIn() {
        var direct = FLEET.named(row -> row.components().stream()
                .filter(component -> row.host() % 3 != 0 || !component.kind().equals("isl"))
                .toList());

        assertThat(direct.failing(row -> false).completedEntries()).isZero();
    }

    @Test
    void whereEverythingIsDownTheFabricsAreNamedAndNothingThatTheyExplainTwice() {
        var index = Fleet.of(1500).failing(row -> true);

        assertThat(Fleet.names(index, Localization.of(index, DEFAULTS)))
                .containsExactlyInAnyOrder("fabric A", "fabric B");
    }

    @Test
    void firmwareIsNotNamedWhereOneSwitchWouldSayTheSame() {
        var small = new Fleet(FLEET.rows().stream()
                .filter(row -> row.crosses("initiatorSwitch", "A/13") || row.crosses("hbaFirmware", "qla/2"))
                .filter(row -> row.crosses("fabric", "A"))
                .filter(row -> row.crosses("targetSwitch", "A/1"))
                .toList());
        var index = small.failing(row -> row.crosses("hbaFirmware", "lpfc/1"));

        var cause = Localization.of(index, DEFAULTS).causes().getFirst();

        assertThat(index.component(cause.first().component()).kind()).isNotEqualTo("hbaFirmware");
        assertThat(cause.first().equivalent())
                .extracting(one -> index.component(one).kind())
                .contains("hbaFirmware");
    }

    @Test
    void whatWasChangedLatelyIsSuspectedSooner() {
        var one = FLEET.failing(row -> row.host() == 4 && row.crosses("fabric", "A"));
        var changed = new LocalizationSettings(1e-3, 2, 2, 0.01, Set.of(new ComponentName("host", Fleet.host(4))), 1e9);

        assertThat(Fleet.names(one, Localization.of(one, DEFAULTS))).containsExactly("hbaPort iA4");
        assertThat(new ClassPriors(one, changed).of(component(one, "host", Fleet.host(4))))
                .isGreaterThan(new ClassPriors(one, DEFAULTS).of(component(one, "host", Fleet.host(4))) + 5);
    }

    private static int component(RiskIndex index, String kind, String id) {
        for (var number = 0; number < index.componentCount(); number++) {
            if (index.component(number).equals(new ComponentName(kind, id))) {
                return number;
            }
        }
        throw new AssertionError(kind + " " + id);
    }

    @Test
    void manyHostsThatRebootAreManyHostsAndNothingBetweenThem() {
        var index = FLEET.failing(row -> row.host() % 10 == 3);

        assertThat(Fleet.names(index, Localization.of(index, DEFAULTS)))
                .hasSize(10)
                .allMatch(name -> name.startsWith("host h"));
    }

    @Test
    void nexusesThatFailInPartOnOneSideAndWhollyOnTheOtherAreTwoCauses() {
        var index = FLEET.read(row -> row.crosses("controller", "1/0")
                ? DOWN
                : row.crosses("initiatorSwitch", "B/13") ? reading(NexusState.PARTIAL, 0.1) : UP);

        assertThat(Fleet.names(index, Localization.of(index, DEFAULTS)))
                .containsExactlyInAnyOrder("controller 1/0", "initiatorSwitch B/13");
    }

    @Test
    void classesThatNobodyHasHeardOfAndClassesThatAreMissingAreNoTrouble() {
        var bare = FLEET.named(row -> List.of(
                new ComponentName("zone-9", row.components().get(3).id()), new ComponentName("?", row.initiator())));
        var index = bare.failing(row -> row.crosses("zone-9", "B/14"));

        assertThat(Fleet.names(index, Localization.of(index, DEFAULTS))).containsExactly("zone-9 B/14");
        assertThat(Localization.of(new RiskIndexBuilder().build(), DEFAULTS).causes())
                .isEmpty();
    }

    @Test
    void aHostThatReportedBeforeTheOnsetMayHaveFailuresOfItsOwn() {
        var before = new RowReading(NexusState.DOWN, 1, ONSET - HOUR, ONSET - 40_000);
        var upBefore = new RowReading(NexusState.UP, 0, ONSET - HOUR, ONSET - 40_000);
        var index = FLEET.read(row -> row.host() % 7 == 2
                ? row.crosses("fabric", "A") ? upBefore : row.target().endsWith("01") ? before : upBefore
                : row.crosses("fabric", "A") ? DOWN : UP);

        assertThat(Fleet.names(index, Localization.of(index, DEFAULTS))).contains("fabric A");
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void theFractionOfAPartialFaultIsToldRightBesideAHardFaultThatSharesHalfOfItsRows(long seed) {
        var random = new Random(seed);
        var wide = Fleet.of(400);
        var index = wide.read(row ->
                row.crosses("fabric", "A") || (row.crosses("array", "arr3") && random.nextDouble() < 0.3) ? DOWN : UP);

        var causes = Localization.of(index, DEFAULTS).causes();

        assertThat(Fleet.names(index, Localization.of(index, DEFAULTS))).containsExactly("fabric A", "array arr3");
        assertThat(causes.getLast().first().fraction()).isBetween(0.22, 0.38);
        assertThat(causes).allSatisfy(cause -> assertThat(cause.suspects()).hasSize(1));
    }

    @Test
    void whatExplainsTheSameToTheDataIsNoRunnerUp() {
        var some = Fleet.of(400).named(row -> {
            var all = new ArrayList<>(row.components());
            if (row.crosses("array", "arr3")) {
                all.add(new ComponentName(row.crosses("fabric", "A") ? "rack" : "rackOfB", "r3"));
            }
            return all;
        });
        var random = new Random(31);
        var index = some.read(row ->
                row.crosses("fabric", "A") || (row.crosses("array", "arr3") && random.nextDouble() < 0.3) ? DOWN : UP);

        for (var cause : Localization.of(index, DEFAULTS).causes()) {
            var same = cause.first().hidden();
            assertThat(same)
                    .doesNotContainAnyElementsOf(
                            cause.runnerUp().map(Suspicion::component).stream().toList());
            assertThat(cause.suspects()).hasSize(1);
        }
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

    @Test
    void aSwitchThatStandsInTheInventoryUnderTwoClassesIsOneCause() {
        Function<Fleet.Row, List<ComponentName>> naming = row -> row.components().stream()
                .map(one -> one.kind().equals("targetSwitch")
                        ? new ComponentName("targetSwitch", one.id().replace("/", "/1"))
                        : one)
                .toList();
        var mesh = FLEET.named(naming);
        var index = mesh.failing(row -> row.crosses("initiatorSwitch", "A/12") || row.crosses("targetSwitch", "A/12"));

        var causes = Localization.of(index, DEFAULTS).causes();

        assertThat(causes).singleElement().satisfies(cause -> {
            assertThat(index.component(cause.first().component())).isEqualTo(new ComponentName("targetSwitch", "A/12"));
            assertThat(cause.first().equivalent())
                    .extracting(index::component)
                    .contains(new ComponentName("initiatorSwitch", "A/12"));
            assertThat(cause.members()).hasSize(cause.first().down());
            assertThat(cause.suspects()).hasSize(1);
        });
        assertThat(Localization.of(index, DEFAULTS).unexplained()).isEmpty();
    }

    @Test
    void firmwareOfATenthOfTheHostsIsNoWrongEntryThoughEachPortHasTwoRows() {
        var rare = new Fleet(FLEET.rows().stream()
                        .filter(row -> row.target().endsWith("00"))
                        .toList())
                .named(row -> row.components().stream()
                        .map(one -> one.kind().equals("hbaFirmware")
                                ? new ComponentName("hbaFirmware", row.host() % 10 == 3 ? "lpfc/1" : "lpfc/2")
                                : one)
                        .toList());
        var index = rare.failing(row -> row.crosses("hbaFirmware", "lpfc/1"));

        assertThat(index.correctedRows()).isZero();
        assertThat(Fleet.names(index, Localization.of(index, DEFAULTS))).containsExactly("hbaFirmware lpfc/1");
    }

    @Test
    void aLinkThatDependsOnBothPortsIsNoWrongEntryThoughNearlyAllRowsOfAPortTakeAnotherOne() {
        var skewed = FLEET.named(row -> row.components().stream()
                .map(one -> one.kind().equals("isl")
                        ? new ComponentName(
                                "isl",
                                (10 + row.host() % 6) + "-" + row.initiator().charAt(1)
                                        + (row.target().endsWith("011") ? 2 : 1))
                        : one)
                .toList());

        assertThat(skewed.failing(row -> false).correctedRows()).isZero();
    }
}
