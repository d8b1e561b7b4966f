package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceMapper.Readiness;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.AutoResize;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.QueueWithoutDaemon;

class GhostDelayTest extends MapByHand {

    private static final Duration DELAY = Duration.ofSeconds(20);
    private static final PathReport ONE = Reports.path(1, PathState.GHOST, 1);
    private static final PathReport TWO = Reports.path(2, PathState.GHOST, 1);

    @Test
    void aMapOfPassivePathsIsAnnouncedAtTheEndOfTheDelay() {
        begins(Optional.of(DELAY));
        is(ONE, TWO);
        assertThat(kernel.announced).containsExactly("not ready");

        passes(DELAY.minusMillis(1));
        assertThat(kernel.announced).hasSize(1);
        assertThat(life.wakeAt(now)).contains(now.plusMillis(1));
        passes(Duration.ofMillis(1));
        passes(Duration.ofMinutes(5));

        assertThat(kernel.announced).containsExactly("not ready", "ready");
    }

    @Test
    void aPathThatBecomesActiveEndsTheDelay() {
        begins(Optional.of(DELAY));
        is(ONE, TWO);

        is(ONE.with(PathState.UP));
        passes(Duration.ofMinutes(5));

        assertThat(kernel.announced).containsExactly("not ready", "ready");
    }

    @Test
    void aMapThatIsReloadedMeanwhileIsStillNotAnnounced() {
        begins(Optional.of(DELAY));
        is(ONE);

        is(TWO);
        passes(Duration.ofMinutes(5));

        assertThat(kernel.announced).containsExactly("not ready", "not ready", "ready");
    }

    @Test
    void aMapWithAnActivePathIsAnnouncedAtOnceAndSoIsOneWithoutADelay() {
        begins(Optional.of(DELAY));
        is(ONE.with(PathState.UP), TWO);
        passes(Duration.ofMinutes(5));
        assertThat(kernel.announced).containsExactly("ready");

        kernel.vanish(Reports.WWID.value());
        kernel.announced.clear();
        begins(Optional.empty());
        is(ONE, TWO);

        assertThat(kernel.announced).containsExactly("ready");
    }

    @Test
    void aMapThatWasThereBeforeIsNotHeldBack() {
        kernel.has(Reports.WWID.value(), "mpath-" + Reports.WWID, Reports.SECTORS, "0 0 1 1 service-time 0 1 1 8:16 1");
        begins(Optional.of(DELAY));

        is(ONE, TWO);
        passes(Duration.ofMinutes(5));

        assertThat(kernel.announced).containsExactly("ready");
    }

    @Test
    void udevHasItsTimeAfterTheAnnouncementThoughItCalledTheMapNotReadyAllAlong() {
        begins(Optional.of(DELAY));
        kernel.readiness = Readiness.NOT_READY;
        is(ONE, TWO);
        lookAgain();

        passes(DELAY);
        lookAgain();
        passes(UdevSight.PATIENCE.minusMillis(1));
        assertThat(kernel.announced).containsExactly("not ready", "ready");
        assertThat(kernel.news).isEmpty();

        passes(Duration.ofMillis(1));
        assertThat(kernel.announced).containsExactly("not ready", "ready", "ready");
        assertThat(kernel.news).hasSize(1);
    }

    @Test
    void aMapThatIsHeldBackIsNotMissedInUdev() {
        begins(Optional.of(DELAY));
        kernel.readiness = Readiness.NOT_READY;
        is(ONE, TWO);
        lookAgain();

        assertThat(life.wakeAt(now)).contains(now.plus(DELAY));
        assertThat(kernel.announced).containsExactly("not ready");
    }

    private void begins(Optional<Duration> delay) {
        begin(Settings.with(
                Settings.of(GroupingPolicy.MULTIBUS),
                new MapUpkeep(
                        AutoResize.NEVER,
                        FlushOnLastDel.UNUSED,
                        false,
                        QueueWithoutDaemon.YES,
                        delay,
                        Duration.ofSeconds(30),
                        false,
                        Optional.empty(),
                        0)));
    }
}
