package org.lunwarden.fleet.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.impact.SmallSan.CORE_A;
import static org.lunwarden.fleet.impact.SmallSan.CORE_B;
import static org.lunwarden.fleet.impact.SmallSan.EDGE_A;
import static org.lunwarden.fleet.impact.SmallSan.FABRIC_A;
import static org.lunwarden.fleet.impact.SmallSan.FABRIC_B;
import static org.lunwarden.fleet.impact.SmallSan.HBA_A;
import static org.lunwarden.fleet.impact.SmallSan.PORT_1;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.Contact;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.NexusState;

class ImpactTest {

    private final SmallSan san = new SmallSan();

    @Test
    void whatLosesOneOfTwoPathsOfAFabricIsReduced() {
        assertThat(of(PORT_1).outlook()).isEqualTo(Outlook.REDUCED);
        assertThat(of(PORT_1).usableNow()).isEqualTo(4);
        assertThat(of(PORT_1).usableThen()).isEqualTo(3);
    }

    @Test
    void whatLosesAFabricHasOneLeftAndSaysWhich() {
        for (var component : List.of(CORE_A, EDGE_A, FABRIC_A, HBA_A)) {
            assertThat(of(component).outlook()).as("%s", component).isEqualTo(Outlook.ONE_FABRIC);
            assertThat(of(component).why()).contains("fabric B");
        }
    }

    @Test
    void bothFabricsTogetherAreAnOutageAndEachAloneIsNot() {
        var both = Impact.of(san.fleet(), List.of(CORE_A, CORE_B));

        assertThat(both.count(Outlook.OUTAGE)).isEqualTo(1);
        assertThat(both.isSafe()).isFalse();
        assertThat(Impact.of(san.fleet(), List.of(CORE_A)).isSafe()).isTrue();
    }

    @Test
    void whatIsDownAlreadyIsNotCountedOn() {
        san.isNow(NexusState.DOWN, CORE_B);

        assertThat(of(CORE_A).outlook()).isEqualTo(Outlook.OUTAGE);
        assertThat(of(CORE_B).outlook()).isEqualTo(Outlook.FINE);
    }

    @Test
    void aMapWithoutAPathIsOutAlreadyAndNobodysOutage() {
        san.isNow(NexusState.DOWN, CORE_A);
        san.isNow(NexusState.DOWN, CORE_B);

        assertThat(of(CORE_A).outlook()).isEqualTo(Outlook.OUT_ALREADY);
        assertThat(Impact.of(san.fleet(), List.of(CORE_A)).isSafe()).isTrue();
    }

    @Test
    void aHostThatDoesNotReportIsUnknownAndNotSafe() {
        san.contact = Contact.SILENT;

        assertThat(of(PORT_1).outlook()).isEqualTo(Outlook.UNKNOWN);
        assertThat(Impact.of(san.fleet(), List.of(PORT_1)).isSafe()).isFalse();
    }

    @Test
    void aNexusOfWhichOnlySomePathsWorkIsCountedOnOnlyWhereTheMapNeedsIt() {
        san.isNow(NexusState.PARTIAL, CORE_B);

        san.usablePaths = 4;
        assertThat(of(CORE_A).outlook()).isEqualTo(Outlook.ONE_FABRIC);
        san.usablePaths = 3;
        assertThat(of(CORE_A).outlook()).isEqualTo(Outlook.UNKNOWN);
        san.usablePaths = 2;
        assertThat(of(CORE_A).outlook()).isEqualTo(Outlook.OUTAGE);
    }

    @Test
    void aMapWithFewerPathsThanItsNexusesShouldGiveItIsUnknown() {
        san.usablePaths = 1;

        assertThat(of(CORE_A).outlook()).isEqualTo(Outlook.UNKNOWN);
    }

    @Test
    void aHostThatDoesNotSeeTheClassOfAComponentMayCrossIt() {
        san.add("seeing");
        san.blindFor(ComponentClass.SWITCH);

        assertThat(of(CORE_A).outlook()).as("fabric B is surely left").isEqualTo(Outlook.ONE_FABRIC);
        san.isNow(NexusState.DOWN, FABRIC_B);
        assertThat(of(CORE_A).outlook()).isEqualTo(Outlook.UNKNOWN);
    }

    @Test
    void aPathThatMayPassThroughAThirdSwitchIsNotCountedOnAlone() {
        san.add("seeing");
        var third = new Component(ComponentClass.SWITCH, "A/7");
        san.alsoSeenBy("seeing", third);

        assertThat(of(third).outlook()).as("fabric B is surely left").isEqualTo(Outlook.FINE);
        san.isNow(NexusState.DOWN, FABRIC_B);
        assertThat(of(third).outlook()).isEqualTo(Outlook.UNKNOWN);
    }

    @Test
    void aSilentHostForbidsOnlyWhatItsPathsWentThrough() {
        san.add("seeing");
        san.contact = Contact.SILENT;
        var ofTheOther = new Component(ComponentClass.HBA_PORT, "seeingA");

        var impact = Impact.of(san.fleet(), List.of(ofTheOther));

        assertThat(impact.count(Outlook.SILENT)).isEqualTo(1);
        assertThat(impact.isSafe()).isTrue();
        assertThat(Impact.of(san.fleet(), List.of(HBA_A)).isSafe()).isFalse();
    }

