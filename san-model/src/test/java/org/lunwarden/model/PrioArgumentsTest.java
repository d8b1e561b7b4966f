package org.lunwarden.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.lunwarden.model.settings.PrioArguments;
import org.lunwarden.model.settings.PrioKind;

class PrioArgumentsTest {

    @ParameterizedTest
    @CsvSource({
        "PATH_LATENCY, io_num=20 base_num=2, true",
        "PATH_LATENCY, '', true",
        "PATH_LATENCY, io_num=20, false",
        "PATH_LATENCY, io_num=19 base_num=2, false",
        "IET, preferredip=10.0.0.1, true",
        "IET, preferredip=10.0.0.1 and more, true",
        "IET, preferredip=1.2.3.4, false",
        "IET, 10.0.0.1, false",
        "DATACORE, timeout=3 preferredsds=sds1, true",
        "DATACORE, '', false",
        "WEIGHTEDPATH, hbtl 1:.* 5 .* 2, true",
        "WEIGHTEDPATH, hbtl 1:.*, false",
        "WEIGHTEDPATH, hctl .* 5, false",
        "WEIGHTEDPATH, '', false"
    })
    void argumentsThatCannotBeUsedAreComplainedAbout(PrioKind kind, String args, boolean usable) {
        assertThat(PrioArguments.complaint(kind, args).isEmpty()).isEqualTo(usable);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONST", "ALUA", "SYSFS", "EMC", "ANA", "ONTAP"})
    void aPrioritizerWithoutArgumentsOfItsOwnTakesAny(PrioKind kind) {
        assertThat(PrioArguments.complaint(kind, "exclusive_pref_bit")).isEmpty();
    }
}
