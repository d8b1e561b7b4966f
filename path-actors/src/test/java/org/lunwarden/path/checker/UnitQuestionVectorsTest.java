package org.lunwarden.path.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.FixedDevices;
import org.lunwarden.path.ScriptedProbe;
import org.lunwarden.path.identity.DiskIdentity;
import org.lunwarden.path.identity.UnitName;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class UnitQuestionVectorsTest {

    private static final int INQUIRY = 0x12;

    static Stream<Arguments> longPages() {
        return Vectors.of("vpd.json", vector -> vector.get("in").has("first_response_page_length"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("longPages")
    void aPageThatIsLongerThanWhatWasAskedForIsAskedForAgain(String id, JsonNode in, JsonNode expect) {
        var designator = in.get("designator_hex").asText();
        var whole = "0083%04x".formatted(designator.length() / 2) + designator;
        var cut = "0083%04x".formatted(in.get("first_response_page_length").asInt());
        var disk = Disks.identified("sdb", List.of(), Disks.bytes(whole), Map.of());
        var probe = new ScriptedProbe()
                .answers(ScriptedProbe.good())
                .answers(ScriptedProbe.good(cut))
                .answers(ScriptedProbe.good(whole));

        var finding = new Checker(
                        disk, UnitName.of(disk), Clariion.alone(), probe, FixedDevices.running(), Runnable::run)
                .check(
                        new Checker.Question(CheckerKind.TUR, false, Duration.ofSeconds(30), Checker.Proof.ITS_WORD),
                        () -> {})
                .toCompletableFuture()
                .join();

        assertThat(finding.observed()).as(id).isEqualTo(PathState.UP);
        assertThat(probe.asked().stream().filter(code -> code == INQUIRY))
                .as(id)
                .hasSize(expect.get("inquiry_count").asInt());
        assertThat(DiskIdentity.wwid(disk).map(Object::toString))
                .as(id)
                .isEqualTo(Optional.of(expect.get("wwid").asText()));
    }
}
