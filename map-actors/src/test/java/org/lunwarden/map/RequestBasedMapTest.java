package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.NoPathRetry;

/** A map that was made request-based by others, over paths for which the settings force bios, as over NVMe/TCP. */
class RequestBasedMapTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();
    private static final int EINVAL = 22;

    @BeforeEach
    void aMapOfOthers() {
        kernel.has(
                NAME,
                "mpath-" + NAME,
                Reports.SECTORS,
                "0 0 1 1 service-time 0 2 1 " + Reports.device(1) + " 1 " + Reports.device(2) + " 1");
        // the kernel lets no device change how it takes I/O
        kernel.refuse("reload " + NAME + " KEEP_IO 2 queue_mode bio", EINVAL);
        begin(
                new MapName.Wanted(NAME),
                Settings.of(
                        GroupingPolicy.MULTIBUS,
                        new Failback.Manual(),
                        new NoPathRetry.Fail(),
                        "service-time",
                        List.of("queue_mode", "bio"),
                        List.of()));
        is(Reports.path(1, PathState.UP, 1), Reports.path(2, PathState.UP, 1));
    }

    @Test
    void isNotLoadedInVain() {
        for (var minute = 0; minute < 10; minute++) {
            passes(Duration.ofMinutes(1));
        }

        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void takesAnotherPathAsItIs() {
        is(Reports.path(3, PathState.UP, 1));
        passes(Duration.ofMinutes(10));

        assertThat(kernel.acts()).singleElement().asString().startsWith("reload " + NAME + " KEEP_IO 0 0 ");
        assertThat(kernel.uses(NAME, Reports.device(3))).isTrue();
    }
}
