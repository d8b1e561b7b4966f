package org.lunwarden.conf.effective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.Severity;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.conf.value.PathKeywords;

class RehearsalTest {

    static Stream<Arguments> sections() { // text, the line of what breaks
        return Stream.of(
                Arguments.of("defaults {\n ghost_delay 7\n}\n", 2),
                Arguments.of("overrides {\n ghost_delay 7\n}\n", 2),
                Arguments.of("overrides {\n protocol {\n  type \"scsi:sas\"\n  dev_loss_tmo 7\n }\n}\n", 3),
                Arguments.of("devices {\n device {\n  vendor \"a.*\"\n  product b\n  ghost_delay 7\n }\n}\n", 3),
                Arguments.of("multipaths {\n multipath {\n  wwid w\n  ghost_delay 7\n }\n}\n", 3));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void anEntryOfWhichNoSettingsCanBeMadeRefusesTheFilesAtItsPlace(String text, int line) {
        assertThat(Rehearsal.of(load(text), RehearsalTest::breakOn7))
                .isInstanceOfSatisfying(
                        Loaded.Refused.class,
                        refused -> assertThat(refused.problems())
                                .filteredOn(problem -> problem.severity() == Severity.FATAL)
                                .first()
                                .satisfies(problem ->
                                        assertThat(problem.at().line()).isEqualTo(line))
                                .extracting(Problem::found)
                                .asString()
                                .contains("seven"));
    }

    @Test
    void otherwiseTheyAreTakenAsTheyWereLoaded() {
        var loaded = load("defaults {\n ghost_delay 8\n}\n");

        assertThat(Rehearsal.of(loaded, RehearsalTest::breakOn7)).isSameAs(loaded);
        assertThat(Rehearsal.of(loaded)).isSameAs(loaded);
    }

    private static void breakOn7(Precedence precedence) {
        if (precedence.built(MapKeywords.GHOST_DELAY) == 7
                || precedence.value(PathKeywords.DEV_LOSS_TMO).stream().anyMatch(loss -> loss.toSeconds() == 7)) {
            throw new ArithmeticException("seven");
        }
    }

    private static Loaded load(String text) {
        return MultipathConf.load(List.of(new SourceFile("f", text)), false);
    }
}
