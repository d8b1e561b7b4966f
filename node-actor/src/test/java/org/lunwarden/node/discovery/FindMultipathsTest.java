package org.lunwarden.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.conf.value.Choice;
import org.lunwarden.node.discovery.Claim.Answer;
import org.lunwarden.node.discovery.ClaimFacts.Daemon;
import org.lunwarden.node.discovery.ClaimFacts.Mark;
import org.lunwarden.node.discovery.ClaimFacts.Reading;
import org.lunwarden.node.discovery.FindMultipaths.Since;

class FindMultipathsTest {

    @ParameterizedTest
    @CsvSource({
        // of the device, released, free, member meanwhile, another path, time left, what udev is told
        "VALID,          false, true,  false, false, true,  1",
        "VALID,          true,  true,  false, true,  true,  0",
        "VALID_NO_CHECK, true,  false, false, false, false, 1",
        "NOT_VALID,      false, true,  true,  true,  true,  0",
        "ERROR,          false, true,  true,  true,  true,  0",
        "MAYBE_VALID,    false, true,  false, false, true,  2",
        "MAYBE_VALID,    false, true,  false, false, false, 0",
        "MAYBE_VALID,    false, true,  false, true,  false, 1",
        "MAYBE_VALID,    true,  true,  false, true,  true,  0",
        "MAYBE_VALID,    false, false, false, true,  true,  0",
        "MAYBE_VALID,    false, false, true,  false, true,  1"
    })
    void anUncertainClaimIsSettledByWhatHappensMeanwhile(
            Answer own,
            boolean released,
            boolean free,
            boolean memberNow,
            boolean partner,
            boolean timeLeft,
            int told) {
        var since = new Since(released, free, memberNow, partner, timeLeft);

        var settled = FindMultipaths.settled(new Claim(own, ""), since);

        assertThat(settled.answer().devicePath()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        // mode, one path, two paths, one path of a WWID that had a map, one path and a map
        "OFF,    true,  true,  true, true",
        "ON,     false, true,  true, true",
        "STRICT, false, false, true, true",
        "GREEDY, true,  true,  true, true",
        "SMART,  false, true,  true, true"
    })
    void eachModeMakesMapsOfItsOwn(
            Choice.FindMultipaths mode, boolean one, boolean two, boolean known, boolean mapped) {
        assertThat(FindMultipaths.makesMap(mode, 1, false, false)).isEqualTo(one);
        assertThat(FindMultipaths.makesMap(mode, 2, false, false)).isEqualTo(two);
        assertThat(FindMultipaths.makesMap(mode, 1, true, false)).isEqualTo(known);
        assertThat(FindMultipaths.makesMap(mode, 1, false, true)).isEqualTo(mapped);
        assertThat(FindMultipaths.makesMap(mode, 0, true, true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"30, true, 30", "30, false, 30", "-10, true, 10", "-10, false, 1", "0, true, 10", "0, false, 1"})
    void unknownHardwareIsWaitedForLessLong(int timeout, boolean known, int seconds) {
        assertThat(FindMultipaths.patience(timeout, known)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @EnumSource(Choice.FindMultipaths.class)
    void aMemberOfAMapIsValidWhateverElseHolds(Choice.FindMultipaths mode) {
        var facts = new ClaimFacts(
                "sda",
                Optional.of("3600a"),
                Daemon.UNREACHABLE,
                false,
                Reading.BLACKLISTED,
                "",
                Mark.PRESENT,
                true,
                false,
                false);

        assertThat(FindMultipaths.claim(mode, facts).answer()).isEqualTo(Answer.VALID_NO_CHECK);
    }

    @Test
    void aBlacklistedDiskIsNotClaimedAlthoughItsWwidHadAMap() {
        var facts = new ClaimFacts(
                "sda",
                Optional.empty(),
                Daemon.REACHABLE,
                true,
                Reading.BLACKLISTED,
                "3600a",
                Mark.ABSENT,
                false,
                true,
                true);

        assertThat(FindMultipaths.claim(Choice.FindMultipaths.GREEDY, facts))
                .isEqualTo(new Claim(Answer.NOT_VALID, "it is blacklisted"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../sda", "s da"})
    void whatIsNoNameOfADeviceIsAnError(String name) {
        var facts = new ClaimFacts(
                name,
                Optional.of("3600a"),
                Daemon.REACHABLE,
                true,
                Reading.DONE,
                "3600a",
                Mark.ABSENT,
                false,
                true,
                true);

        assertThat(FindMultipaths.claim(Choice.FindMultipaths.GREEDY, facts).answer())
                .isEqualTo(Answer.ERROR);
    }
}
