package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.AutoResize;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.QueueWithoutDaemon;

class MapSizeTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();
    private static final PathReport ONE = Reports.path(1, PathState.UP, 1);
    private static final PathReport TWO = Reports.path(2, PathState.UP, 1);

    static Stream<Arguments> sizes() { // auto_resize, size of all paths -> is the map resized
        return Stream.of(
                arguments(AutoResize.NEVER, 4096, false),
                arguments(AutoResize.NEVER, 1024, false),
                arguments(AutoResize.GROW_ONLY, 4096, true),
                arguments(AutoResize.GROW_ONLY, 1024, false),
                arguments(AutoResize.GROW_SHRINK, 4096, true),
                arguments(AutoResize.GROW_SHRINK, 1024, true));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aMapFollowsItsPathsWhenAllHaveAnotherSizeAndItMay(AutoResize resizing, long sectors, boolean resized) {
        twoPaths(resizing);
        is(Reports.sized(ONE, sectors));
        assertThat(kernel.acts()).noneMatch(act -> act.contains("FLUSH"));
        kernel.calls.clear();

        is(Reports.sized(TWO, sectors));
        passes(Duration.ofMinutes(5));

        if (resized) {
            assertThat(kernel.acts()).hasSize(1).first().asString().startsWith("reload " + NAME + " FLUSH");
            assertThat(life.rejectedPaths(now)).isEmpty();
        } else {
            assertThat(kernel.acts()).isEmpty();
            assertThat(life.rejectedPaths(now)).isNotEmpty();
        }
        assertThat(life.kernelMap().orElseThrow().sizeSectors()).isEqualTo(resized ? sectors : Reports.SECTORS);
    }

    @Test
    void aPathThatBecameSmallerThanTheMapIsDropped() {
        twoPaths(AutoResize.GROW_SHRINK);

        is(Reports.sized(ONE, 1024));

        assertThat(kernel.acts()).containsExactly("reload " + NAME + " KEEP_IO 0 0 1 1 service-time 0 1 1 8:32 1");
    }

    @Test
    void pathsOfDifferentSizesLeaveTheMapAsItIsAndAreToldOf() {
        twoPaths(AutoResize.GROW_SHRINK);

        is(Reports.sized(ONE, 4096), Reports.sized(TWO, 8192));
        passes(Duration.ofMinutes(5));

        assertThat(kernel.acts()).isEmpty();
        assertThat(life.rejectedPaths(now)).containsExactly("paths have 4096, 8192 sectors, the map keeps its 2048");
    }

    @Test
    void aMapGrowsOnlyWhenAPathWorksSinceItsQueuedIoWouldFailElse() {
        twoPaths(AutoResize.GROW_ONLY);
        is(ONE.with(PathState.DOWN), TWO.with(PathState.DOWN));
        kernel.calls.clear();
        is(Reports.sized(ONE.with(PathState.DOWN), 4096), Reports.sized(TWO.with(PathState.DOWN), 4096));
        passes(Duration.ofMinutes(5));
        assertThat(kernel.acts()).isEmpty();

        is(Reports.sized(TWO, 4096));

        assertThat(kernel.acts()).first().isEqualTo("message reinstate_path 8:32");
        assertThat(kernel.acts().get(1)).startsWith("reload " + NAME + " FLUSH");
    }

    @Test
    void aResizeGoesTogetherWithARename() {
        twoPaths(AutoResize.GROW_ONLY);
        life.nameIs(new MapName.Wanted("data"));

        is(Reports.sized(ONE, 4096), Reports.sized(TWO, 4096));

        assertThat(kernel.acts()).hasSize(2).first().isEqualTo("rename " + NAME + " data");
        assertThat(kernel.acts().getLast()).startsWith("reload data FLUSH");
    }

    @Test
    void aDiskThatTurnsOutReadOnlyIsLoadedSo() {
        kernel.hasReadOnlyDisks();
        begin(Settings.of(GroupingPolicy.MULTIBUS));

        is(ONE);
        passes(Duration.ofMinutes(10));

        assertThat(kernel.acts()).hasSize(2).allMatch(act -> act.startsWith("create"));
        assertThat(life.kernelMap().orElseThrow().readOnly()).isTrue();
    }

    private void twoPaths(AutoResize resizing) {
        begin(Settings.with(
                Settings.of(GroupingPolicy.MULTIBUS),
                new MapUpkeep(
                        resizing,
                        FlushOnLastDel.UNUSED,
                        false,
                        QueueWithoutDaemon.YES,
                        Optional.empty(),
                        Duration.ZERO,
                        false,
                        Optional.empty(),
                        0)));
        is(ONE, TWO);
        kernel.calls.clear();
    }
}
