package org.lunwarden.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Debian's multipath-tools still says what is recorded under {@code oracle/}; other tests compare Lunwarden with it. */
@Tag("lab")
class OracleIT {
    @RegisterExtension
    static final Lab lab = new Lab();

    private static Guest guest;

    @BeforeAll
    static void recordAnew() {
        guest = lab.boot(GuestSpec.named("oracle").withDisks(4, 4).withOracle());
        guest.run("bash /lab/kit/guest/oracle-record").output();
    }

    static Stream<String> recordings() {
        return Stream.of("healthy", "one-failed", "all-failed", "restored")
                .flatMap(state -> Stream.of("table", "status", "topology").map(what -> state + "." + what));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theReferenceSaysWhatWasRecorded(String recording) throws IOException {
        String live = guest.run("cat /lab/run/oracle/" + recording).output();

        assertThat(live).isEqualTo(recorded(recording));
    }

    private static String recorded(String name) throws IOException {
        try (var in = OracleIT.class.getResourceAsStream("/oracle/" + name)) {
            if (in == null) {
                throw new AssertionError("no recording " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
