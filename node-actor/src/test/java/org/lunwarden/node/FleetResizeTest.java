package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.HostPorts;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;

/** A host's part in a resize of the fleet's. */
class FleetResizeTest extends OneHost {

    private final HangingRescans rescans = new HangingRescans(super.ports().diskControl());

    @Override
    HostPorts ports() {
        var ports = super.ports();
        return new HostPorts(
                ports.facts(),
                ports.deviceMapper(),
                ports.blockDevices(),
                ports.pathProbe(),
                ports.uevents(),
                ports.clock(),
                ports.stateFiles(),
                rescans,
                ports.fabricEvents());
    }

    @Test
    void aLunThatGrewIsReadAnewAndItsMapIsGivenTheSizeThatIsExpectedAndNoOther() {
        var node = startWell();
        var lun = reports.last().maps().getFirst();
        var larger = 2 * lun.sizeSectors();
        san.grow(san.part(Part.Kind.LUN, lun.wwid().value()).orElseThrow(), larger);

        assertThat(answer(node, new HostCommand.Resize(lun.wwid(), larger, "a test")))
                .isInstanceOfSatisfying(
                        HostAnswer.Refused.class,
                        refused -> assertThat(refused.reason()).contains("has " + lun.sizeSectors() + " sectors"));
        assertThat(answer(node, new HostCommand.RescanPaths(lun.wwid(), "a test")))
                .isInstanceOfSatisfying(HostAnswer.Sizes.class, sizes -> {
                    assertThat(sizes.mapSectors()).isEqualTo(lun.sizeSectors());
                    assertThat(sizes.paths()).hasSize(8).allMatch(path -> path.usable() && path.sectors() == larger);
                });
        assertThat(summary(lun.wwid()).sizeSectors()).isEqualTo(lun.sizeSectors());
        assertThat(answer(node, new HostCommand.Resize(lun.wwid(), larger + 8, "a test")))
                .isInstanceOf(HostAnswer.Refused.class);

        assertThat(answer(node, new HostCommand.Resize(lun.wwid(), larger, "a test")))
                .isInstanceOfSatisfying(
                        HostAnswer.Sizes.class,
                        sizes -> assertThat(sizes.mapSectors()).isEqualTo(larger));
        await(() -> summary(lun.wwid()).sizeSectors() == larger);
        assertThat(answer(node, new HostCommand.Resize(lun.wwid(), lun.sizeSectors(), "a test")))
                .as("smaller")
                .isInstanceOf(HostAnswer.Refused.class);
    }

    @Test
    void withAPathThatIsDownTheHostRefuses() {
        var node = startWell();
        var lun = reports.last().maps().getFirst();
        var larger = 2 * lun.sizeSectors();
        san.grow(san.part(Part.Kind.LUN, lun.wwid().value()).orElseThrow(), larger);
        answer(node, new HostCommand.RescanPaths(lun.wwid(), "a test"));
        san.fail(san.parts().stream()
                .filter(part -> part.kind() == Part.Kind.TARGET_PORT)
                .findFirst()
                .orElseThrow());
        await(() -> reports.last().maps().getFirst().usablePaths() < 8);

        assertThat(answer(node, new HostCommand.Resize(lun.wwid(), larger, "a test")))
                .isInstanceOf(HostAnswer.Refused.class);
        assertThat(summary(lun.wwid()).sizeSectors()).isEqualTo(lun.sizeSectors());
    }

    @Test
    void ofAMapThatIsNotThereTheHostSaysSo() {
        var node = startWell();

        assertThat(answer(node, new HostCommand.RescanPaths(new Wwid("3600a0980nowhere"), "a test")))
                .isInstanceOf(HostAnswer.Refused.class);
        assertThat(answer(node, new HostCommand.Resize(new Wwid("3600a0980nowhere"), 8, "a test")))
                .isInstanceOf(HostAnswer.Refused.class);
    }

    @Test
    void aDiskThatDoesNotAnswerARescanIsNotAskedAgainUntilItDoes() {
        var node = startWell();
        var lun = reports.last().maps().getFirst();
        rescans.hang();

        var first = node.commands().carryOut(new HostCommand.RescanPaths(lun.wwid(), "a test"));
        await(() -> rescans.waiting() == 8);
        assertThat(answer(node, new HostCommand.RescanPaths(lun.wwid(), "a test")))
                .isInstanceOfSatisfying(
                        HostAnswer.Refused.class,
                        refused -> assertThat(refused.reason()).contains("has not answered an earlier rescan"));
        assertThat(rescans.waiting()).isEqualTo(8);

        rescans.answer();
        assertThat(first.toCompletableFuture().join()).isInstanceOf(HostAnswer.Sizes.class);
        assertThat(answer(node, new HostCommand.RescanPaths(lun.wwid(), "a test")))
                .isInstanceOf(HostAnswer.Sizes.class);
    }

    private Node startWell() {
        var node = start(Duration.ofMillis(100));
        awaitAllUp();
        return node;
    }
}
