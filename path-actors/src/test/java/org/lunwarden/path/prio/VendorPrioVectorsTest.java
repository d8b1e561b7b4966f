package org.lunwarden.path.prio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.AnaState;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.scsi.ClariionPage;
import org.lunwarden.model.scsi.HitachiInquiry;
import org.lunwarden.model.scsi.VolumeAccessPage;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.ScriptedProbe;
import org.lunwarden.path.checker.ArrayPages;
import org.lunwarden.vectors.Vectors;

/** The prioritizers that settings ask for by name, and their arguments. */
@Tag("vectors")
class VendorPrioVectorsTest {

    static Stream<Arguments> rdac() {
        return Vectors.states("prio_rdac");
    }

    static Stream<Arguments> emc() {
        return Vectors.states("prio_emc");
    }

    static Stream<Arguments> hds() {
        return Vectors.states("prio_hds");
    }

    static Stream<Arguments> ana() {
        return Vectors.states("prio_ana");
    }

    static Stream<Arguments> ontap() {
        return Vectors.states("prio_ontap");
    }

    static Stream<Arguments> latency() {
        return Vectors.states("prio_path_latency");
    }

    static Stream<Arguments> latencyArgs() {
        return Vectors.states("prio_path_latency_args");
    }

    static Stream<Arguments> aluaArgs() {
        return Vectors.states("prio_alua_args");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rdac")
    void theOwnerOfAVolumeIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        assertThat(in.get("page_c9_ok").asBoolean()).isTrue();
        var page = ArrayPages.volumeAccess(
                Map.of(8, in.get("byte8").asInt(), 9, in.get("byte9").asInt()));

        assertThat(VendorPriority.rdac(VolumeAccessPage.parse(page)))
                .as(id)
                .isEqualTo(new PrioReading.Read(new Priority(expect.get("prio").asInt()), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("emc")
    void aUnitOfAClariionIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        var changes = switch (in.path("defect").asText("")) {
            case "initiator type 2" -> Map.of(27, 2);
            case "arraycommpath 0" -> Map.of(30, 0);
            case "" ->
                Map.of(
                        4, in.get("byte4").asInt(),
                        5, in.get("byte5").asInt(),
                        8, in.get("byte8").asInt());
            default -> throw new IllegalArgumentException(in.toString());
        };

        var reading = VendorPriority.emc(ClariionPage.parse(ArrayPages.clariion("00".repeat(16), changes)));

        var wanted =
                expect.get("prio").isNumber() ? new Priority(expect.get("prio").asInt()) : Priority.UNDEFINED;
        assertThat(reading.after(new Priority(50), PathState.UP)).as(id).isEqualTo(wanted);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hds")
    void aHomeControllerIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        var inquiry = Disks.bytes("00".repeat(60));
        inquiry.set(47, (byte) in.get("byte47").asText().charAt(0));
        inquiry.set(49, (byte) in.get("byte49").asText().charAt(0));

        assertThat(VendorPriority.hds(HitachiInquiry.parse(inquiry)))
                .as(id)
                .isEqualTo(new PrioReading.Read(new Priority(expect.get("prio").asInt()), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ana")
    void anAnaStateIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        var state = Arrays.stream(AnaState.values())
                .filter(each -> each.word().equals(in.get("ana_state").asText()))
                .findFirst()
                .orElseThrow();

        assertThat(AnaPriority.of(state).value())
                .as(id)
                .isEqualTo(expect.get("prio").asInt());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ontap")
    void aPathToANetappArrayIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        var state = in.get("gva_0x41").asText();
        var probe = new ScriptedProbe()
                .answers(
                        switch (state) {
                            case "fails" -> ScriptedProbe.sense("72052000");
                            case "length<=8" -> ScriptedProbe.good("000000000a980a01");
                            default -> ScriptedProbe.good("000000000a980a01" + hex(state) + "00".repeat(16));
                        })
                .answers(
                        in.has("proxy_page_bit")
                                ? ScriptedProbe.good("00c1000000000000" + "0a980a00c100" + "00".repeat(5)
                                        + (in.get("proxy_page_bit").asInt() == 1 ? "02" : "00"))
                                : ScriptedProbe.sense("72052400"));

        var reading = VendorPriority.ontap((cdb, dataIn) -> probe.command(cdb, dataIn, Duration.ofSeconds(30)))
                .toCompletableFuture()
                .join();

        assertThat(reading)
                .as(id)
                .isEqualTo(new PrioReading.Read(new Priority(expect.get("prio").asInt()), false));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("latency")
    void aLatencyIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        var prioritizer = LatencyPriority.parse(in.get("prio_args").asText()).orElse(LatencyPriority.STANDARD);
        var logarithm = prioritizer.log(in.get("mean_log_latency_us").asDouble());

        assertThat(prioritizer.of(logarithm).value())
                .as(id)
                .isEqualTo(expect.get("prio").asInt());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("latencyArgs")
    void argumentsOfLatencyAreThoseOfTheReference(String id, JsonNode in, JsonNode expect) {
        assertThat(LatencyPriority.parse(in.get("prio_args").asText()).orElse(LatencyPriority.STANDARD))
                .as(id)
                .isEqualTo(new LatencyPriority(
                        expect.get("io_num").asInt(), expect.get("base_num").asDouble()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("aluaArgs")
    void theExclusivePreferredBitIsAWordOfItsOwn(String id, JsonNode in, JsonNode expect) {
        var settings = new PathSettings(
                CheckerKind.TUR,
                true,
                PrioKind.ALUA,
                true,
                in.get("prio_args").asText(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Precautions.NONE);

        assertThat(settings.exclusivePrefBit())
                .as(id)
                .isEqualTo(expect.get("exclusive").asBoolean());
    }
}
