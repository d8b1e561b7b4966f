package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.path.checker.Finding;
import org.lunwarden.path.checker.Identity;

class ObservedTest {

    @ParameterizedTest
    @CsvSource({"DIRECTIO, TUR, TIMEOUT", "TUR, RDAC, TIMEOUT", "TUR, DIRECTIO, DOWN", "DIRECTIO, DIRECTIO, DOWN"})
    void aCheckThatHangsIsJudgedByTheCheckerThatWasAskedLast(CheckerKind set, CheckerKind asked, PathState state) {
        var watch = watch(set).found(checkedBy(asked));

        assertThat(Observed.overdue(watch)).isEqualTo(new PathLife.Overdue(state));
        assertThat(Observed.held(watch)).isEqualTo(new PathLife.Held(state));
    }

    @Test
    void itIsJudgedByTheOneThatIsSetBeforeAnyWasAsked() {
        assertThat(Observed.overdue(watch(CheckerKind.DIRECTIO))).isEqualTo(new PathLife.Overdue(PathState.DOWN));
        assertThat(Observed.overdue(watch(CheckerKind.TUR))).isEqualTo(new PathLife.Overdue(PathState.TIMEOUT));
    }

    private static Finding checkedBy(CheckerKind kind) {
        return new Finding(
                PathState.UP,
                PathState.UP,
                Optional.of(Disks.live("running")),
                Optional.empty(),
                new Identity.Unasked(),
                Optional.of(new Finding.Asked(kind, true)),
                "good");
    }

    private static Watch watch(CheckerKind set) {
        var settings = new PathSettings(
                set,
                true,
                PrioKind.CONST,
                false,
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Precautions.NONE);
        return Watch.begin(
                Disks.scsi(),
                new Wwid("3600a098038302d414b2b4d4453474f62"),
                new Nexus("scsi-host-1", "target"),
                settings,
                false,
                Duration.ofHours(1));
    }
}
