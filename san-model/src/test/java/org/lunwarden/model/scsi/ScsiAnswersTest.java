package org.lunwarden.model.scsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.AluaState;
import org.lunwarden.model.Wwid;

class ScsiAnswersTest {

    @Test
    void fixedAndDescriptorSenseSayTheSame() {
        var fixed = Sense.parse(Hex.bytes("70 00 06 00 00 00 00 0a 00 00 00 00 29 01 00 00 00 00"));
        var descriptor = Sense.parse(Hex.bytes("72 06 29 01 00 00 00 00"));

        assertThat(fixed).isEqualTo(new Decoded.Ok<>(new Sense(false, Sense.UNIT_ATTENTION, 0x29, 0x01)));
        assertThat(descriptor).isEqualTo(fixed);
    }

    @Test
    void aCodeThatWasNotSentMatchesNoCode() {
        var shortened = new Sense(false, Sense.ILLEGAL_REQUEST, 0x25, Sense.ABSENT);

        assertThat(Sense.parse(Hex.bytes("72 05 25"))).isEqualTo(new Decoded.Ok<>(shortened));
        assertThat(Sense.parse(Hex.bytes("70 00 05 00 00 00 00 05 00 00 00 00 25 00")))
                .isEqualTo(new Decoded.Ok<>(shortened));
        assertThat(shortened.is(Sense.ILLEGAL_REQUEST, 0x25, 0x00)).isFalse();
        assertThat(shortened).hasToString("05/25/--");
    }

    @Test
    void senseOfAnEarlierCommandSaysNothingOfThisOne() {
        var deferred = new Sense(true, Sense.NOT_READY, 0x04, 0x0b);

        assertThat(Sense.parse(Hex.bytes("73 02 04 0b"))).isEqualTo(new Decoded.Ok<>(deferred));
        assertThat(deferred.is(Sense.NOT_READY, 0x04, 0x0b)).isFalse();
    }

    @Test
    void pageEightyThreeNamesThePortThatAnswered() {
        var page = Hex.bytes("0083 0048"
                + "0103 0010 600a098038302d414b2b4d4453474f62"
                + "0193 0008 500a098038302d41"
                + "0194 0004 00000102"
                + "0195 0004 00000003"
                + "01a3 0008 500a098038302d40");

        var identification = ((Decoded.Ok<DeviceIdentification>) DeviceIdentification.parse(page)).value();

        assertThat(identification.wwid()).isEqualTo(new Decoded.Ok<>(new Wwid("3600a098038302d414b2b4d4453474f62")));
        assertThat(identification.targetPortGroup()).isEqualTo(OptionalInt.of(3));
        assertThat(identification.targetDeviceName()).contains("500a098038302d40");
    }

    @Test
    void aNameWithASlashIsNoWwid() {
        var page = Hex.bytes("0083 0010 0201 000c 56454e444f52202f2e2e2f78");

        var identification = ((Decoded.Ok<DeviceIdentification>) DeviceIdentification.parse(page)).value();

        assertThat(identification.wwid())
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.fault()).isEqualTo(Decoded.Fault.MALFORMED));
    }

    @Test
    void targetPortGroupsAreReadWithEitherHeader() {
        var groups = "80 0f 0001 00 00 00 02 00000001 00000002" + "01 0f 0002 00 00 00 01 00000003";
        var expected =
                List.of(new TargetPortGroup(1, true, 0, List.of(1, 2)), new TargetPortGroup(2, false, 1, List.of(3)));

        assertThat(TargetPortGroups.parse(Hex.bytes("0000001c" + groups)))
                .isEqualTo(new Decoded.Ok<>(new TargetPortGroups(expected, 32, true)));
        assertThat(TargetPortGroups.parse(Hex.bytes("00000020 10 1e 0000" + groups)))
                .isEqualTo(new Decoded.Ok<>(new TargetPortGroups(expected, 36, true)));
        assertThat(expected.get(1).state()).contains(AluaState.NON_OPTIMIZED);
        assertThat(new TargetPortGroup(1, false, 9, List.of()).state()).isEqualTo(Optional.empty());
    }

    @Test
    void anAnswerCutByTheAllocationLengthSaysHowLongItIs() {
        var cut = Hex.bytes("0000001c 80 0f 0001 00 00 00 02 00000001 00000002 01 0f");

        assertThat(TargetPortGroups.parse(cut))
                .isEqualTo(new Decoded.Ok<>(
                        new TargetPortGroups(List.of(new TargetPortGroup(1, true, 0, List.of(1, 2))), 32, false)));
    }

    @Test
    void aGroupThatClaimsMorePortsThanTheAnswerHoldsIsRefused() {
        var lying = Hex.bytes("00000008 00 0f 0001 00 00 00 ff");

        assertThat(TargetPortGroups.parse(lying))
                .isEqualTo(
                        new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, 4, "a group runs past the end of the answer"));
    }

    @Test
    void commandsCarryTheirAllocationLengths() {
        assertThat(Cdb.testUnitReady()).hasSize(6).containsOnly(0);
        assertThat(Cdb.reportTargetPortGroups(0x01020304)).containsExactly(0xa3, 0x0a, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0);
        assertThat(Cdb.inquiry(0x0124)).containsExactly(0x12, 0, 0, 1, 0x24, 0);
        assertThat(Cdb.inquiryPage(0x83, 0x00fe)).containsExactly(0x12, 1, 0x83, 0, 0xfe, 0);
    }

    @Test
    void inquiryDataTellsWhichAluaATargetSpeaks() {
        assertThat(StandardInquiry.parse(Hex.bytes("00 00 06 12 1f 10")))
                .isEqualTo(new Decoded.Ok<>(new StandardInquiry(true, true, false)));
        assertThat(StandardInquiry.parse(Hex.bytes("7f 00 06 12 1f 20")))
                .isEqualTo(new Decoded.Ok<>(new StandardInquiry(false, false, true)));
        assertThat(StandardInquiry.parse(Hex.bytes("00 00 06 12 1f"))).isInstanceOf(Decoded.Invalid.class);
    }
}
