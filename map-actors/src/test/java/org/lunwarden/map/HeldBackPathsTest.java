package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;

/** Paths that work and are held back: no rule of a map uses them, but for the last. Time is moved by hand. */
class HeldBackPathsTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();

    @Test
    void aPathThatIsHeldBackIsFailedAndStaysSo() {
        is(up(1), up(2));

        is(delayed(2));

        assertThat(kernel.failed(NAME)).containsExactly(Reports.device(2));
        assertThat(life.pathNeeded(now)).isEmpty();
        passes(Duration.ofMinutes(10));
        assertThat(kernel.failed(NAME)).containsExactly(Reports.device(2));
        assertThat(life.proofsWanted(now)).isEmpty();
    }

    @Test
    void aTableThatIsLoadedUsesItForNoMomentThatAnybodySees() {
        is(up(1), up(2));
        is(delayed(2));
        kernel.calls.clear();

        asks(new Wish.Reload());

        var loaded = kernel.calls.stream()
                .dropWhile(call -> !call.startsWith("reload"))
                .toList();
        assertThat(loaded.get(1)).isEqualTo("message fail_path " + Reports.device(2));
        assertThat(kernel.acts()).as("nothing is said twice").hasSize(2);
    }

    @Test
    void aLoadThatTookLongFailsNoPathOnReportsThatAreOldByThen() {
        is(up(1), up(2));
        is(delayed(2));
        lookAgain();
        var load = Wish.judge(new Wish.Reload(), life, now);

        new DmOperation(kernel, life.wwid(), UdevFlags.NONE)
                .perform(
                        load,
                        life.name(),
                        Optional::empty,
                        () -> kernel.acts().stream().noneMatch(act -> act.startsWith("reload")));

        assertThat(kernel.failed(NAME)).isEmpty();
        lookAgain();
        assertThat(kernel.failed(NAME)).containsExactly(Reports.device(2));
    }

    @Test
    void aWordThatTheKernelDoesNotTakeAfterALoadIsSaidAgain() {
        is(up(1), up(2));
        is(delayed(2));
        kernel.refuse("message fail_path", 22);
        asks(new Wish.Reload());
        assertThat(kernel.failed(NAME)).isEmpty();

        kernel.accept("message fail_path");
        passes(Duration.ofMinutes(1));

        assertThat(kernel.failed(NAME)).containsExactly(Reports.device(2));
    }

    @Test
    void ofTheLastOnesTheBestIsNeededAndTheOthersKeepWhatIsHeldAgainstThem() {
        is(up(1), up(2), up(3));
        is(delayed(2, 10), delayed(3, 50));

        is(Reports.path(1, PathState.DOWN, 50));

        assertThat(life.pathNeeded(now)).contains(Reports.device(3));
        is(Reports.as(Reports.path(3, PathState.PENDING, 50), UnitProof.OPEN));
        assertThat(life.pathNeeded(now)).isEmpty();
        is(Reports.as(Reports.path(3, PathState.UP, 50), UnitProof.PROVEN));
        passes(Duration.ofMinutes(1));
        assertThat(life.pathNeeded(now)).isEmpty();
    }

    @Test
    void theNextOneIsNeededWhenTheFirstFailsAndWhenItTakesTooLong() {
        is(up(1), up(2), up(3), up(4));
        is(delayed(2, 50), delayed(3, 40), delayed(4, 30));
        is(Reports.path(1, PathState.DOWN, 50));
        assertThat(life.pathNeeded(now)).contains(Reports.device(2));
        assertThat(life.pathNeeded(now)).isEmpty();

        is(Reports.path(2, PathState.DOWN, 50));

        assertThat(life.pathNeeded(now)).contains(Reports.device(3));
        assertThat(life.wakeAt(now))
                .hasValueSatisfying(at -> assertThat(at).isLessThanOrEqualTo(now.plus(LastHope.PATIENCE)));
        now = now.plus(LastHope.PATIENCE);
        assertThat(life.pathNeeded(now)).contains(Reports.device(4));
        assertThat(life.pathNeeded(now.plus(LastHope.PATIENCE))).isEmpty();
        is(delayed(3));
        assertThat(life.pathNeeded(now.plus(LastHope.PATIENCE))).contains(Reports.device(3));
    }

    @Test
    void aPathThatIsLostLeavesTheOneThatIsHeldBackAsTheLast() {
        is(up(1), up(2));
        is(delayed(2));

        life.pathGone(Reports.device(1));

        assertThat(life.pathNeeded(now)).contains(Reports.device(2));
    }

    @Test
    void thePathThatTheKernelFailedLeavesTheOneThatIsHeldBackAsTheLast() {
        is(up(1), up(2));
        is(delayed(2));

        kernel.ioFails(NAME, Reports.device(1));
        lookAgain();

        assertThat(life.pathNeeded(now)).contains(Reports.device(2));
    }

    @Test
    void aMapThatIsNotMadeYetNeedsWhatItIsToBeMadeOf() {
        is(delayed(1));

        assertThat(life.pathNeeded(now)).contains(Reports.device(1));
    }

    @Test
    void aMapIsNeverWithoutAPathWhileOneThatIsHeldBackWouldWork() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var states = List.of(PathState.UP, PathState.DOWN, PathState.DELAYED, PathState.TIMEOUT, PathState.GHOST);
        var last = new TreeMap<Integer, PathReport>();
        IntStream.rangeClosed(1, 3).forEach(path -> tell(last, up(path)));
        for (var step = 0; step < 500; step++) {
            var path = 1 + random.nextInt(3);
            var state = states.get(random.nextInt(states.size()));
            tell(last, state == PathState.DELAYED ? delayed(path) : Reports.path(path, state, 50));
            for (var needed : life.pathNeeded(now).stream().toList()) {
                var number = needed.minor() / 16;
                tell(last, up(number));
            }
            passes(Duration.ofSeconds(random.nextInt(90)));

            var working = last.values().stream()
                    .filter(report -> report.state().isUsable() || report.state() == PathState.DELAYED)
                    .count();
            if (working > 0) {
                assertThat(kernel.failed(NAME))
                        .as("seed %d, step %d: %s", seed, step, last.values())
                        .hasSizeLessThan(3);
            }
            assertThat(kernel.failed(NAME))
                    .as("seed %d, step %d", seed, step)
                    .containsAll(last.values().stream()
                            .filter(report -> report.state() == PathState.DELAYED)
                            .map(PathReport::device)
                            .toList());
        }
    }

    private void tell(Map<Integer, PathReport> last, PathReport report) {
        last.put(report.device().minor() / 16, report);
        is(report);
    }

    private static PathReport up(int n) {
        return Reports.path(n, PathState.UP, 50);
    }

    private static PathReport delayed(int n) {
        return delayed(n, 50);
    }

    private static PathReport delayed(int n, int priority) {
        return Reports.as(Reports.path(n, PathState.DELAYED, priority), UnitProof.PROVEN);
    }
}
