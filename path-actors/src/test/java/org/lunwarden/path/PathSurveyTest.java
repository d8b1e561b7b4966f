package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;

class PathSurveyTest {

    private static final String SAME_UNIT = "0083001401030010600a098038302d414b2b4d4453474f62";
    private static final String OTHER_UNIT = "0083001401030010600a098038302d414b2b4d4453474f63";
    private static final PathSettings SETTINGS = new PathSettings(
            CheckerKind.TUR,
            false,
            PrioKind.CONST,
            true,
            "",
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Precautions.NONE);

    private final QuestionedProbe device = new QuestionedProbe();

    private CompletableFuture<PathReport> look() {
        return PathSurvey.look(
                        Disks.scsi(),
                        new Wwid("3600a098038302d414b2b4d4453474f62"),
                        new Nexus("scsi-host-1", "target"),
                        SETTINGS,
                        device,
                        FixedDevices.running(),
                        Runnable::run,
                        String::equals)
                .toCompletableFuture();
    }

    @Test
    void oneLookTellsStateAndPriorityAndLetsGoOfTheDevice() throws Exception {
        var look = look();
        device.next().answer(ScriptedProbe.sense("7202040b"));
        device.next().answer(ScriptedProbe.good(SAME_UNIT));
        device.next().answer(ScriptedProbe.good("000006121f10"));
        assertThat(look).isNotDone();
        device.next().answer(ScriptedProbe.good("0000000c" + "020f000200000001" + "00000001"));

        var report = look.join();
        assertThat(report.state()).isEqualTo(PathState.GHOST);
        assertThat(report.priority()).isEqualTo(new Priority(1));
        assertThat(device.closed).hasValue(1);
    }

    @Test
    void aDiskThatAnswersAsAnotherUnitIsDownAsItIsToTheDaemon() throws Exception {
        var look = look();
        device.next().answer(ScriptedProbe.good());
        device.next().answer(ScriptedProbe.good(OTHER_UNIT));

        var report = look.join();
        assertThat(report.state()).isEqualTo(PathState.DOWN);
        assertThat(report.unit()).isEqualTo(UnitProof.ANOTHER);
    }
}
