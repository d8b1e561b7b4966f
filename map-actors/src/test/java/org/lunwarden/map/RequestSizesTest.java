package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.AutoResize;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.QueueWithoutDaemon;

/** What {@code max_sectors_kb} does to the paths of a map, and when. */
class RequestSizesTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();
    private static final int EINVAL = 22;
    private static final PathReport ONE = Reports.path(1, PathState.UP, 50);
    private static final PathReport TWO = Reports.path(2, PathState.UP, 50);

    @Test
    void thePathsOfANewMapGetTheirLimitBeforeItsTableIsLoaded() {
        begin(512, ONE, TWO);

        assertThat(kernel.acts().stream().map(call -> call.split(" ", 2)[0]))
                .containsExactly("limit", "limit", "create");
        assertThat(kernel.requestLimits).containsEntry(ONE.device(), 512).containsEntry(TWO.device(), 512);
    }

    @Test
    void withoutAWordOfItTheyKeepTheirs() {
        begin(Optional.empty(), ONE, TWO);

        assertThat(kernel.acts()).noneMatch(call -> call.startsWith("limit"));
    }

    @Test
    void aPathThatComesIntoAMapGetsTheLimitThatTheMapHasAndTheOthersKeepTheirs() {
        begin(512, ONE, TWO);
        kernel.requestLimits.put(life.kernelMap().orElseThrow().device(), 1_024);
        kernel.requestLimits.put(Reports.device(3), 1_023);
        kernel.calls.clear();

        is(Reports.path(3, PathState.UP, 50));

        assertThat(kernel.acts()).hasSize(2).first().isEqualTo("limit " + Reports.device(3) + " 1024");
        assertThat(kernel.acts().getLast()).startsWith("reload");
        assertThat(kernel.requestLimits).containsEntry(ONE.device(), 512);
    }

    @Test
    void aPathThatComesIntoAMapWithALargerLimitKeepsItSinceItChangesNothing() {
        begin(512, ONE, TWO);
        kernel.requestLimits.put(life.kernelMap().orElseThrow().device(), 512);
        kernel.requestLimits.put(Reports.device(3), 1_024);
        kernel.calls.clear();

        is(Reports.path(3, PathState.UP, 50));

        assertThat(kernel.acts()).singleElement().asString().startsWith("reload");
    }

    @Test
    void aPathThatDoesNotWorkIsNotWrittenToForItMayHangAndTheMapWithIt() {
        begin(512, ONE, TWO.with(PathState.DOWN));

        assertThat(kernel.tableText(NAME)).contains(TWO.device().toString());
        assertThat(kernel.requestLimits).containsEntry(ONE.device(), 512).doesNotContainKey(TWO.device());
    }

    @Test
    void aLimitThatIsRefusedKeepsNoMapFromBeingMade() {
        kernel.refuse("limit", EINVAL);

        begin(512, ONE, TWO);

        assertThat(kernel.exists(NAME)).isTrue();
    }

    private void begin(int kib, PathReport... paths) {
        begin(Optional.of(kib), paths);
    }

    private void begin(Optional<Integer> kib, PathReport... paths) {
        begin(Settings.with(
                Settings.of(GroupingPolicy.MULTIBUS),
                new MapUpkeep(
                        AutoResize.NEVER,
                        FlushOnLastDel.UNUSED,
                        false,
                        QueueWithoutDaemon.YES,
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        false,
                        kib,
                        0)));
        for (var path : paths) {
            life.pathIs(path, now);
        }
        settle();
    }
}
