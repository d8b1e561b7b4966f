package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.GroupingPolicy;

class AskedLoadTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();
    private static final PathReport ONE = Reports.path(1, PathState.UP, 1);
    private static final PathReport TWO = Reports.path(2, PathState.UP, 1);

    @BeforeEach
    void twoPaths() {
        begin(Settings.of(GroupingPolicy.MULTIBUS));
        is(ONE, TWO);
        kernel.calls.clear();
    }

    @Test
    void aMapGrowsByAnOperatorsWordThoughAutoResizeIsNever() {
        is(Reports.sized(ONE, 4096), Reports.sized(TWO, 4096));
        assertThat(kernel.acts()).isEmpty();

        asks(new Wish.Resize(Optional.empty()));

        assertThat(kernel.acts()).hasSize(1).first().asString().startsWith("reload " + NAME + " FLUSH");
        assertThat(life.kernelMap().orElseThrow().sizeSectors()).isEqualTo(4096);
        assertThat(asks(new Wish.Resize(Optional.empty()))).isEqualTo(new MapAction.Nothing());
    }

    @Test
    void aMapShrinksByAnOperatorsWord() {
        is(Reports.sized(ONE, 1024), Reports.sized(TWO, 1024));

        asks(new Wish.Resize(Optional.empty()));

        assertThat(life.kernelMap().orElseThrow().sizeSectors()).isEqualTo(1024);
    }

    @Test
    void aMapThatIsToHaveOneSizeIsGivenNoOther() {
        is(Reports.sized(ONE, 1024), Reports.sized(TWO, 1024));

        assertThat(asks(new Wish.Resize(Optional.of(4096L))))
                .isEqualTo(new MapAction.Reject("its paths do not have the 4096 sectors that were asked for"));
        assertThat(kernel.acts()).isEmpty();

        is(Reports.sized(ONE, 4096), Reports.sized(TWO, 4096));
        asks(new Wish.Resize(Optional.of(4096L)));

        assertThat(life.kernelMap().orElseThrow().sizeSectors()).isEqualTo(4096);
    }

    @Test
    void pathsOfDifferentSizesAreNoSizeForAMap() {
        is(Reports.sized(ONE, 4096));

        assertThat(asks(new Wish.Resize(Optional.empty())))
                .isEqualTo(new MapAction.Reject("its paths have different sizes: 2048, 4096 sectors"));
        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void aMapIsNotResizedWhileNoPathWorks() {
        is(Reports.sized(ONE.with(PathState.DOWN), 4096), Reports.sized(TWO.with(PathState.DOWN), 4096));
        kernel.calls.clear();

        assertThat(asks(new Wish.Resize(Optional.empty()))).isInstanceOf(MapAction.Reject.class);
        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void aMapThatIsNotThereOrSuspendedIsNotLoaded() {
        kernel.suspendedInTheMiddleOfAReload(NAME);
        assertThat(asks(new Wish.Reload())).isEqualTo(new MapAction.Reject("the map is suspended"));

        kernel.vanish(NAME);

        assertThat(asks(new Wish.Reload())).isEqualTo(new MapAction.Reject("the kernel has no such map"));
        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void aTableThatIsLoadedOnceMoreKeepsItsSizeAndItsFailedPathsFailed() {
        is(ONE.with(PathState.DOWN), Reports.sized(TWO, 4096));
        kernel.calls.clear();

        asks(new Wish.Reload());

        assertThat(kernel.acts().getFirst()).startsWith("reload " + NAME + " KEEP_IO");
        assertThat(life.kernelMap().orElseThrow().sizeSectors()).isEqualTo(2048);
        assertThat(kernel.failed(NAME)).contains(Reports.device(1));
    }
}
