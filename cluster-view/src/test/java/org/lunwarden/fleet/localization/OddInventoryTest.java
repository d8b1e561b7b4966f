package org.lunwarden.fleet.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.localization.LocalizationSettings.DEFAULTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

/** Inventories with entries that are wrong, missing, twofold, or only look wrong. */
class OddInventoryTest {

    private static final Fleet FLEET = Fleet.of(96);

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
    void classesThatNobodyHasHeardOfAndClassesThatAreMissingAreNoTrouble() {
        var bare = FLEET.named(row -> List.of(
                new ComponentName("zone-9", row.components().get(3).id()), new ComponentName("?", row.initiator())));
        var index = bare.failing(row -> row.crosses("zone-9", "B/14"));

        assertThat(Fleet.names(index, Localization.of(index, DEFAULTS))).containsExactly("zone-9 B/14");
        assertThat(Localization.of(new RiskIndexBuilder().build(), DEFAULTS).causes())
                .isEmpty();
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
