package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer.Refused;
import org.lunwarden.model.fleet.HostCommand;

class FailbackGateTest {

    private static final DaemonRun THIS = new DaemonRun("boot", "second");
    private static final DaemonRun BEFORE = new DaemonRun("boot", "first");
    private static final Duration NOW = Duration.ofHours(3);
    private static final Duration END = NOW.plusSeconds(20);

    @Test
    void theEpochOfAFailbackNeverGoesBackAndBelongsToOnePlan() {
        var gate = FailbackGate.open(THIS).after(step(THIS, 5, "p5"));

        assertThat(gate.refusal(step(THIS, 4, "p5"), NOW))
                .contains(new Refused("epoch 4 is older than 5, seen with plan p5", Optional.of(new Epoch(5, ""))));
        assertThat(gate.refusal(step(THIS, 5, "p5"), NOW)).isEmpty();
        assertThat(gate.refusal(step(THIS, 5, "p5b"), NOW))
                .contains(new Refused("epoch 5 is that of plan p5", Optional.of(new Epoch(5, ""))));
        assertThat(gate.after(step(THIS, 6, "p6")).refusal(step(THIS, 5, "p5"), NOW))
                .isPresent();
    }

    @Test
    void aStepForTheDaemonBeforeIsRefusedThoughItsEpochIsTheHighestAndTellsNoEpoch() {
        var gate = FailbackGate.open(THIS).after(step(THIS, 5, "p5"));

        assertThat(gate.refusal(step(BEFORE, 9, "p9"), NOW))
                .contains(new Refused("the step is for another run of this host's daemon"));
    }

    @Test
    void aStepThatEndedByThisHostsOwnClockIsRefusedWhateverItsEpoch() {
        var gate = FailbackGate.open(THIS).after(step(THIS, 5, "p5"));

        assertThat(gate.refusal(step(THIS, 6, "p6"), END)).isEmpty();
        assertThat(gate.refusal(step(THIS, 6, "p6"), END.plusMillis(250)))
                .contains(new Refused("the step ended 250 ms before it was looked at"));
    }

    @Test
    void aQuestionKeepsStepsOfAnOlderEpochOutAsAStepDoes() {
        var question =
                new HostCommand.MayFailBack("p6", new Epoch(6, ""), THIS, List.of(), END, Duration.ofSeconds(20));

        var gate = FailbackGate.open(THIS).after(question);

        assertThat(gate.refusal(step(THIS, 5, "p5"), NOW)).isPresent();
        assertThat(gate.refusal(step(THIS, 6, "p6"), NOW)).isEmpty();
    }

    @Test
    void ofTwoCoordinatorsInTheSameTermOneIsTheHigherAlsoForTheSamePlan() {
        var one = new Epoch(5, "v1:7600#a1");
        var other = new Epoch(5, "v2:7600#b2");
        var gate = FailbackGate.open(THIS).after(step(THIS, other, "p5"));

        assertThat(gate.refusal(step(THIS, one, "p5"), NOW))
                .contains(new Refused(
                        "epoch 5 of v1:7600#a1 is older than 5 of v2:7600#b2, seen with plan p5", Optional.of(other)));
        assertThat(FailbackGate.open(THIS).after(step(THIS, one, "p5")).refusal(step(THIS, other, "p5"), NOW))
                .isEmpty();
        assertThat(gate.refusal(step(THIS, new Epoch(6, "v1:7600#a1"), "p5"), NOW))
                .isEmpty();
    }

    private static HostCommand.FailBack step(DaemonRun daemon, long term, String plan) {
        return step(daemon, new Epoch(term, ""), plan);
    }

    private static HostCommand.FailBack step(DaemonRun daemon, Epoch epoch, String plan) {
        return new HostCommand.FailBack(plan, epoch, daemon, List.of(), END, Duration.ofSeconds(20));
    }
}
