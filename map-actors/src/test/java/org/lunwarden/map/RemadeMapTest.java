package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.GroupingPolicy;

/** A map that somebody removed, and that is made again: its disks may be others by then. */
class RemadeMapTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();

    @Test
    void noPathIsUsedOnAProofOfBefore() {
        removedByAnAdmin();

        is(Reports.path(3, PathState.UP, 1));
        assertThat(life.proofsWanted(now)).containsExactlyInAnyOrder(Reports.device(1), Reports.device(2));
        passes(Settling.PATIENCE);

        assertThat(kernel.acts()).containsExactly("create " + NAME + " 0 0 1 1 service-time 0 1 1 8:48 1");
    }

    @Test
    void aPathThatProvesItselfIsUsedAndAllThatDoAreInTheFirstTable() {
        removedByAnAdmin();
        is(Reports.path(3, PathState.UP, 1));
        assertThat(life.proofsWanted(now)).hasSize(2);

        is(Reports.path(1, PathState.PENDING, 1), Reports.path(2, PathState.PENDING, 1));
        is(Reports.path(1, PathState.UP, 1));
        assertThat(kernel.acts()).isEmpty();
        is(Reports.path(2, PathState.UP, 1));

        assertThat(kernel.acts())
                .containsExactly("create " + NAME + " 0 0 1 1 service-time 0 3 1 8:16 1 8:32 1 8:48 1");
    }

    @Test
    void aProofThatCouldNotBeUsedInTimeIsAskedForAgain() {
        removedByAnAdmin();
        kernel.refuse("create", 22);
        is(Reports.path(3, PathState.UP, 1));
        assertThat(life.proofsWanted(now)).hasSize(2);
        is(Reports.path(1, PathState.PENDING, 1), Reports.path(2, PathState.PENDING, 1));
        is(Reports.path(1, PathState.UP, 1), Reports.path(2, PathState.UP, 1));

        passes(KernelFailures.PROOF_LASTS.plusMillis(1));

        assertThat(life.proofsWanted(now)).hasSize(2);
    }

    @Test
    void nobodyIsAskedWhileTheMapStaysRemoved() {
        removedByAnAdmin();

        passes(Duration.ofMinutes(10));

        assertThat(life.proofsWanted(now)).isEmpty();
        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void otherSettingsBringTheMapBackOnFreshProofsToo() {
        removedByAnAdmin();

        life.settingsAre(Settings.of(GroupingPolicy.FAILOVER), now);
        settle();

        assertThat(kernel.acts()).isEmpty();
        assertThat(life.proofsWanted(now)).hasSize(2);
    }

    private void removedByAnAdmin() {
        is(Reports.path(1, PathState.UP, 1), Reports.path(2, PathState.UP, 1));
        kernel.vanish(NAME);
        lookAgain();
        kernel.calls.clear();
    }
}
