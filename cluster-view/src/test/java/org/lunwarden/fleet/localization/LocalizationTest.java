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
    void whereManyHostsRebootTwoThatShareAnEnclosureOfFourAreNotTheEnclosure() {
        var pods = FLEET.named(row -> List.of(
                row.components().get(0),
                row.components().get(1),
                new ComponentName("enclosure", "e" + row.host() / 4),
                new ComponentName("expander", "e" + row.host() / 4 + (row.crosses("fabric", "A") ? "/0" : "/1"))));
        var down = Set.of(0, 1, 13, 22, 37, 44, 58, 71, 83);
        var index = pods.failing(row -> down.contains(row.host()));

        assertThat(Fleet.names(index, Localization.of(index, DEFAULTS)))
                .containsExactlyInAnyOrderElementsOf(
                        down.stream().map(host -> "host " + Fleet.host(host)).toList());
    }
}
