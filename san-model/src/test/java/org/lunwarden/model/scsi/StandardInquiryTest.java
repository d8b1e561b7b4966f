package org.lunwarden.model.scsi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardInquiryTest {

    @ParameterizedTest
    @CsvSource({"00, false, false", "10, true, true", "20, true, false", "30, true, false"})
    void whoeverChangesTheStatesOfPortGroupsIsTold(String tpgs, boolean groups, boolean implicitOnly) {
        var parsed = StandardInquiry.parse(Hex.bytes("0000060200" + tpgs));

        assertThat(parsed).isInstanceOfSatisfying(Decoded.Ok.class, found -> {
            var inquiry = (StandardInquiry) found.value();
            assertThat(inquiry.hasTargetPortGroups()).isEqualTo(groups);
            assertThat(inquiry.isImplicitOnly()).isEqualTo(implicitOnly);
        });
    }
}
