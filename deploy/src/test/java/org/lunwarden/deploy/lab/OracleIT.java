package org.lunwarden.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference still says what is recorded of it. */
@Tag("lab")
class OracleIT {
    @RegisterExtension
    static final Lab lab = new Lab();

    private static Oracle oracle;

    @BeforeAll
    static void letTheReferenceLiveThroughTheStory() {
        oracle = Oracle.consult(
                lab.boot(GuestSpec.named("oracle").withDisks(4, 4).withOracle()));
    }

    static Stream<String> states() {
        return Oracle.STATES.stream();
    }

    @ParameterizedTest
    @MethodSource("states")
    void theReferenceSaysWhatIsRecorded(String state) {
        assertThat(oracle.deviceMapper(state)).isEqualTo(Oracle.recordedDeviceMapper(state));
        assertThat(oracle.topology(state)).isEqualTo(Oracle.recordedTopology(state));
    }
}