    @Test
    void aHostOfWhichNothingWasHeardYetIsNotSafe() {
        san.add("seeing");
        san.unheard("seeing");

        assertThat(Impact.of(san.fleet(), List.of(PORT_1)).isSafe()).isFalse();
    }

    @Test
    void aHostThatGoesDownItselfTakesItsMapsAlong() {
        var impact = Impact.of(san.fleet(), List.of(new Component(ComponentClass.HOST, "h1")));

        assertThat(impact.maps().values()).containsOnly(0);
        assertThat(impact.isSafe()).isTrue();
    }

    @Test
    void aMapOfWhichNoPathIsUsableForSureIsNotOutAlready() {
        san.isNow(NexusState.UNKNOWN, FABRIC_A);
        san.isNow(NexusState.DOWN, FABRIC_B);
        san.usablePaths = 0;

        assertThat(of(CORE_A).outlook()).isEqualTo(Outlook.UNKNOWN);
    }

    @Test
    void whatIsNotForbiddenLeavesAPathInEachWorldThatFitsWhatIsKnown() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var states = List.of(NexusState.UP, NexusState.DOWN, NexusState.PARTIAL);
        var all = List.of(CORE_A, CORE_B, EDGE_A, FABRIC_A, FABRIC_B, HBA_A, PORT_1);
        var left = 0;
        for (var round = 0; round < 3_000; round++) {
            var known = new SmallSan();
            known.pathsThroughEach = 1 + random.nextInt(2);
            all.stream()
                    .filter(any -> random.nextInt(4) == 0)
                    .forEach(any -> known.isNow(states.get(random.nextInt(states.size())), any));
            known.usablePaths = random.nextInt(1 + 4 * known.pathsThroughEach);
            var down = all.stream().filter(any -> random.nextInt(4) == 0).toList();
            var impact = Impact.of(known.fleet(), down);
            if (down.isEmpty() || !impact.isSafe() || impact.count(Outlook.OUT_ALREADY) > 0) {
                continue;
            }
            left++;
            assertThat(Worlds.of(known.fleet(), SmallSan.HOST, known.pathsThroughEach))
                    .as("seed %d, round %d", seed, round)
                    .allMatch(world -> world.hasAPathWithout(down));
        }
        assertThat(left).isPositive();
    }

    @Test
    void aComponentThatNobodySeesIsNotSafe() {
        var impact = Impact.of(san.fleet(), List.of(new Component(ComponentClass.SWITCH, "elsewhere/1")));

        assertThat(impact.unseen()).hasSize(1);
        assertThat(impact.count(Outlook.FINE)).isEqualTo(1);
        assertThat(impact.isSafe()).isFalse();
    }

    @Test
    void oneFabricIsDoneWithBeforeTheNextAndWhatIsNotSafeComesLast() {
        san.isNow(NexusState.DOWN, PORT_1);
        var steps =
                Steps.of(san.fleet(), List.of(CORE_B, EDGE_A, HBA_A, CORE_A)).steps();

        assertThat(steps).extracting(Steps.Step::component).containsExactly(HBA_A, CORE_A, EDGE_A, CORE_B);

        san.isNow(NexusState.DOWN, CORE_B);
        assertThat(Steps.of(san.fleet(), List.of(CORE_A, CORE_B)).steps())
                .extracting(Steps.Step::isSafe)
                .containsExactly(true, false);
    }

    @Test
    void toTakeMoreDownOrToKnowLessNeverMakesThingsBetter() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var all = List.of(CORE_A, CORE_B, EDGE_A, FABRIC_A, HBA_A, PORT_1);
        for (var round = 0; round < 2_000; round++) {
            var known = new SmallSan();
            var down = new ArrayList<>(
                    all.stream().filter(any -> random.nextInt(3) == 0).toList());
            all.stream().filter(any -> random.nextInt(4) == 0).forEach(any -> known.isNow(NexusState.DOWN, any));
            var before = Impact.of(known.fleet(), down);
            down.add(all.get(random.nextInt(all.size())));
            var more = Impact.of(known.fleet(), down);
            known.usablePaths =
                    known.fleet().hosts().getFirst().maps().getFirst().usablePaths();
            known.isNow(NexusState.UNKNOWN, all.get(random.nextInt(all.size())));
            var less = Impact.of(known.fleet(), down);

            assertThat(worst(more)).as("seed %d, round %d", seed, round).isGreaterThanOrEqualTo(worst(before));
            assertThat(less.count(Outlook.FINE))
                    .as("seed %d, round %d", seed, round)
                    .isLessThanOrEqualTo(more.count(Outlook.FINE));
        }
    }

    private static Outlook worst(Impact impact) {
        return impact.hosts().values().stream()
                .map(SmallSan::causedByTheStep)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private MapImpact of(Component component) {
        var impact = Impact.of(san.fleet(), List.of(component));
        return impact.affected().stream()
                .filter(map -> map.host().equals(SmallSan.HOST))
                .findFirst()
                .orElseGet(() -> new MapImpact(SmallSan.HOST, SmallSan.LUN, "", Outlook.FINE, 0, 0, ""));
    }
}
