package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LunwardenCommandTest {

    @TempDir
    Path folder;

    private final RecordingLaunch launch = new RecordingLaunch();

    @RegisterExtension
    final Terminal terminal = new Terminal();

    @ParameterizedTest
    @ValueSource(strings = {"node", "view", "topology"})
    void aBadConfigurationIsToldWithFileLineAndKeyAndNothingIsStarted(String command) throws Exception {
        var file = folder.resolve("bad.conf");
        Files.writeString(file, "lunwarden {\n  node.look-again = tomorrow\n}\n");

        var exit = LunwardenCommand.run(launch, command, "--config", file.toString());

        assertThat(exit).isEqualTo(LunwardenCommand.BAD_CONFIGURATION);
        assertThat(terminal.err()).contains(file + ":2: lunwarden.node.look-again: ");
        assertThat(launch.started).isEmpty();
    }

    @Test
    void aGoodConfigurationIsHandedToTheDaemon() throws Exception {
        var file = folder.resolve("good.conf");
        Files.writeString(file, "lunwarden.host = db7\n");

        var exit = LunwardenCommand.run(launch, "node", "-c", file.toString());

        assertThat(exit).isZero();
        assertThat(launch.started).containsExactly("node db7");
    }

    @Test
    void topologyEndsWithOneWhenSomethingCouldNotBeLookedAt() {
        launch.problems = List.of("dm list: Permission denied (errno 13)");

        assertThat(LunwardenCommand.run(launch, "topology")).isEqualTo(1);
        assertThat(terminal.err()).contains("Permission denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "node --nonsense", "demo --hosts 1", "demo --hosts many", "demo --port 70000"})
    void whatIsNotUnderstoodIsUsage(String line) {
        assertThat(LunwardenCommand.run(launch, line.split(" ", -1))).isEqualTo(2);
        assertThat(terminal.err()).isNotBlank();
        assertThat(launch.started).isEmpty();
    }

    @Test
    void aViewThatDoesNotAnswerIsToldApartFromAFleetThatIsHurt() {
        assertThat(LunwardenCommand.run(launch, "status", "--view", "http://127.0.0.1:1"))
                .isEqualTo(3);
        assertThat(terminal.err()).contains("http://127.0.0.1:1 does not answer");
    }

    @Test
    void anAuditThatCouldNotBeMadeIsToldApartFromOneThatFoundNothing() {
        assertThat(LunwardenCommand.run(launch, "audit", "--view", "http://127.0.0.1:1"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("http://127.0.0.1:1 does not answer");
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(LunwardenCommand.run(launch, "--help")).isZero();
        assertThat(terminal.out()).contains("node", "view", "demo", "status", "topology", "config");
    }
}
