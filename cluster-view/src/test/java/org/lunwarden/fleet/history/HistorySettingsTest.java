package org.lunwarden.fleet.history;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistorySettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"jdbc:mysql://db/lunwarden?password=s3cret", "jdbc:postgresql://db/lunwarden?PASSWORD=s3cret"})
    void aUrlWithAPasswordIsRefusedAndNotRepeated(String url) {
        assertThatThrownBy(() -> new HistorySettings.Server(url, "lunwarden", Optional.empty()))
                .hasMessageContaining("a file of its own")
                .hasMessageNotContaining("s3cret");
    }
}
