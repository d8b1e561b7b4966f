package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.GroupingPolicy;

/** A disk that was another unit for a while, whatever befell its map meanwhile. */
class ReturningUnitTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();
    private static final PathReport GOOD = Reports.path(1, PathState.UP, 1);
    private static final PathReport OTHER = Reports.path(2, PathState.UP, 1);
    private static final PathReport ANOTHER = Reports.as(Reports.path(1, PathState.DOWN, 1), UnitProof.ANOTHER);

    @BeforeEach
    void aMapOfOthers() {
        made();
        begin(new MapName.Wanted(NAME), Settings.of(GroupingPolicy.MULTIBUS));
    }

    private void made() {
        kernel.has(
                NAME,
                "mpath-" + NAME,
                Reports.SECTORS,
                "0 0 1 1 service-time 0 2 1 " + GOOD.device() + " 1 " + OTHER.device() + " 1");
    }

    static Stream<List<Integer>> histories() {
        var random = new Random(20261122);
        return Stream.generate(() -> {
                    var steps = new ArrayList<Integer>();
                    for (var step = 0; step < 1 + random.nextInt(8); step++) {
                        steps.add(random.nextInt(11));
                    }
                    return List.copyOf(steps);
                })
                .limit(500);
    }

    @ParameterizedTest
    @MethodSource("histories")
    void isUsedAgainOnceItIsProvenToBeTheMapsUnit(List<Integer> history) {
        for (var step : history) {
            switch (step) {
                case 0 -> life.pathIsAnother(ANOTHER);
                case 1 -> life.pathIs(ANOTHER, now);
                case 2 -> life.pathGone(GOOD.device());
                case 3 -> life.pathIs(Reports.as(Reports.path(1, PathState.UNCHECKED, 1), UnitProof.OPEN), now);
                case 4 -> life.pathIs(OTHER, now);
                case 5 -> life.pathGone(OTHER.device());
                case 6 -> kernel.vanish(NAME);
                case 7 -> {
                    if (!kernel.exists(NAME)) {
                        made();
                    }
                }
                case 8 -> life.noPathFound();
                case 9 -> life.pathIs(GOOD, now);
                default -> now = now.plusSeconds(7);
            }
            life.kernelMoved();
            settle();
            answerProofs();
        }

        life.pathIs(Reports.as(Reports.path(1, PathState.UNCHECKED, 1), UnitProof.OPEN), now);
        settle();
        life.pathIs(GOOD, now);
        settle();
        for (var minute = 0; minute < 65; minute++) {
            answerProofs();
            passes(Duration.ofMinutes(1));
        }

        assertThat(!kernel.exists(NAME) || kernel.uses(NAME, GOOD.device())).isTrue();
    }

    private void answerProofs() {
        for (var path : life.proofsWanted(now)) {
            if (path.equals(GOOD.device()) && life.allPaths().stream().anyMatch(known -> known.equals(GOOD))) {
                is(GOOD.inDoubt(), GOOD);
            }
        }
    }
}
