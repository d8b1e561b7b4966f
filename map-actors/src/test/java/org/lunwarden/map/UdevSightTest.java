package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceMapper.Readiness;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.GroupingPolicy;

/** A map that can be used and that udev does not have as ready. */
class UdevSightTest extends MapByHand {

    private static final PathReport ONE = Reports.path(1, PathState.UP, 50);
    private static final PathReport TWO = Reports.path(2, PathState.UP, 50);

    @BeforeEach
    void aMap() {
        begin(Settings.of(GroupingPolicy.MULTIBUS));
        is(ONE, TWO);
        kernel.calls.clear();
    }

    @Test
    void isLoadedAnewOnceWhenUdevHasHadItsTimeAndNotAgain() {
        kernel.readiness = Readiness.NOT_READY;
        lookAgain();
        assertThat(kernel.acts()).isEmpty();

        passes(UdevSight.PATIENCE);
        assertThat(kernel.acts()).singleElement().asString().startsWith("reload");
        assertThat(kernel.news).as("as of a new map").hasSize(1);

        for (var minute = 0; minute < 10; minute++) {
            passes(Duration.ofMinutes(1));
        }
        assertThat(kernel.acts()).hasSize(1);
    }

    @Test
    void isLoadedAnewOnceMoreWhenUdevHadItInBetween() {
        kernel.readiness = Readiness.NOT_READY;
        lookAgain();
        passes(UdevSight.PATIENCE);
        kernel.readiness = Readiness.READY;
        lookAgain();
        kernel.readiness = Readiness.NOT_READY;
        lookAgain();

        passes(UdevSight.PATIENCE);

        assertThat(kernel.acts()).hasSize(2);
    }

    @Test
    void isLeftAloneWhenUdevHasItAtTheSecondLook() {
        kernel.readiness = Readiness.NOT_READY;
        lookAgain();
        kernel.readiness = Readiness.READY;

        passes(UdevSight.PATIENCE);

        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void isLeftAloneWhereNobodyTells() {
        kernel.readiness = Readiness.UNTOLD;
        lookAgain();

        passes(Duration.ofHours(1));

        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void isLeftAloneWhileNoPathWorks() {
        is(Reports.path(1, PathState.DOWN, 50), Reports.path(2, PathState.DOWN, 50));
        kernel.calls.clear();
        kernel.readiness = Readiness.NOT_READY;
        lookAgain();

        passes(Duration.ofHours(1));

        assertThat(kernel.acts()).noneMatch(call -> call.startsWith("reload"));
    }

    @Test
    void ofAMapWithoutAWorkingPathUdevIsNotAsked() {
        is(Reports.path(1, PathState.DOWN, 50), Reports.path(2, PathState.DOWN, 50));
        kernel.readinessAsked = 0;

        lookAgain();
        assertThat(kernel.readinessAsked).isZero();

        is(ONE);
        lookAgain();
        assertThat(kernel.readinessAsked).isPositive();
    }

    @Test
    void hasItsTimeAnewAfterAnOutageOfAllPaths() {
        is(Reports.path(1, PathState.DOWN, 50), Reports.path(2, PathState.DOWN, 50));
        kernel.readiness = Readiness.NOT_READY;
        lookAgain();
        passes(Duration.ofHours(1));
        kernel.calls.clear();

        is(ONE);
        lookAgain();
        passes(UdevSight.PATIENCE.minusMillis(1));
        assertThat(reloads()).isEmpty();
        assertThat(kernel.uses(Reports.WWID.value(), ONE.device())).isTrue();

        passes(Duration.ofMillis(1));
        assertThat(reloads()).hasSize(1);
    }

    @Test
    void hasItsTimeAnewWhenItWasMissingBeforeTheOutage() {
        kernel.readiness = Readiness.NOT_READY;
        lookAgain();
        is(Reports.path(1, PathState.DOWN, 50), Reports.path(2, PathState.DOWN, 50));
        now = now.plus(UdevSight.PATIENCE);
        kernel.calls.clear();

        is(ONE);
        lookAgain();

        assertThat(reloads()).isEmpty();
    }

    @Test
    void hasItsTimeAnewAfterAPathCameBack() {
        is(TWO.with(PathState.DOWN));
        kernel.readiness = Readiness.NOT_READY;
        lookAgain();
        kernel.calls.clear();
        now = now.plus(UdevSight.PATIENCE.minusMillis(1));

        is(TWO);
        lookAgain();
        passes(Duration.ofMillis(1));

        assertThat(kernel.acts()).singleElement().asString().startsWith("message reinstate_path");
    }

    @Test
    void hasItsTimeAnewAfterAReloadForAnotherReason() {
        kernel.readiness = Readiness.NOT_READY;
        lookAgain();
        now = now.plus(UdevSight.PATIENCE.minusMillis(1));

        is(Reports.path(3, PathState.UP, 50));
        lookAgain();
        passes(Duration.ofMillis(1));

        assertThat(reloads()).hasSize(1);
        assertThat(kernel.news).isEmpty();
    }

    @Test
    void aReloadForAnotherReasonIsNoNewsToUdev() {
        is(Reports.path(3, PathState.UP, 50));

        assertThat(kernel.acts()).singleElement().asString().startsWith("reload");
        assertThat(kernel.news).isEmpty();
    }

    private List<String> reloads() {
        return kernel.acts().stream().filter(call -> call.startsWith("reload")).toList();
    }
}
