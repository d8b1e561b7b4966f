package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceMapper.SuspendMode;
import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.AutoResize;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.QueueWithoutDaemon;

class ReassignTest extends MapByHand {

    private static final PathReport ONE = Reports.path(1, PathState.UP, 1);
    private static final PathReport TWO = Reports.path(2, PathState.UP, 1);
    private static final String MOVED = "exchange data 253:0 0";

    @BeforeEach
    void aVolumeStandsOnAPath() {
        kernel.hasLinear("data", "LVM-1");
    }

    @Test
    void whatStandsOnAPathStaysThereUnlessTheSiteAsksForItsMove() {
        begin(settings(false));

        is(ONE, TWO);

        assertThat(kernel.acts()).noneMatch(act -> act.startsWith("exchange data"));
    }

    @Test
    void whatStandsOnAPathIsMovedOntoItsNewMapOnce() {
        begin(settings(true));

        is(ONE, TWO);
        lookAgain();

        assertThat(kernel.acts()).hasSize(2).first().asString().startsWith("create");
        assertThat(kernel.acts()).last().isEqualTo(MOVED);
    }

    @Test
    void otherSettingsMoveWhatStandsOnAPathOfAMapThatIsThere() {
        begin(settings(false));
        is(ONE, TWO);

        life.settingsAre(settings(true), now);
        settle();

        assertThat(kernel.acts()).last().isEqualTo(MOVED);
    }

    @Test
    void nothingIsMovedOntoAMapThatWorksByNoPath() {
        begin(settings(true));
        is(ONE.with(PathState.DOWN), Reports.as(TWO.with(PathState.DOWN), ONE.unit()));
        passes(Duration.ofMinutes(1));
        assertThat(kernel.exists(Reports.WWID.value())).isTrue();
        assertThat(kernel.acts()).doesNotContain(MOVED);

        is(ONE);

        assertThat(kernel.acts()).contains(MOVED);
    }

    @Test
    void whatSomebodyIsAboutToChangeIsLeftAloneAndTriedAgain() {
        kernel.suspendedInTheMiddleOfAReload("data");
        begin(settings(true));
        is(ONE, TWO);
        assertThat(kernel.acts()).doesNotContain(MOVED);
        kernel.resume("data", UdevFlags.NONE);

        passes(Duration.ofSeconds(2));

        assertThat(kernel.acts()).last().isEqualTo(MOVED);
    }

    @Test
    void whatStandsOnAPathThatHasNotProvenItsUnitStaysThereUntilItHas() {
        kernel.has(
                Reports.WWID.value(),
                "mpath-" + Reports.WWID,
                Reports.SECTORS,
                "0 0 1 1 service-time 0 2 1 8:16 1 8:32 1");
        begin(settings(true));

        is(Reports.as(ONE, UnitProof.OPEN), TWO);
        passes(Duration.ofMinutes(1));
        assertThat(kernel.uses(Reports.WWID.value(), ONE.device())).isTrue();
        assertThat(kernel.acts()).doesNotContain(MOVED);
        is(ONE);

        assertThat(kernel.acts()).contains(MOVED);
    }

    @Test
    void nothingIsMovedOntoAMapThatHasLostThePathMeanwhile() {
        begin(settings(false));
        is(ONE, TWO);
        kernel.duringAnExchange(() -> kernel.reload(
                Reports.WWID.value(),
                false,
                List.of(new Target(0, Reports.SECTORS, "multipath", "0 0 1 1 service-time 0 1 1 8:32 1")),
                SuspendMode.KEEP_IO,
                UdevFlags.NONE));

        life.settingsAre(settings(true), now);
        settle();

        assertThat(kernel.acts()).doesNotContain(MOVED);
    }

    @Test
    void nothingIsMovedOntoAMapThatHasFailedThePathMeanwhile() {
        begin(settings(false));
        is(ONE, TWO);
        kernel.duringAnExchange(() -> kernel.ioFails(Reports.WWID.value(), ONE.device()));

        life.settingsAre(settings(true), now);
        settle();

        assertThat(kernel.acts()).doesNotContain(MOVED);
    }

    @Test
    void aPathThatReturnsIsLookedThroughOnceMore() {
        begin(settings(true));
        is(ONE, TWO);
        kernel.hasLinear("late", "LVM-2");
        life.pathGone(ONE.device());
        settle();
        assertThat(kernel.acts()).doesNotContain("exchange late 253:0 0");

        is(ONE);

        assertThat(kernel.acts()).contains("exchange late 253:0 0");
    }

    @Test
    void anotherMultipathMapIsNotMoved() {
        kernel.has("other", "mpath-other", Reports.SECTORS, "0 0 1 1 service-time 0 1 1 8:16 1");
        begin(settings(true));

        is(ONE, TWO);

        assertThat(kernel.acts()).noneMatch(act -> act.startsWith("exchange other"));
    }

    private static MapSettings settings(boolean reassign) {
        return settings(Settings.of(GroupingPolicy.MULTIBUS), reassign);
    }

    static MapSettings settings(MapSettings settings, boolean reassign) {
        return Settings.with(
                settings,
                new MapUpkeep(
                        AutoResize.NEVER,
                        FlushOnLastDel.UNUSED,
                        false,
                        QueueWithoutDaemon.YES,
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        reassign,
                        Optional.empty(),
                        0));
    }
}
